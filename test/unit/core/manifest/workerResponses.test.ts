import assert from 'node:assert/strict';
import { readWorkerAnswers, workerResponseFolder } from '../../../../src/core/manifest/workerResponses.js';

describe('worker responses', () => {
  const paths = [
    { manifest: '/out/job/manifests/output/output.manifest', folder: '/out/job/annotations/worker-response' },
    { manifest: '/job/manifests/intermediate/1/output.manifest', folder: '/job/annotations/worker-response' },
    { manifest: '/data/input.manifest', folder: undefined },
  ];
  for (const { manifest, folder } of paths) {
    it(`of ${manifest} are in ${folder ?? 'no folder'}`, () => assert.equal(workerResponseFolder(manifest), folder));
  }

  const contents = [
    { name: 'a class', content: { 'crowd-image-classifier': { label: 'Falcon' } }, answer: 'Falcon' },
    { name: 'several classes', content: { c: { labels: ['a', 'b'] } }, answer: 'a, b' },
    {
      name: 'boxes',
      content: { c: { boundingBoxes: [{ label: 'cat' }, { label: 'cat' }, { label: 'dog' }] } },
      answer: 'cat × 2, dog',
    },
    { name: 'no box', content: { c: { boundingBoxes: [] } }, answer: '–' },
    { name: 'something of its own', content: { a: { b: 1 } }, answer: '{"b":1}' },
  ];
  for (const { name, content, answer } of contents) {
    it(`say what was answered: ${name}`, () => {
      const [read] = readWorkerAnswers({
        answers: [
          { workerId: 'private.us-east-1.47a0115a1f1786e9', answerContent: content, timeSpentInSeconds: 10.366 },
        ],
      });
      assert.deepEqual(read, { workerId: 'private.us-east-1.47a0115a1f1786e9', answer, timeSpentInSeconds: 10.366 });
    });
  }

  it('are none in a file that is something else', () => {
    assert.deepEqual(readWorkerAnswers({ answers: 'x' }), []);
    assert.deepEqual(readWorkerAnswers([1, null]), []);
  });
});

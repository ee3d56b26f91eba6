import assert from 'node:assert/strict';
import {
  jobOfManifest,
  lineOfResponseFile,
  readWorkerAnswers,
  workerResponseFolder,
} from '../../../../src/core/manifest/workerResponses.js';

describe('worker responses', () => {
  const paths = [
    { manifest: '/out/job/manifests/output/output.manifest', folder: '/out/job/annotations/worker-response' },
    { manifest: '/job/manifests/intermediate/1/output.manifest', folder: '/job/annotations/worker-response' },
    { manifest: '/data/input.manifest', folder: undefined },
  ];
  for (const { manifest, folder } of paths) {
    it(`of ${manifest} are in ${folder ?? 'no folder'}`, () => assert.equal(workerResponseFolder(manifest), folder));
  }

  it('are of the job whose folder they are in', () => {
    assert.equal(jobOfManifest('/out/Cats-1/manifests/output/output.manifest'), 'Cats-1');
    assert.equal(jobOfManifest('/data/input.manifest'), undefined);
  });

  const files = [
    { path: 'iteration-1/7/2026-11-23_10:15:00.json', line: 7 },
    { path: 'iteration-12/0/x.json', line: 0 },
    { path: 'iteration-1/7/x.txt', line: undefined },
    { path: '7/x.json', line: undefined },
    { path: 'iteration-1/7/deeper/x.json', line: undefined },
  ];
  for (const { path, line } of files) {
    it(`in ${path} are about ${line === undefined ? 'no line' : `line ${line}`}`, () =>
      assert.equal(lineOfResponseFile(path), line));
  }

  const contents = [
    { name: 'a class', content: { c: { label: 'Falcon' } }, answer: 'Falcon', label: 'Falcon' },
    {
      name: 'a class beside a field of the template',
      content: { c: { label: 'cat' }, note: 'x' },
      answer: '{"c":{"label":"cat"},"note":"x"}',
      label: 'cat',
    },
    { name: 'several classes', content: { c: { labels: ['a', 'b'] } }, answer: 'a, b' },
    {
      name: 'boxes',
      content: { c: { boundingBoxes: [{ label: 'cat' }, { label: 'cat' }, { label: 'dog' }] } },
      answer: 'cat × 2, dog',
    },
    { name: 'no box', content: { c: { boundingBoxes: [] } }, answer: '–' },
    { name: 'something of its own', content: { a: { b: 1 } }, answer: '{"b":1}' },
  ];
  for (const { name, content, answer, label } of contents) {
    it(`say what was answered: ${name}`, () => {
      const [read] = readWorkerAnswers({
        answers: [
          { workerId: 'private.us-east-1.47a0115a1f1786e9', answerContent: content, timeSpentInSeconds: 10.366 },
        ],
      });
      const said = { answer, ...(label !== undefined && { label }) };
      assert.deepEqual(read, { workerId: 'private.us-east-1.47a0115a1f1786e9', ...said, timeSpentInSeconds: 10.366 });
    });
  }

  it('are none in a file that is something else', () => {
    assert.deepEqual(readWorkerAnswers({ answers: 'x' }), []);
    assert.deepEqual(readWorkerAnswers([1, null]), []);
  });
});

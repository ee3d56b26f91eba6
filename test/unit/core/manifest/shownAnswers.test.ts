import assert from 'node:assert/strict';
import type { JsonValue } from '../../../../src/core/json.js';
import { countVotes, readShownAnswers } from '../../../../src/core/manifest/shownAnswers.js';

const answered = (answerContent: JsonValue) => readShownAnswers({ answers: [{ workerId: 'w', answerContent }] })[0];

const vote = (workerId: string, ...classes: readonly string[]) => ({ workerId, classes });

describe('an answer beside its object', () => {
  const contents = [
    { name: 'a class', content: { c: { label: 'cat' } }, answer: 'cat', classes: ['cat'] },
    { name: 'several classes', content: { c: { labels: ['b', 'a'] } }, answer: 'b, a', classes: ['b', 'a'] },
    { name: 'something of its own', content: { a: { b: 1 } }, answer: '{"b":1}', classes: [] },
    { name: 'no object', content: 'x', answer: '"x"', classes: [] },
  ];
  for (const { name, content, answer, classes } of contents) {
    it(`has the classes of ${name}, and draws nothing`, () =>
      assert.deepEqual(answered(content), {
        workerId: 'w',
        answer,
        classes,
        ...(answer === 'cat' && { label: 'cat' }),
      }));
  }

  const box = { left: 1, top: 2, width: 3, height: 4 };
  it('has what was drawn, and each of its classes once', () => {
    const drawn = answered({
      boundingBox: {
        boundingBoxes: [
          { label: 'cat', ...box },
          { label: 'cat', ...box },
          { label: 'dog', ...box },
        ],
      },
    });
    assert.equal(drawn?.answer, 'cat × 2, dog');
    assert.deepEqual(drawn?.classes, ['cat', 'dog']);
    assert.equal(drawn?.drawing?.shapes.length, 3);
  });

  const others = [
    { name: 'polygons', element: { polygons: [{ label: 'cat' }] } },
    { name: 'polylines', element: { polylines: [{ label: 'cat' }] } },
    { name: 'keypoints', element: { keypoints: [{ label: 'cat', x: 1, y: 1 }] } },
    { name: 'instances', element: { instances: [{ label: 'cat', color: '#010203' }] } },
    { name: 'a mask', element: { labelMappings: { cat: { color: '#010203' } }, labeledImage: { pngImageData: 'AA' } } },
  ];
  for (const { name, element } of others) {
    it(`says in words that it is ${name}`, () => assert.equal(answered({ e: element })?.answer, 'cat'));
  }
});

describe('votes about one object', () => {
  it('are counted by class, and so are the workers who agree', () =>
    assert.deepEqual(countVotes([vote('a', 'cat'), vote('b', 'dog'), vote('c', 'dog')]), {
      classes: [
        { name: 'dog', workers: 2 },
        { name: 'cat', workers: 1 },
      ],
      workers: 3,
      agreeing: 2,
    }));

  it('agree only where all classes are the same, in whatever order', () =>
    assert.equal(countVotes([vote('a', 'x', 'y'), vote('b', 'y', 'x'), vote('c', 'x')]).agreeing, 2));

  it('are the last ones of workers who answered again', () => {
    const { workers, classes } = countVotes([vote('a', 'cat'), vote('a', 'dog')]);
    assert.equal(workers, 1);
    assert.deepEqual(classes, [{ name: 'dog', workers: 1 }]);
  });

  it('are none without answers', () => assert.deepEqual(countVotes([]), { classes: [], workers: 0, agreeing: 0 }));
});

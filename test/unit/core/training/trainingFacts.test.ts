import assert from 'node:assert/strict';
import type { SkippedLine } from '../../../../src/core/export/exportPart.js';
import type { JsonObject } from '../../../../src/core/json.js';
import { readTrainingFacts, type TrainingFacts } from '../../../../src/core/training/trainingFacts.js';
import { inputOf, never } from '../../../support/exported.js';
import {
  boxes,
  custom,
  failed,
  mask,
  multi,
  picture,
  polygon,
  single,
  text,
  verdict,
} from '../../../support/labeledLines.js';

const cat = single(picture('a.jpg'), 'cat');
const cases: readonly {
  readonly name: string;
  readonly lines: readonly JsonObject[];
  readonly facts: TrainingFacts;
}[] = [
  {
    name: 'one class of each picture',
    lines: [cat, { ...cat, lan: 7 }],
    facts: { task: 'imageClassification', samples: 2, classes: 8 },
  },
  {
    name: 'several classes of each picture',
    lines: [multi(picture('a.jpg'), ['cat', 'dog', 'cow']), multi(picture('b.jpg'), [])],
    facts: { task: 'imageMultiLabelClassification', samples: 2, classes: 3 },
  },
  {
    name: 'boxes',
    lines: [
      boxes(picture('a.jpg'), [
        { name: 'cat', box: [0, 0, 1, 1] },
        { name: 'dog', box: [0, 0, 1, 1] },
      ]),
      boxes(picture('b.jpg'), []),
    ],
    facts: { task: 'objectDetection', samples: 2, classes: 2 },
  },
  ...[
    { name: 'classes without numbers', lines: [custom(picture('a.jpg'), 'cat')] },
    { name: 'verdicts', lines: [verdict(picture('a.jpg'), 'bad')] },
    { name: 'polygons', lines: [polygon(picture('a.jpg'), 'cat', [[1, 2]])] },
    { name: 'masks', lines: [mask(picture('a.jpg'), 's3://out/0.png')] },
    { name: 'texts', lines: [single(text('hello'), 'greeting')] },
  ].map(({ name, lines }) => ({ name, lines, facts: { task: undefined, samples: 0, classes: 0 } })),
];

describe('readTrainingFacts', () => {
  for (const { name, lines, facts } of cases) {
    it(`says what is to be learned of ${name}`, async () => {
      const { facts: found, reported } = await read(lines);
      assert.deepEqual(found, facts);
      assert.equal(reported.length, lines.length - facts.samples);
    });
  }

  it('reports each line that would break the training', async () => {
    const { facts, reported } = await read([
      cat,
      failed(picture('b.jpg')),
      `${JSON.stringify(cat)},`,
      '',
      multi(picture('c.jpg'), ['cat']),
      single(text('hello'), 'greeting'),
      JSON.stringify(cat, undefined, 1),
    ]);
    assert.deepEqual(facts, { task: 'imageClassification', samples: 1, classes: 1 });
    assert.deepEqual(
      reported.map(({ line, reason }) => [line, reason.kind]),
      [
        [1, 'failed'],
        [2, 'trailingComma'],
        [3, 'blank'],
        [4, 'otherForm'],
        [5, 'sourceIsText'],
        [6, 'severalLines'],
      ],
    );
  });
});

async function read(lines: readonly (JsonObject | string)[]) {
  const reported: SkippedLine[] = [];
  const facts = await readTrainingFacts(
    inputOf(lines),
    (event) => {
      if (event.kind === 'skipped') {
        reported.push(event);
      }
    },
    never,
  );
  return { facts, reported };
}

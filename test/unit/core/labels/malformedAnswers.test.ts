import assert from 'node:assert/strict';
import type { JsonObject, JsonValue } from '../../../../src/core/json.js';
import type { BuiltInTaskType } from '../../../../src/core/labels/builtInFunctions.js';
import { checkInlineAnswer } from '../../../../src/core/labels/inlineLabels.js';
import { type PngImage, readMask, semanticSegmentation } from '../../../../src/core/labels/semanticSegmentation.js';
import { labelingTask } from '../../../../src/core/labels/tasks.js';

const context = { labels: ['cat', 'dog'], text: 'a 😀 cat' };
const size = { width: 80, height: 60 };
const box = { label: 'cat', left: 0, top: 0, width: 80, height: 60 };
const entity = { label: 'cat', startOffset: 4, endOffset: 7 };

interface Malformed {
  readonly name: string;
  readonly answer: JsonValue | undefined;
  readonly reason: RegExp;
}

const boxes = (...drawn: readonly JsonValue[]): JsonObject => ({ boundingBoxes: drawn, inputImageProperties: size });
const entities = (...marked: readonly JsonValue[]): JsonObject => ({ entities: marked });

const classifier: readonly Malformed[] = [
  { name: 'no answer of the element', answer: undefined, reason: /must have an object "crowd-image-classifier"/u },
  { name: 'a text for it', answer: 'cat', reason: /must have an object "crowd-image-classifier"/u },
  { name: 'no label', answer: {}, reason: /must have one of the job's labels as its "label"/u },
  { name: 'another label', answer: { label: 'cow' }, reason: /has the label "cow", which is none/u },
];

const kinds: readonly {
  readonly taskType: BuiltInTaskType;
  readonly element: string;
  readonly wellFormed: readonly JsonObject[];
  readonly malformed: readonly Malformed[];
}[] = [
  {
    taskType: 'ImageMultiClass',
    element: 'crowd-image-classifier',
    wellFormed: [{ label: 'dog' }, { label: 'dog', workerComment: 'A small one' }],
    malformed: classifier,
  },
  {
    taskType: 'VerificationBoundingBox',
    element: 'crowd-image-classifier',
    wellFormed: [{ label: 'dog' }, { label: 'dog', workerComment: 'A small one' }],
    malformed: [
      ...classifier,
      { name: 'a comment that is no text', answer: { label: 'cat', workerComment: 1 }, reason: /"workerComment"/u },
    ],
  },
  {
    taskType: 'TextMultiClassMultiLabel',
    element: 'crowd-classifier-multi-select',
    wellFormed: [{ labels: [] }, { labels: ['dog', 'cat'] }],
    malformed: [
      { name: 'one label', answer: { label: 'cat' }, reason: /must have a list "labels"/u },
      { name: 'another label', answer: { labels: ['cat', 'cow'] }, reason: /has the label "cow"/u },
      { name: 'a label twice', answer: { labels: ['cat', 'cat'] }, reason: /has a label twice/u },
    ],
  },
  {
    taskType: 'BoundingBox',
    element: 'boundingBox',
    wellFormed: [boxes(), boxes(box, { ...box, left: 0.5, width: 1 })],
    malformed: [
      {
        name: 'more boxes than a manifest line could hold',
        answer: boxes(...Array.from({ length: 301 }, () => box)),
        reason: /list "boundingBoxes" of the answer has 301 objects: it may have 300/u,
      },
      { name: 'no boxes', answer: { inputImageProperties: size }, reason: /list of objects "boundingBoxes"/u },
      { name: 'a number for a box', answer: boxes(1), reason: /list of objects "boundingBoxes"/u },
      { name: 'no size', answer: { boundingBoxes: [] }, reason: /"inputImageProperties" of the answer must have/u },
      {
        name: 'half a pixel',
        answer: { boundingBoxes: [], inputImageProperties: { width: 80, height: 0.5 } },
        reason: /"inputImageProperties" of the answer must have/u,
      },
      { name: 'another label', answer: boxes(box, { ...box, label: 'cow' }), reason: /Box 2 .* the label "cow"/u },
      { name: 'no place', answer: boxes({ ...box, left: null }), reason: /Box 1 .* must have a number "left"/u },
      { name: 'no width', answer: boxes({ ...box, width: 0 }), reason: /Box 1 .* more than 0/u },
      {
        name: 'a box that sticks out',
        answer: boxes({ ...box, top: 1 }),
        reason: /not within the picture of 80 × 60/u,
      },
      { name: 'a box off the picture', answer: boxes({ ...box, left: -1 }), reason: /not within the picture/u },
    ],
  },
  {
    taskType: 'NamedEntityRecognition',
    element: 'crowd-entity-annotation',
    wellFormed: [entities(), entities(entity, { ...entity, startOffset: 2, endOffset: 3 })],
    malformed: [
      {
        name: 'more entities than a manifest line could hold',
        answer: entities(...Array.from({ length: 301 }, () => entity)),
        reason: /list "entities" of the answer has 301 objects: it may have 300/u,
      },
      { name: 'no entities', answer: {}, reason: /list of objects "entities"/u },
      { name: 'another label', answer: entities({ ...entity, label: 'cow' }), reason: /Entity 1 .* the label "cow"/u },
      {
        name: 'an end after the text',
        answer: entities({ ...entity, endOffset: 8 }),
        reason: /Entity 1 .* within the text of 7 characters/u,
      },
      { name: 'nothing between', answer: entities({ ...entity, endOffset: 4 }), reason: /within the text/u },
      { name: 'half a character', answer: entities({ ...entity, startOffset: 4.5 }), reason: /within the text/u },
      {
        name: 'no start',
        answer: entities({ label: 'cat', endOffset: 4 }),
        reason: /must have a number "startOffset"/u,
      },
    ],
  },
];

for (const { taskType, element, wellFormed, malformed } of kinds) {
  describe(`an answer to a task of the type ${taskType}`, () => {
    for (const answer of wellFormed) {
      it(`is taken as ${JSON.stringify(answer)}`, () => check(taskType, { [element]: answer }));
    }

    for (const { name, answer, reason } of malformed) {
      it(`is refused with ${name}`, () =>
        assert.throws(() => check(taskType, { [element]: answer }), { name: 'MalformedAnswer', message: reason }));
    }
  });
}

describe('an answer with a mask', () => {
  const mask = {
    inputImageProperties: { width: 3, height: 1 },
    labelMappings: { dog: { color: '#0A0B0C' }, cat: { color: '#ffffff' } },
    labeledImage: { pngImageData: 'abc' },
  };
  const rgba = Uint8Array.of(10, 11, 12, 255, 10, 11, 12, 0, 255, 255, 255, 255);
  const file: PngImage = { width: 3, height: 1, rgba: () => rgba };
  const read = (element: JsonObject, png: () => PngImage = () => file) =>
    readMask(semanticSegmentation, { 'crowd-semantic-segmentation': element }, { context, readPng: png });

  it('has the class of each colour, and nothing where it is transparent', () => {
    assert.deepEqual([...read(mask).classes], [2, 0, 1]);
  });

  it('has nothing where it is white and no label is', () => {
    assert.deepEqual([...read({ ...mask, labelMappings: { dog: { color: '#0a0b0c' } } }).classes], [2, 0, 0]);
  });

  const malformed: readonly (Omit<Malformed, 'answer'> & {
    readonly answer: JsonObject;
    readonly png?: () => PngImage;
  })[] = [
    { name: 'no size', answer: { ...mask, inputImageProperties: {} }, reason: /must have a number "width"/u },
    { name: 'no colours', answer: { ...mask, labelMappings: [] }, reason: /object "labelMappings"/u },
    {
      name: 'a colour of another label',
      answer: { ...mask, labelMappings: { cow: { color: '#000000' } } },
      reason: /the label "cow", which is none/u,
    },
    {
      name: 'a colour that is none',
      answer: { ...mask, labelMappings: { cat: { color: 'red' } } },
      reason: /The label "cat" must have a "color"/u,
    },
    {
      name: 'one colour for two labels',
      answer: { ...mask, labelMappings: { cat: { color: '#0A0B0C' }, dog: { color: '#0a0b0c' } } },
      reason: /Two labels have the colour/u,
    },
    { name: 'no file', answer: { ...mask, labeledImage: {} }, reason: /PNG file as "pngImageData"/u },
    {
      name: 'a file that cannot be read',
      answer: mask,
      png: () => {
        throw new Error('it is not a PNG file.');
      },
      reason: /"pngImageData" of the answer cannot be read: it is not a PNG file/u,
    },
    {
      name: 'a file of another size',
      answer: { ...mask, inputImageProperties: { width: 2, height: 1 } },
      png: () => ({ ...file, rgba: () => assert.fail('The pixels were looked at.') }),
      reason: /has 3 × 1 pixels, but the picture 2 × 1/u,
    },
    {
      name: 'a file with damaged pixels',
      answer: mask,
      png: () => ({
        ...file,
        rgba: () => {
          throw new Error('its pixels are damaged.');
        },
      }),
      reason: /"pngImageData" of the answer cannot be read: its pixels are damaged/u,
    },
    {
      name: 'a colour that no label has',
      answer: { ...mask, labelMappings: {} },
      reason: /pixels of the colour "#0a0b0c", which no label has/u,
    },
  ];
  for (const { name, answer, png, reason } of malformed) {
    it(`is refused with ${name}`, () =>
      assert.throws(() => read(answer, png), { name: 'MalformedAnswer', message: reason }));
  }
});

function check(taskType: BuiltInTaskType, answer: JsonObject): void {
  const task = labelingTask(taskType);
  assert.ok(task && task.kind !== 'custom' && task.kind !== 'segmentation');
  checkInlineAnswer(task, answer, context);
}

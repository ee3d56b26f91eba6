import { adjustmentStatus } from '../consolidation/adjustment.js';
import { type Box, consolidateBoxes } from '../consolidation/boundingBoxes.js';
import type { JsonObject } from '../json.js';
import {
  type AnswerContext,
  elementAnswer,
  isInitialValueModified,
  labelPlace,
  MalformedAnswer,
  markList,
  numberOf,
  pictureSize,
  type PictureSize,
} from './answerReading.js';
import {
  type AnsweredObject,
  type BuiltInTask,
  classMap,
  type LabelBatch,
  type LabeledObject,
  metadataJobName,
} from './labelBatch.js';

export interface BoundingBoxTask extends BuiltInTask {
  readonly kind: 'boundingBox';
  /** Workers correct the boxes of an earlier job: the metadata says whether anybody did. */
  readonly isAdjustment: boolean;
}

export const boundingBox: BoundingBoxTask = {
  kind: 'boundingBox',
  taskType: 'BoundingBox',
  dataKey: 'source-ref',
  elementName: 'boundingBox',
  metadataType: 'groundtruth/object-detection',
  minimumLabels: 1,
  showsManifestLine: false,
  isAdjustment: false,
};

export const boundingBoxAdjustment: BoundingBoxTask = {
  ...boundingBox,
  taskType: 'AdjustmentBoundingBox',
  showsManifestLine: true,
  isAdjustment: true,
};

export interface DrawnBoxes {
  readonly size: PictureSize;
  readonly boxes: readonly Box[];
  readonly isModified: boolean | undefined;
}

/**
 * `{"<element>":{"boundingBoxes":[{"height","label","left","top","width"}],"inputImageProperties":{"height","width"}}}`.
 * Throws a `MalformedAnswer`, also where a box is not in the picture.
 */
export function readBoxes({ elementName }: BoundingBoxTask, answer: JsonObject, context: AnswerContext): DrawnBoxes {
  const element = elementAnswer(answer, elementName);
  const size = pictureSize(element);
  const boxes = markList(element, 'boundingBoxes').map((drawn, index) => {
    const where = `Box ${index + 1} of the answer`;
    const box: Box = {
      label: labelPlace(drawn['label'], context, where),
      left: numberOf(drawn, 'left', where),
      top: numberOf(drawn, 'top', where),
      width: numberOf(drawn, 'width', where),
      height: numberOf(drawn, 'height', where),
    };
    if (box.width <= 0 || box.height <= 0) {
      throw new MalformedAnswer(`${where} must have a width and a height of more than 0.`);
    }
    if (box.left < 0 || box.top < 0 || box.left + box.width > size.width || box.top + box.height > size.height) {
      throw new MalformedAnswer(`${where} is not within the picture of ${size.width} × ${size.height} pixels.`);
    }
    return box;
  });
  return { size, boxes, isModified: isInitialValueModified(element) };
}

/** The label has the picture's size and its boxes; the metadata has their confidences in the same order. */
export function makeBoxLabels(task: BoundingBoxTask, batch: LabelBatch): readonly LabeledObject[] {
  const drawings = batch.objects.map((object) => readObject(task, batch, object));
  const consolidated = consolidateBoxes(
    drawings.map((drawn) => drawn.map(({ worker, boxes }) => ({ worker, marks: boxes }))),
  );
  return consolidated.map((boxes, index) => {
    const drawn = drawings[index] ?? [];
    const places = [...new Set(boxes.map(({ label }) => label))];
    return {
      label: {
        image_size: [{ ...mostAgreedSize(drawn.map(({ size }) => size)), depth: colorChannels }],
        annotations: boxes.map(({ label, top, left, height, width }) => ({
          class_id: label,
          top,
          left,
          height,
          width,
        })),
      },
      metadata: {
        objects: boxes.map(({ confidence }) => ({ confidence })),
        'class-map': classMap(places, batch.labels),
        type: task.metadataType,
        'human-annotated': 'yes',
        'creation-date': batch.objects[index]?.createdAt,
        'job-name': metadataJobName(batch.jobName),
        ...(task.isAdjustment && { 'adjustment-status': adjustmentStatus(drawn.map(({ isModified }) => isModified)) }),
      },
    };
  });
}

/** Ground Truth writes 3 whatever the picture is. */
const colorChannels = 3;

function readObject(
  task: BoundingBoxTask,
  batch: LabelBatch,
  { answers, text }: AnsweredObject,
): readonly (DrawnBoxes & { readonly worker: string })[] {
  const labels = batch.labels.map(({ label }) => label);
  return answers.map(({ worker, content }) => ({ worker, ...readBoxes(task, content, { labels, text }) }));
}

/** All saw the same picture; should pages differ in its size, most decide, and of as many the larger. */
function mostAgreedSize(sizes: readonly PictureSize[]): PictureSize {
  const votes = (size: PictureSize): number =>
    sizes.filter(({ width, height }) => width === size.width && height === size.height).length;
  const [first = { width: 0, height: 0 }] = sizes.toSorted(
    (a, b) => votes(b) - votes(a) || b.width - a.width || b.height - a.height,
  );
  return { width: first.width, height: first.height };
}

import type { JsonObject } from '../../src/core/json.js';
import { readShownAnswers, type ShownAnswer } from '../../src/core/manifest/shownAnswers.js';
import { writeIndexedPng } from '../../src/local/labeling/writePng.js';

/** Lines whose labels draw on their object: the pictures have 640 × 480 pixels. */

const size = { width: 640, height: 480 };
const source = { 'source-ref': 's3://b/pictures/0.jpg' };

interface BoxOptions {
  readonly attribute?: string;
  readonly moved?: number;
  readonly annotations?: readonly (JsonObject | string)[];
  /** Of each box; 0 by one worker. */
  readonly confidences?: readonly number[];
  readonly isMachine?: boolean;
}

/** A label of two cats and a dog, as a bounding box job writes it. */
export function boxLabel({
  attribute = 'boxes',
  moved = 0,
  annotations,
  confidences = [0.91, 0.55, 0.73],
  isMachine = false,
}: BoxOptions = {}): JsonObject {
  const drawn = annotations ?? [
    { class_id: 0, left: 150 + moved, top: 60 + moved, width: 330, height: 360 },
    { class_id: 0, left: 20 + moved, top: 300 + moved, width: 120, height: 150 },
    { class_id: 1, left: 500 + moved, top: 20 + moved, width: 120, height: 90 },
  ];
  return {
    [attribute]: { image_size: [{ ...size, depth: 3 }], annotations: drawn },
    [`${attribute}-metadata`]: {
      objects: confidences.map((confidence) => ({ confidence })),
      'class-map': { 0: 'cat', 1: 'dog' },
      type: 'groundtruth/object-detection',
      'human-annotated': isMachine ? 'no' : 'yes',
      'creation-date': '2026-11-23T10:15:00.217995',
      'job-name': `labeling-job/${attribute}`,
    },
  };
}

/** The answer of a custom job with one shape of each kind. */
export function customLabel(): JsonObject {
  const triangle = [
    { x: 320, y: 40 },
    { x: 560, y: 420 },
    { x: 90, y: 400 },
  ];
  return {
    outlines: {
      'crowd-polygon': {
        inputImageProperties: size,
        polygons: [{ label: 'body', vertices: triangle }],
        polylines: [
          {
            label: 'tail',
            vertices: [
              { x: 20, y: 20 },
              { x: 90, y: 90 },
              { x: 40, y: 200 },
            ],
          },
        ],
        keypoints: [
          { label: 'eye', x: 280, y: 200 },
          { label: 'eye', x: 360, y: 200 },
        ],
      },
    },
    'outlines-metadata': { type: 'groundtruth/custom', 'job-name': 'outlines', 'human-annotated': 'yes' },
  };
}

export function maskLabel(): JsonObject {
  return {
    'streets-ref': 's3://b/out/annotations/consolidated-annotation/output/0.png',
    'streets-ref-metadata': {
      'internal-color-map': {
        0: { 'class-name': 'BACKGROUND', 'hex-color': '#ffffff', confidence: 0.8 },
        1: { 'class-name': 'fur', 'hex-color': '#2ca02c', confidence: 0.8 },
        2: { 'class-name': 'floor', 'hex-color': '#1f77b4', confidence: 0.8 },
      },
      type: 'groundtruth/semantic-segmentation',
      'human-annotated': 'yes',
    },
  };
}

/** The same mask within the answer of a custom job. */
export function inlineMaskLabel(): JsonObject {
  return {
    painted: {
      'crowd-semantic-segmentation': {
        inputImageProperties: size,
        labelMappings: { fur: { color: '#2ca02c' }, floor: { color: '#1f77b4' } },
        labeledImage: { pngImageData: Buffer.from(maskPng()).toString('base64') },
      },
    },
    'painted-metadata': { type: 'groundtruth/custom', 'job-name': 'painted', 'human-annotated': 'yes' },
  };
}

/** Fur in a circle in the middle, floor in the lowest quarter; 100 pixels of a colour that no class has. */
export function maskPng(): Uint8Array {
  const { width, height } = size;
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const isFur = Math.hypot(x - 320, y - 220) < 150;
      pixels[y * width + x] = isFur ? 1 : y >= 360 ? 2 : y === 0 && x < 100 ? 3 : 0;
    }
  }
  return writeIndexedPng(pixels, { width, height, palette: ['#ffffff', '#2ca02c', '#1f77b4', '#d62728'] });
}

/** Spans over each other, and behind a character for which UTF-16 has two units. */
export function spanLine(): JsonObject {
  const text = '🐕 Ana Lima moved from New York City to Lisbon on 4 May 2021.';
  const at = (part: string) => Array.from(text.slice(0, text.indexOf(part))).length;
  const entity = (label: string, part: string) => ({
    label,
    startOffset: at(part),
    endOffset: at(part) + Array.from(part).length,
  });
  return {
    source: text,
    ner: {
      annotations: {
        labels: [{ label: 'Person', shortDisplayName: 'per' }],
        entities: [
          entity('Person', 'Ana Lima'),
          entity('Place', 'New York City'),
          entity('Name', 'York'),
          entity('Place', 'Lisbon'),
          entity('Date', '4 May 2021'),
          { label: 'Date', startOffset: 70, endOffset: 500 },
        ],
      },
    },
    'ner-metadata': {
      entities: [{ confidence: 0.9 }, { confidence: 0.6 }, { confidence: 0 }],
      type: 'groundtruth/text-span',
      'human-annotated': 'yes',
    },
  };
}

export function manifestOf(...labels: readonly JsonObject[]): string {
  return labels.map((label) => JSON.stringify({ ...('source' in label ? {} : source), ...label })).join('\n');
}

/** Three workers: two who drew boxes, the third one without the dog. */
export function boxAnswers(): readonly ShownAnswer[] {
  const cat = { label: 'cat', left: 150, top: 70, width: 300, height: 340 };
  const dog = { label: 'dog', left: 505, top: 25, width: 100, height: 80 };
  const drawn = [[cat, dog], [{ ...cat, left: 165 }, dog], [{ ...cat, left: 140 }]];
  return readShownAnswers({
    answers: drawn.map((boundingBoxes, worker) => ({
      workerId: `private.us-east-1.00${worker}`,
      answerContent: { boundingBox: { boundingBoxes, inputImageProperties: size } },
      timeSpentInSeconds: 20 + worker,
    })),
  });
}

/** The picture with a tag that says the camera was turned by 90 degrees: browsers turn it back where they show it. */
export function turnedJpeg(jpeg: Uint8Array): Uint8Array {
  const tiff = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0];
  const exif = [...Buffer.from('Exif\0\0'), ...tiff];
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xe1, 0, exif.length + 2, ...exif, ...jpeg.subarray(2)]);
}

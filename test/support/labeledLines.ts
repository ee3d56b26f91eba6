import type { JsonObject, JsonValue } from '../../src/core/json.js';
import { metadataJobName } from '../../src/core/labels/labelBatch.js';

/** Lines of output manifests in all forms that Ground Truth documents, each label under the attribute `lan`. */

const told = {
  'human-annotated': 'yes',
  'creation-date': '2026-11-23T10:15:09.217995',
  'job-name': metadataJobName('lan'),
};

function line(source: JsonObject, label: JsonValue, metadata: JsonObject): JsonObject {
  return { ...source, lan: label, 'lan-metadata': { ...told, ...metadata } };
}

export function picture(key: string): JsonObject {
  return { 'source-ref': `s3://pictures/${key}` };
}

export function text(source: string): JsonObject {
  return { source };
}

export function single(source: JsonObject, name: string, confidence = 0.95): JsonObject {
  const kind = 'source' in source ? 'text' : 'image';
  return line(source, 0, { 'class-name': name, confidence, type: `groundtruth/${kind}-classification` });
}

export function multi(source: JsonObject, names: readonly string[]): JsonObject {
  const kind = 'source' in source ? 'text' : 'image';
  return line(
    source,
    names.map((_, id) => id),
    {
      'class-map': Object.fromEntries(names.map((name, id) => [String(id), name])),
      'confidence-map': Object.fromEntries(names.map((_, id) => [String(id), 0.5])),
      type: `groundtruth/${kind}-classification-multilabel`,
    },
  );
}

export interface SampleBox {
  readonly name: string;
  readonly box: readonly [left: number, top: number, width: number, height: number];
}

export function boxes(
  source: JsonObject,
  marked: readonly SampleBox[],
  size: readonly [width: number, height: number] = [200, 100],
): JsonObject {
  const names = [...new Set(marked.map(({ name }) => name))];
  return line(
    source,
    {
      image_size: [{ width: size[0], height: size[1], depth: 3 }],
      annotations: marked.map(({ name, box: [left, top, width, height] }) => ({
        class_id: names.indexOf(name),
        top,
        left,
        height,
        width,
      })),
    },
    {
      objects: marked.map(() => ({ confidence: 0.09 })),
      'class-map': Object.fromEntries(names.map((name, id) => [String(id), name])),
      type: 'groundtruth/object-detection',
    },
  );
}

/** As a custom job's function may pass on what `crowd-polygon` answers. */
export function polygon(source: JsonObject, name: string, points: readonly (readonly [number, number])[]): JsonObject {
  return line(
    source,
    {
      'crowd-polygon': {
        inputImageProperties: { width: 200, height: 100 },
        polygons: [{ label: name, vertices: points.map(([x, y]) => ({ x, y })) }],
      },
    },
    { type: 'groundtruth/custom', 'job-name': 'lan' },
  );
}

export function keypoints(source: JsonObject, name: string, x: number, y: number): JsonObject {
  return line(
    source,
    { keypoints: [{ label: name, x, y }], inputImageProperties: { width: 200, height: 100 } },
    { type: 'groundtruth/custom', 'job-name': 'lan' },
  );
}

export function mask(source: JsonObject, uri: string): JsonObject {
  return line(source, uri, {
    'internal-color-map': {
      0: { 'class-name': 'BACKGROUND', 'hex-color': '#ffffff', confidence: 0.9 },
      1: { 'class-name': 'road', 'hex-color': '#2ca02c', confidence: 0.9 },
      2: { 'class-name': 'car', 'hex-color': '#1f77b4', confidence: 0.9 },
    },
    type: 'groundtruth/semantic-segmentation',
  });
}

export function spans(source: JsonObject, marked: readonly (readonly [name: string, start: number, end: number])[]) {
  return line(
    source,
    {
      annotations: {
        labels: [],
        entities: marked.map(([label, startOffset, endOffset]) => ({ label, startOffset, endOffset })),
      },
    },
    { entities: marked.map(() => ({ confidence: 0 })), type: 'groundtruth/text-span' },
  );
}

export function verdict(source: JsonObject, name: string): JsonObject {
  return line(source, '1', {
    'class-name': name,
    confidence: 0.93,
    type: 'groundtruth/label-verification',
    'worker-feedback': [{ comment: 'Box too wide.' }],
  });
}

export function custom(source: JsonObject, label: JsonValue): JsonObject {
  return line(source, label, { type: 'groundtruth/custom', 'job-name': 'lan' });
}

export function machine(labeled: JsonObject): JsonObject {
  return { ...labeled, 'lan-metadata': { ...(labeled['lan-metadata'] as JsonObject), 'human-annotated': 'no' } };
}

export function failed(source: JsonObject): JsonObject {
  return {
    ...source,
    'lan-metadata': { 'retry-count': 1, 'failure-reason': 'ClientError: expired.', 'human-annotated': 'true' },
  };
}

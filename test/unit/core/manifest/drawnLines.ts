import assert from 'node:assert/strict';
import type { JsonObject, JsonValue } from '../../../../src/core/json.js';
import { lineDrawings } from '../../../../src/core/manifest/lineDrawings.js';

export const box = { class_id: 16, top: 55, left: 236, height: 81, width: 542 };

/** A line of boxes, as a job with the label attribute `boxes` writes it. */
export function boxes(annotations: JsonValue, metadata: JsonObject = {}): JsonObject {
  return {
    'source-ref': 's3://b/x.png',
    boxes: { image_size: [{ width: 2550, height: 4200, depth: 3 }], annotations },
    'boxes-metadata': {
      objects: [{ confidence: 0.5 }],
      'class-map': { 16: 'Provider Name' },
      type: 'groundtruth/object-detection',
      'human-annotated': 'yes',
      ...metadata,
    },
  };
}

export function custom(label: JsonValue): JsonObject {
  return { 'source-ref': 's3://b/x.png', c: label, 'c-metadata': { type: 'groundtruth/custom' } };
}

export function onlyDrawing(line: JsonObject) {
  const [first, ...others] = lineDrawings(line);
  assert.ok(first);
  assert.deepEqual(others, []);
  return first.drawing;
}

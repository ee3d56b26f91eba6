import type { IncomingMessage } from 'node:http';
import { isObject, type JsonObject, type JsonValue } from '../../core/json.js';
import { Refusal } from '../labeling/refusal.js';

const maximumBytes = 2_000_000;

/** A body must say that it is JSON: a form of another site cannot say so. */
export async function readJsonBody(request: IncomingMessage): Promise<JsonObject> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= maximumBytes) {
      chunks.push(chunk); // The rest is read and dropped: a client that still sends would not hear the refusal.
    }
  }
  if (bytes > maximumBytes) {
    throw new Refusal('InvalidRequest', 'The request is larger than 2 MB.');
  }
  if (bytes === 0) {
    return {};
  }
  if (!/^application\/json\b/u.test(request.headers['content-type'] ?? '')) {
    throw new Refusal('InvalidRequest', 'The request must be JSON.');
  }
  let value: unknown;
  try {
    value = JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    value = undefined;
  }
  if (!isObject(value as JsonValue | undefined)) {
    throw new Refusal('InvalidRequest', 'The request must be a JSON object.');
  }
  return value as JsonObject;
}

export function textField(body: JsonObject, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') {
    throw new Refusal('InvalidRequest', `The request must have a text "${name}".`);
  }
  return value;
}

export function numberField(body: JsonObject, name: string): number {
  const value = body[name];
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) {
    throw new Refusal('InvalidRequest', `The request must have a number "${name}" of at least 1.`);
  }
  return value;
}

export function objectField(body: JsonObject, name: string): JsonObject {
  const value = body[name];
  if (!isObject(value)) {
    throw new Refusal('InvalidRequest', `The request must have an object "${name}".`);
  }
  return value;
}

// @ts-check
// Writes test/fixtures/clientRequestShapes.json anew: what requests to S3, IAM, STS and Cognito may hold, cut out of the
// newest botocore of this machine. `node test/support/serviceModel/writeClientShapes.mjs`
import { writeFile } from 'node:fs/promises';
import { clientOperations } from './clientOperations.mjs';
import { findModels, readModel } from './models.mjs';

/** @typedef {import('./cut.mjs').ServiceModel} ServiceModel @typedef {import('./cut.mjs').ModelShape} ModelShape */

const table = Object.fromEntries(
  Object.entries(clientOperations).map(([service, operations]) => {
    const newest = findModels(undefined, service).toSorted((a, b) => byVersion(b.version, a.version))[0];
    if (newest === undefined) {
      throw new Error('There is no botocore on this machine. On Debian: apt-get install python3-botocore');
    }
    console.log(`${service}: ${operations.length} operations, from botocore ${newest.version}`);
    return [service, cutRequests(readModel(newest.file), operations)];
  }),
);
await writeFile(new URL('../../fixtures/clientRequestShapes.json', import.meta.url), `${JSON.stringify(table)}\n`);

/** @param {ServiceModel} model @param {readonly string[]} operations */
function cutRequests(model, operations) {
  /** @type {Record<string, object>} */
  const shapes = {};
  /** @param {string} name */
  const take = (name) => {
    const shape = model.shapes[name];
    if (shape !== undefined && shapes[name] === undefined) {
      shapes[name] = cut(shape);
      const inner = [...Object.values(shape.members ?? {}), shape.member, shape.key, shape.value];
      inner.forEach((it) => it && take(it.shape));
    }
  };
  const requests = operations.map((operation) => {
    const described = model.operations[operation];
    if (described === undefined) {
      throw new Error(`The service model has no ${operation}.`);
    }
    const name = described.input?.shape ?? 'Nothing';
    take(name);
    return [operation, name];
  });
  return { requests: Object.fromEntries(requests), shapes: { Nothing: { kind: 'structure', members: {} }, ...shapes } };
}

/** @param {ModelShape} shape */
function cut({ type, required, members = {}, member, key, value, min, max, pattern, enum: values }) {
  const bounds = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
  switch (type) {
    case 'structure': {
      const of = Object.entries(members).map(([name, { shape }]) => [name, shape]);
      return { kind: type, ...(required?.length && { required }), members: Object.fromEntries(of) };
    }
    case 'list':
      return { kind: type, of: member?.shape, ...bounds };
    case 'map':
      return { kind: type, key: key?.shape, value: value?.shape, ...bounds };
    case 'string':
      return { kind: type, ...bounds, ...(values && { values }), ...(pattern !== undefined && { pattern }) };
    case 'long':
    case 'integer':
      return { kind: 'integer', ...bounds };
    default:
      return { kind: type }; // A blob, a timestamp, a truth value.
  }
}

/** @param {string} left @param {string} right */
function byVersion(left, right) {
  return left.localeCompare(right, 'en', { numeric: true });
}

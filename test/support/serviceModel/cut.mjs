// @ts-check
// Cuts what requests may hold out of a service model of botocore: the facts, without a word of its documentation.
import { newerMembers, newerShapes, notRequiredAnyMore } from './newerModels.mjs';

/** The operations of SageMaker that Ground Truth consists of. */
export const operations = /** @type {const} */ ([
  'AddTags',
  'CreateHumanTaskUi',
  'CreateLabelingJob',
  'CreateWorkforce',
  'CreateWorkteam',
  'DeleteHumanTaskUi',
  'DeleteTags',
  'DeleteWorkforce',
  'DeleteWorkteam',
  'DescribeHumanTaskUi',
  'DescribeLabelingJob',
  'DescribeSubscribedWorkteam',
  'DescribeWorkforce',
  'DescribeWorkteam',
  'ListHumanTaskUis',
  'ListLabelingJobs',
  'ListLabelingJobsForWorkteam',
  'ListSubscribedWorkteams',
  'ListTags',
  'ListWorkforces',
  'ListWorkteams',
  'RenderUiTemplate',
  'StopLabelingJob',
  'UpdateWorkforce',
  'UpdateWorkteam',
]);

/**
 * A shape as botocore writes it.
 * @typedef {{ type: string, documentation?: string, min?: number, max?: number, pattern?: string, enum?: string[], sensitive?: boolean,
 *   required?: string[], members?: Record<string, { shape: string }>, member?: { shape: string },
 *   key?: { shape: string }, value?: { shape: string } }} ModelShape
 *
 * @typedef {{ operations: Record<string, { input?: { shape: string } }>, shapes: Record<string, ModelShape> }} ServiceModel
 */

/**
 * A shape as the server reads it: `Shape` of `src/local/sagemaker/shapes.ts`.
 * @typedef {Readonly<Record<string, unknown>> & { kind: string }} CutShape
 *
 * @typedef {{ requests: Record<string, string>, shapes: Record<string, CutShape> }} RequestShapes
 */

/**
 * The name of each operation's request, and all shapes that requests are made of, as the newest models have them.
 * @param {ServiceModel} model
 * @returns {RequestShapes}
 */
export function cutRequestShapes(model) {
  const modelShapes = { ...model.shapes, ...newerShapes };
  /** @type {Record<string, CutShape>} */
  const shapes = {};
  /** @type {Record<string, string>} */
  const requests = {};
  for (const operation of operations) {
    const request = model.operations[operation]?.input?.shape;
    if (request === undefined) {
      throw new Error(`The service model has no request of ${operation}.`);
    }
    requests[operation] = request;
    take(request);
  }
  // In the order of their names, which does not depend on the model.
  return { requests, shapes: Object.fromEntries(Object.entries(shapes).toSorted(byName)) };

  /** @param {string} name */
  function take(name) {
    if (shapes[name] === undefined) {
      const shape = modelShapes[name];
      if (shape === undefined) {
        throw new Error(`The service model has no shape ${name}.`);
      }
      checkTraits(name, shape);
      shapes[name] = cut(name, shape);
      for (const inner of referencedBy(name, shape)) {
        take(inner);
      }
    }
  }
}

/** @param {string} name @param {ModelShape} shape @returns {CutShape} */
function cut(name, shape) {
  switch (shape.type) {
    case 'structure': {
      const waived = notRequiredAnyMore[name] ?? [];
      const required = (shape.required ?? []).filter((member) => !waived.includes(member));
      return {
        kind: 'structure',
        ...(required.length > 0 && { required }),
        members: Object.fromEntries(membersOf(name, shape)),
      };
    }
    case 'list':
      return { kind: 'list', of: shape.member?.shape, ...lengths(shape) };
    case 'map':
      return { kind: 'map', key: shape.key?.shape, value: shape.value?.shape, ...lengths(shape) };
    case 'string':
      return {
        kind: 'string',
        ...lengths(shape),
        ...(shape.enum !== undefined && { values: shape.enum }),
        ...(shape.pattern !== undefined && { pattern: withoutAnchors(shape.pattern) }),
        ...(shape.sensitive === true && { isSensitive: true }),
      };
    case 'integer':
      return {
        kind: 'integer',
        ...(shape.min !== undefined && { min: shape.min }),
        ...(shape.max !== undefined && { max: shape.max }),
      };
    case 'boolean':
    case 'timestamp':
      return { kind: shape.type };
    default:
      throw new Error(`The shape ${name} is a ${shape.type}: the server has no such kind.`);
  }
}

/** @param {string} name @param {ModelShape} shape @returns {readonly string[]} */
function referencedBy(name, shape) {
  const inner = [shape.member, shape.key, shape.value].flatMap((reference) => reference?.shape ?? []);
  return [...membersOf(name, shape).map(([, member]) => member), ...inner];
}

/** @param {string} name @param {ModelShape} shape @returns {(readonly [string, string])[]} */
function membersOf(name, shape) {
  const members = Object.entries(shape.members ?? {}).map(([member, { shape: of }]) => [member, of]);
  return Object.entries({ ...Object.fromEntries(members), ...newerMembers[name] }).toSorted(byName);
}

/** Nothing is shorter than nothing: newer models say so, older ones do not. @param {ModelShape} shape */
function lengths({ min, max }) {
  return { ...(min !== undefined && min > 0 && { min }), ...(max !== undefined && { max }) };
}

/** The service matches whole texts. Older models have the anchors for some patterns, or one of the two. @param {string} pattern */
function withoutAnchors(pattern) {
  return pattern.replace(/^\^/u, '').replace(/(?<!\\)\$$/u, '');
}

const traitsOfAny = ['type', 'documentation', 'box', 'sensitive', 'min', 'max', 'pattern', 'enum'];
const knownTraits = new Set([...traitsOfAny, 'required', 'members', 'member', 'key', 'value']);

/** A constraint that is passed over in silence would be one that the server does not know. @param {string} name @param {ModelShape} shape */
function checkTraits(name, shape) {
  const unknown = Object.keys(shape).filter((trait) => !knownTraits.has(trait));
  if (unknown.length > 0) {
    throw new Error(`The shape ${name} has what the server does not know: ${unknown.join(', ')}.`);
  }
}

/** @param {[string, unknown]} left @param {[string, unknown]} right */
function byName([left], [right]) {
  return left < right ? -1 : 1;
}

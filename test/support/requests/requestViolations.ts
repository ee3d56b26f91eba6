import { readFileSync } from 'node:fs';
import { requestNames, requestShapes } from '../../../src/local/sagemaker/requestShapes.js';
import type { Shape } from '../../../src/local/sagemaker/shapes.js';

interface ServiceShapes {
  /** The shape of each operation's request. */
  readonly requests: Readonly<Record<string, string>>;
  readonly shapes: Readonly<Record<string, Shape | { readonly kind: 'blob' }>>;
}

/** By the names that the clients of the SDK have for their services. */
const services: ReadonlyMap<string, ServiceShapes> = readServices();

/** What of a request AWS's own service model does not allow; empty where all is well. */
export function requestViolations(service: string, operation: string, input: unknown): readonly string[] {
  const known = services.get(service);
  const name = known?.requests[operation];
  return known === undefined || name === undefined
    ? [`${service} ${operation} is not in the table: add it to clientOperations.mjs and write the table anew`]
    : violations(known.shapes, name, input, `${service} ${operation}`);
}

function violations(shapes: ServiceShapes['shapes'], name: string, value: unknown, at: string): readonly string[] {
  const shape = shapes[name];
  switch (shape?.kind) {
    case undefined:
      return [`${at} has the shape ${name}, which is not in the table`];
    case 'structure': {
      if (!isRecord(value)) {
        return [`${at} must be a structure`];
      }
      const missing = (shape.required ?? []).filter((member) => value[member] === undefined);
      return [
        ...missing.map((member) => `${at} lacks ${member}`),
        ...Object.entries(value).flatMap(([member, inner]) => {
          const of = shape.members[member];
          if (inner === undefined) {
            return []; // The SDK leaves it out.
          }
          return of === undefined
            ? [`${at} has ${member}, which AWS does not know`]
            : violations(shapes, of, inner, `${at}.${member}`);
        }),
      ];
    }
    case 'list':
      return Array.isArray(value)
        ? [
            ...outOfBounds(value.length, shape, `the length of ${at}`),
            ...value.flatMap((item, index) => violations(shapes, shape.of, item, `${at}[${index}]`)),
          ]
        : [`${at} must be a list`];
    case 'map':
      return isRecord(value)
        ? [
            ...outOfBounds(Object.keys(value).length, shape, `the size of ${at}`),
            ...Object.keys(value).flatMap((key) => violations(shapes, shape.key, key, `the key ${key} of ${at}`)),
            ...Object.entries(value).flatMap(([key, inner]) => violations(shapes, shape.value, inner, `${at}.${key}`)),
          ]
        : [`${at} must be a map`];
    case 'string':
      return typeof value === 'string' ? textViolations(shape, value, at) : [`${at} must be a text`];
    case 'integer':
      return Number.isInteger(value) ? outOfBounds(Number(value), shape, at) : [`${at} must be an integer`];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${at} must be true or false`];
    case 'timestamp':
      return value instanceof Date ? [] : [`${at} must be a date`];
    case 'blob':
      return typeof value === 'string' || value instanceof Uint8Array ? [] : [`${at} must be bytes`];
  }
}

function textViolations(
  { min, max, values, pattern }: Extract<Shape, { kind: 'string' }>,
  text: string,
  at: string,
): readonly string[] {
  return [
    ...outOfBounds(
      Array.from(text).length,
      { ...(min !== undefined && { min }), ...(max !== undefined && { max }) },
      `the length of ${at}`,
    ),
    ...(values !== undefined && !values.includes(text) ? [`${at} must be one of ${values.join(', ')}`] : []),
    ...(pattern !== undefined && !wholly(pattern).test(text) ? [`${at} must match ${pattern}`] : []),
  ];
}

function outOfBounds(
  figure: number,
  { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: { readonly min?: number; readonly max?: number },
  what: string,
): readonly string[] {
  return figure < min || figure > max ? [`${what} is ${figure}, and must be from ${min} to ${max}`] : [];
}

/** The service matches whole texts. */
function wholly(pattern: string): RegExp {
  const source = `^(?:${pattern})$`;
  try {
    return new RegExp(source, 'u');
  } catch {
    // Some of AWS's patterns escape what Unicode mode does not let them.
    return new RegExp(source);
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readServices(): ReadonlyMap<string, ServiceShapes> {
  const file = new URL('../../fixtures/clientRequestShapes.json', import.meta.url);
  const table = JSON.parse(readFileSync(file, 'utf8')) as Readonly<
    Record<'s3' | 'iam' | 'sts' | 'cognito-idp', ServiceShapes>
  >;
  return new Map<string, ServiceShapes>([
    ['SageMaker', { requests: requestNames, shapes: requestShapes }],
    ['S3', table.s3],
    ['IAM', table.iam],
    ['STS', table.sts],
    ['Cognito Identity Provider', table['cognito-idp']],
  ]);
}

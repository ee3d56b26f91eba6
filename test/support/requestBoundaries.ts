import type { JsonObject, JsonValue } from '../../src/core/json.js';
import type { OperationName } from '../../src/local/sagemaker/requests.js';
import { requestNames, requestShapes } from '../../src/local/sagemaker/requestShapes.js';
import type { Shape } from '../../src/local/sagemaker/shapes.js';

/** One constraint of one field: a request that just keeps to it, and one that just does not. */
export interface Boundary {
  /** As AWS writes it: `tags.1.member.key`. */
  readonly field: string;
  /** How AWS words it, or begins to. */
  readonly constraint: string;
  readonly inside: JsonObject;
  readonly outside: JsonObject;
}

/** Every constraint of every field of an operation's request. */
export function boundariesOf(operation: OperationName): readonly Boundary[] {
  return [...boundaries(requestNames[operation], '')] as readonly Boundary[];
}

interface Edge {
  readonly field: string;
  readonly constraint: string;
  readonly inside: JsonValue;
  readonly outside: JsonValue;
}

/** The edges of a shape's values, and of all that is in them. */
function* boundaries(name: string, field: string): Iterable<Edge> {
  const shape = shapeOf(name);
  switch (shape.kind) {
    case 'structure':
      yield* structureEdges(shape, field);
      return;
    case 'list':
      yield* lengthEdges(shape, field, (length) => Array.from({ length }, () => validValue(shape.of)));
      yield* listEdges(shape.of, field);
      return;
    case 'map':
      yield* lengthEdges(shape, field, (length) =>
        Object.fromEntries(Array.from({ length }, (_, index) => [`key${index}`, validValue(shape.value)])),
      );
      yield* mapEdges(shape, field);
      return;
    case 'string':
      yield* textEdges(name, shape, field);
      return;
    case 'integer':
      yield* rangeEdges(shape, field);
      return;
    case 'boolean':
    case 'timestamp':
  }
}

function* structureEdges(shape: Extract<Shape, { kind: 'structure' }>, field: string): Iterable<Edge> {
  const whole = validStructure(shape);
  const within = (member: string): string => {
    const last = member.charAt(0).toLowerCase() + member.slice(1);
    return field === '' ? last : `${field}.${last}`;
  };
  for (const member of shape.required ?? []) {
    const { [member]: _left, ...rest } = whole;
    yield { field: within(member), constraint: 'Member must not be null', inside: whole, outside: rest };
  }
  for (const [member, of] of Object.entries(shape.members)) {
    yield* wrapped(boundaries(of, within(member)), (value) => ({ ...whole, [member]: value }));
  }
}

function* listEdges(of: string, field: string): Iterable<Edge> {
  if (shapeOf(of).kind === 'structure') {
    yield* wrapped(boundaries(of, `${field}.1.member`), (value) => [value]);
    return;
  }
  for (const edge of wrapped(boundaries(of, field), (value) => [value])) {
    yield { ...edge, constraint: 'Member must satisfy constraint: [' };
  }
}

function* mapEdges(shape: Extract<Shape, { kind: 'map' }>, field: string): Iterable<Edge> {
  for (const edge of wrapped(boundaries(shape.key, field), (key) => ({ [key as string]: validValue(shape.value) }))) {
    yield { ...edge, constraint: 'Map keys must satisfy constraint: [' };
  }
  for (const edge of wrapped(boundaries(shape.value, field), (value) => ({ key: value }))) {
    yield { ...edge, constraint: 'Map value must satisfy constraint: [' };
  }
}

function* wrapped(edges: Iterable<Edge>, around: (value: JsonValue) => JsonValue): Iterable<Edge> {
  for (const edge of edges) {
    yield { ...edge, inside: around(edge.inside), outside: around(edge.outside) };
  }
}

function* textEdges(name: string, shape: Extract<Shape, { kind: 'string' }>, field: string): Iterable<Edge> {
  for (const word of shape.values ?? []) {
    const constraint = `Member must satisfy enum value set: [${shape.values?.join(', ')}]`;
    yield { field, constraint, inside: word, outside: `${word}s` };
  }
  if (shape.values === undefined) {
    const { text, wrong } = sample(name);
    yield* lengthEdges(shape, field, text);
    if (wrong !== undefined) {
      const constraint = `Member must satisfy regular expression pattern: ${shape.pattern}`;
      yield { field, constraint, inside: validValue(name), outside: wrong };
    }
  }
}

/** `of` makes a value of this length, or the shortest that there is where nothing so short is valid. */
function* lengthEdges(
  { min, max }: { readonly min?: number; readonly max?: number },
  field: string,
  of: (length: number) => JsonValue,
): Iterable<Edge> {
  if (max !== undefined) {
    const constraint = `Member must have length less than or equal to ${max}`;
    yield { field, constraint, inside: of(max), outside: of(max + 1) };
  }
  if (min !== undefined) {
    const constraint = `Member must have length greater than or equal to ${min}`;
    const shorter = of(min - 1);
    const outside = typeof shorter === 'string' ? shorter.slice(0, min - 1) : shorter;
    yield { field, constraint, inside: of(min), outside };
  }
}

function* rangeEdges({ min, max }: Extract<Shape, { kind: 'integer' }>, field: string): Iterable<Edge> {
  if (max !== undefined) {
    const constraint = `Member must have value less than or equal to ${max}`;
    yield { field, constraint, inside: max, outside: max + 1 };
  }
  if (min !== undefined) {
    const constraint = `Member must have value greater than or equal to ${min}`;
    yield { field, constraint, inside: min, outside: min - 1 };
  }
}

function validValue(name: string): JsonValue {
  const shape = shapeOf(name);
  switch (shape.kind) {
    case 'structure':
      return validStructure(shape);
    case 'list':
      return [validValue(shape.of)];
    case 'map':
      return { key: validValue(shape.value) };
    case 'string':
      return shape.values?.[0] ?? sample(name).text(shape.min ?? 1);
    case 'integer':
      return shape.min ?? 1;
    case 'boolean':
      return true;
    case 'timestamp':
      return null; // Nothing constrains it, and clients have each their own way of giving one.
  }
}

function validStructure({ members }: Extract<Shape, { kind: 'structure' }>): JsonObject {
  const values = Object.entries(members).map(([member, of]) => [member, validValue(of)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== null));
}

function shapeOf(name: string): Shape {
  const shape = (requestShapes as Readonly<Record<string, Shape>>)[name];
  if (shape === undefined) {
    throw new Error(`There is no shape "${name}".`);
  }
  return shape;
}

interface Sample {
  /** A text of the pattern: of this length, or of the least that there is. */
  readonly text: (length: number) => string;
  /** One that is not of the pattern; none where there is no such text. */
  readonly wrong?: string;
}

interface Pattern {
  readonly start: string;
  /** What makes it longer. */
  readonly fill: string;
  readonly end?: string;
  /** Where the start, one piece of fill and the end are not the shortest text. */
  readonly shortest?: string;
  readonly wrong?: string;
}

/** How texts of each shape are made. */
const samples: Readonly<Record<string, Pattern>> = {
  AuthenticationRequestExtraParamsKey: { start: '', fill: 'k', wrong: 'k\n' },
  AuthenticationRequestExtraParamsValue: { start: '', fill: 'v', wrong: 'v\n' },
  Cidr: { start: '::%', fill: 'i', end: '/0', shortest: '::/0', wrong: '10.0.0.256' },
  ClientId: { start: '', fill: '~', wrong: 'é' },
  ClientSecret: { start: '', fill: ' ', wrong: 'é' },
  CognitoUserGroup: { start: '', fill: 'ü', wrong: 'two words' },
  CognitoUserPool: { start: 'us-east-1_', fill: 'p', wrong: 'us-east-1' },
  Group: { start: '', fill: 'ü', wrong: 'two words' },
  HumanTaskUiArn: { start: 'arn:aws:sagemaker:us-east-1:111122223333:human-task-ui/', fill: 'u', wrong: 'arn' },
  HumanTaskUiName: { start: '', fill: 'u', wrong: 'U' },
  JobReferenceCodeContains: { start: '', fill: 'c', wrong: '\n' },
  KmsKeyId: { start: '', fill: '/', wrong: '+' },
  LabelAttributeName: { start: '', fill: 'a', wrong: 'a_' },
  LabelingJobAlgorithmSpecificationArn: { start: 'arn:', fill: 'a', wrong: 'arm:' },
  LabelingJobName: { start: '', fill: 'j', wrong: 'j-' },
  LambdaFunctionArn: { start: 'arn:aws:lambda:us-east-1:111122223333:function:', fill: 'f', wrong: 'f' },
  ModelArn: {
    start: 'arn:aws:sagemaker:us-east-1:111122223333:model/',
    fill: 'm',
    wrong: 'arn:aws:sagemaker:us-east-1:1:model/m',
  },
  NameContains: { start: '', fill: '-', wrong: '_' },
  NextToken: { start: '', fill: 't', wrong: '\n' },
  NotificationTopicArn: { start: 'arn:aws:sns:us-east-1:111122223333:', fill: 't', wrong: 'arn:aws:sns' },
  OidcEndpoint: { start: 'https://', fill: 'e', wrong: 'http://e' },
  ResourceArn: { start: 'arn:aws:sagemaker:us-east-1:111122223333:', fill: 'r', wrong: 'arn:aws:s3:::r' },
  RoleArn: { start: 'arn:aws:iam::111122223333:role/', fill: 'r', wrong: 'arn:aws:iam::111122223333:user/u' },
  S3Uri: { start: 's3://bucket/', fill: 'k', wrong: 'ftp://bucket/k' },
  Scope: { start: '', fill: 's', wrong: 'two  blanks' },
  SecurityGroupId: { start: '', fill: 's', wrong: 's_' },
  SnsTopicArn: {
    start: 'arn:aws:sns:us-east-1:111122223333:',
    fill: 't',
    wrong: 'arn:aws:sns:us-east-1:111122223333:',
  },
  String200: { start: '', fill: 'd', wrong: '\n' },
  SubnetId: { start: '', fill: 's', wrong: 's_' },
  TagKey: { start: '', fill: 'ü', wrong: '#' },
  TagValue: { start: '', fill: 'ü', wrong: '#' },
  TaskDescription: { start: '', fill: 'd', wrong: '\n' },
  TaskInput: { start: '{}', fill: ' ' },
  TaskKeyword: { start: '', fill: 'k', wrong: 'k-k' },
  TaskTitle: { start: '', fill: 't', wrong: '\u0001' },
  TemplateContent: { start: '', fill: '\n' },
  WorkforceName: { start: '', fill: 'w', wrong: '-w' },
  WorkforceSecurityGroupId: { start: 'sg-', fill: '0', wrong: 'sg-A' },
  WorkforceSubnetId: { start: 'subnet-', fill: '0', wrong: 'subnet-A' },
  WorkforceVpcId: { start: 'vpc-', fill: '0', wrong: 'vpc-A' },
  WorkteamArn: { start: 'arn:aws:sagemaker:us-east-1:111122223333:workteam/', fill: 't', wrong: 'team' },
  WorkteamName: { start: '', fill: 't', wrong: '-t' },
};

function sample(name: string): Sample {
  const known = samples[name];
  if (known === undefined) {
    throw new Error(`There is no sample of a ${name}: add one.`);
  }
  const { start, fill, end = '', shortest = start + fill + end, wrong } = known;
  const text = (length: number): string =>
    length <= shortest.length ? shortest : start + fill.repeat(length - start.length - end.length) + end;
  return { text, ...(wrong !== undefined && { wrong }) };
}

import { isList, type JsonValue } from '../../core/json.js';
import { header } from '../http/incoming.js';
import { ServiceError } from '../http/serviceError.js';
import type { S3Request } from './s3.js';

/** A bucket policy, checked: what it says is what is enforced. */
export interface Policy {
  readonly statements: readonly Statement[];
}

interface Statement {
  readonly effect: 'Allow' | 'Deny';
  /** Whom it is about: anybody, or (as there is one account only) the owner. */
  readonly principal: 'anybody' | 'owner' | 'nobody';
  readonly actions: Selection;
  readonly resources: Selection;
  readonly conditions: readonly Condition[];
}

interface Selection {
  readonly patterns: readonly string[];
  /** `NotAction` and `NotResource`. */
  readonly isInverted: boolean;
}

interface Condition {
  readonly key: string;
  readonly values: readonly string[];
  readonly matches: (actual: string, value: string) => boolean;
  readonly isInverted: boolean;
}

interface Question {
  readonly request: S3Request;
  readonly action: string;
  readonly resource: string;
}

const versions = ['2012-10-17', '2008-10-17'];

/** The operators that are enforced; a policy with another one is refused, not kept and ignored. */
const operators = new Map<string, Pick<Condition, 'matches' | 'isInverted'>>([
  ['StringEquals', { matches: (actual, value) => actual === value, isInverted: false }],
  ['StringNotEquals', { matches: (actual, value) => actual === value, isInverted: true }],
  ['StringLike', { matches: isLike, isInverted: false }],
  ['StringNotLike', { matches: isLike, isInverted: true }],
  ['Bool', { matches: (actual, value) => actual === value.toLowerCase(), isInverted: false }],
]);

/** What conditions can ask about a request. */
const conditionKeys = new Map<string, (request: S3Request) => string | undefined>([
  ['aws:referer', ({ headers }) => headers.referer],
  ['aws:securetransport', () => 'false'],
  ['aws:useragent', ({ headers }) => headers['user-agent']],
  ['s3:delimiter', ({ query }) => query.get('delimiter') ?? undefined],
  ['s3:max-keys', ({ query }) => query.get('max-keys') ?? undefined],
  ['s3:prefix', ({ query }) => query.get('prefix') ?? undefined],
  ['s3:x-amz-acl', ({ headers }) => header(headers, 'x-amz-acl')],
]);

/** Throws `MalformedPolicy` in S3's words. */
export function parsePolicy(text: string, bucket: string): Policy {
  let policy: JsonValue;
  try {
    policy = JSON.parse(text) as JsonValue;
  } catch {
    throw malformed("Policies must be valid JSON and the first byte must be '{'");
  }
  const { Version: version, Statement: statements } = fieldsOf(policy);
  if (version !== undefined && !versions.some((known) => known === version)) {
    throw malformed('The policy must contain a valid version string');
  }
  if (statements === undefined) {
    throw malformed('Missing required field Statement');
  }
  return { statements: listOf(statements).map((statement) => statementOf(fieldsOf(statement), bucket)) };
}

/** `Deny` wins over `Allow`; `undefined` where no statement is about the question. */
export function evaluatePolicy({ statements }: Policy, question: Question): 'Allow' | 'Deny' | undefined {
  const effects = statements.filter((statement) => isAbout(statement, question)).map(({ effect }) => effect);
  return effects.includes('Deny') ? 'Deny' : effects[0];
}

/** Whether it lets anybody in, as S3 understands it when public policies are blocked. */
export function isPublicPolicy({ statements }: Policy): boolean {
  return statements.some(({ effect, principal }) => effect === 'Allow' && principal === 'anybody');
}

function isAbout({ principal, actions, resources, conditions }: Statement, question: Question): boolean {
  const { request, action, resource } = question;
  return (
    (principal === 'anybody' || (principal === 'owner' && request.isOwner)) &&
    isSelected(actions, action.toLowerCase()) &&
    isSelected(resources, resource) &&
    conditions.every((condition) => holds(condition, request))
  );
}

function isSelected({ patterns, isInverted }: Selection, text: string): boolean {
  return patterns.some((pattern) => isLike(text, pattern)) !== isInverted;
}

function holds({ key, values, matches, isInverted }: Condition, request: S3Request): boolean {
  const actual = conditionKeys.get(key)?.(request);
  return actual === undefined ? isInverted : values.some((value) => matches(actual, value)) !== isInverted;
}

function statementOf(fields: Fields, bucket: string): Statement {
  const { Effect: effect, Principal: principal, Condition: conditions } = fields;
  if (effect !== 'Allow' && effect !== 'Deny') {
    throw malformed(`Invalid effect: ${JSON.stringify(effect)}`);
  }
  if (principal === undefined) {
    throw malformed('Missing required field Principal');
  }
  const actions = selectionOf(fields, 'Action');
  if (!actions.patterns.every((pattern) => /^(?:\*|s3:[\w*?]+)$/iu.test(pattern))) {
    throw malformed('Policy has invalid action');
  }
  const resources = selectionOf(fields, 'Resource');
  if (!resources.patterns.every((pattern) => isResourceOf(bucket, pattern))) {
    throw malformed('Policy has invalid resource');
  }
  return {
    effect,
    principal: principalOf(principal),
    actions: { ...actions, patterns: actions.patterns.map((pattern) => pattern.toLowerCase()) },
    resources,
    conditions: conditionsOf(conditions ?? {}),
  };
}

function isResourceOf(bucket: string, pattern: string): boolean {
  const arn = `arn:aws:s3:::${bucket}`;
  return pattern === '*' || pattern.startsWith(`${arn}/`) || isLike(arn, pattern) || isLike(`${arn}/`, pattern);
}

function principalOf(principal: JsonValue): Statement['principal'] {
  const names = principal === '*' ? ['*'] : listOf(fieldsOf(principal)['AWS'] ?? []);
  if (names.includes('*')) {
    return 'anybody';
  }
  return names.length > 0 ? 'owner' : 'nobody';
}

function selectionOf(fields: Fields, name: 'Action' | 'Resource'): Selection {
  const plain = fields[name];
  const patterns = plain ?? fields[`Not${name}`];
  if (patterns === undefined) {
    throw malformed(`Missing required field ${name}`);
  }
  return { patterns: listOf(patterns).map(String), isInverted: plain === undefined };
}

function conditionsOf(conditions: JsonValue): readonly Condition[] {
  return Object.entries(fieldsOf(conditions)).flatMap(([name, keys]) => {
    const operator = operators.get(name);
    return Object.entries(fieldsOf(keys)).map(([key, values]) => {
      if (operator === undefined || !conditionKeys.has(key.toLowerCase())) {
        throw new ServiceError('NotImplemented', `The policy condition "${name}" on "${key}" is not implemented`, 501);
      }
      const { matches, isInverted } = operator;
      return { matches, isInverted, key: key.toLowerCase(), values: listOf(values ?? []).map(String) };
    });
  });
}

type Fields = { readonly [name: string]: JsonValue | undefined };

function fieldsOf(value: JsonValue | undefined): Fields {
  if (typeof value !== 'object' || value === null || isList(value)) {
    throw malformed('Policy has invalid syntax');
  }
  return value;
}

function listOf(value: JsonValue): readonly JsonValue[] {
  return isList(value) ? value : [value];
}

/** `*` stands for any characters, `?` for one. */
function isLike(text: string, pattern: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/gu, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'su').test(text);
}

function malformed(message: string): ServiceError {
  return new ServiceError('MalformedPolicy', message);
}

import { isList, isObject, type JsonObject, type JsonValue } from '../json.js';
import type { Decision, Permission } from './probes.js';
import type { PolicyDocument } from './report.js';

/** Allows exactly this: one statement for each set of resources. */
export function smallestPolicy(permissions: readonly Permission[]): PolicyDocument {
  const byAction = new Map<string, Set<string>>();
  for (const { action, resource } of permissions) {
    byAction.set(action, (byAction.get(action) ?? new Set()).add(resource));
  }
  const byResources = new Map<string, { readonly actions: string[]; readonly resources: readonly string[] }>();
  for (const [action, resources] of byAction) {
    const list = [...resources].toSorted();
    const same = byResources.get(list.join('\n')) ?? { actions: [], resources: list };
    same.actions.push(action);
    byResources.set(list.join('\n'), same);
  }
  return {
    Version: '2012-10-17',
    Statement: [...byResources.values()].map(({ actions, resources }) => ({
      Effect: 'Allow',
      Action: oneOrAll(actions),
      Resource: oneOrAll(resources),
    })),
  };
}

function oneOrAll(texts: readonly string[]): string | readonly string[] {
  const [only = '', ...others] = texts;
  return others.length === 0 ? only : texts;
}

/** What is true of every request that SageMaker makes for a job, by the condition keys that policies ask about. */
const context: Readonly<Record<string, string>> = {
  'iam:passedtoservice': 'sagemaker.amazonaws.com',
  'aws:securetransport': 'true',
};

/**
 * What policies say of one action on one resource. `conditional` where a statement that decides it depends on something
 * that cannot be told beforehand, such as an object's tags.
 */
export function evaluatePolicies(documents: readonly string[], permission: Permission): Decision {
  const statements = documents.flatMap(statementsOf).filter((statement) => isAbout(statement, permission));
  const effects = statements.map((statement) => ({
    isAllowed: statement['Effect'] === 'Allow',
    holds: conditionHolds(statement['Condition']),
  }));
  if (effects.some(({ isAllowed, holds }) => !isAllowed && holds === true)) {
    return 'explicitDeny';
  }
  const isDeniedMaybe = effects.some(({ isAllowed, holds }) => !isAllowed && holds === undefined);
  if (effects.some(({ isAllowed, holds }) => isAllowed && holds === true)) {
    return isDeniedMaybe ? 'conditional' : 'allowed';
  }
  return effects.some(({ isAllowed, holds }) => isAllowed && holds === undefined) ? 'conditional' : 'implicitDeny';
}

export function statementsOf(document: string): readonly JsonObject[] {
  const policy = JSON.parse(document) as JsonValue;
  return isObject(policy) ? listOf(policy['Statement']).filter(isObject) : [];
}

function isAbout(statement: JsonObject, { action, resource }: Permission): boolean {
  return (
    matches(statement, 'Action', (pattern) => isLike(action.toLowerCase(), pattern.toLowerCase())) &&
    matches(statement, 'Resource', (pattern) => isLike(resource, pattern))
  );
}

function matches(statement: JsonObject, name: 'Action' | 'Resource', isMatch: (pattern: string) => boolean): boolean {
  const plain = statement[name];
  const patterns = textsOf(plain ?? statement[`Not${name}`]);
  return patterns.some(isMatch) !== (plain === undefined);
}

/** `undefined` where it cannot be told. */
function conditionHolds(condition: JsonValue | undefined): boolean | undefined {
  let result: boolean | undefined = true;
  for (const [operator, keys] of Object.entries(isObject(condition) ? condition : {})) {
    for (const [key, values] of Object.entries(isObject(keys) ? keys : {})) {
      const holds = comparison(operator, context[key.toLowerCase()], textsOf(values));
      if (holds === false) {
        return false;
      }
      if (holds === undefined) {
        result = undefined;
      }
    }
  }
  return result;
}

function comparison(operator: string, actual: string | undefined, values: readonly string[]): boolean | undefined {
  const known = /^(String(?:Not)?(?:Equals|Like)|Bool)(?:IfExists)?$/u.exec(operator)?.[1];
  if (actual === undefined || known === undefined) {
    return undefined;
  }
  return values.some((value) => isLike(actual, value)) !== known.includes('Not');
}

/** `*` and `?` as IAM has them. */
function isLike(text: string, pattern: string): boolean {
  const expression = pattern
    .replaceAll(/[.+^${}()|[\]\\]/gu, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 'su').test(text);
}

/** Those members of a list, or the one thing itself, that are texts. */
export function textsOf(value: JsonValue | undefined): readonly string[] {
  return listOf(value).filter((member) => typeof member === 'string');
}

export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return isList(value) ? value : value === undefined ? [] : [value];
}

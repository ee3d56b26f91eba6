import { readFileSync } from 'node:fs';
import { type FaultName, faultNames, type FaultRule } from './faultRule.js';

/** The file cannot be used: the message says where and why, and what to write instead. */
class FaultsFileProblem extends Error {
  override readonly name = 'FaultsFileProblem';
}

/** The operations of each service, by its signing name. */
export type KnownOperations = ReadonlyMap<string, readonly string[]>;

/** Reads `{ "faults": [ … ] }`. Throws `FaultsFileProblem`. */
export function readFaults(file: string): readonly FaultRule[] {
  try {
    return parseFaults(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const what = error instanceof FaultsFileProblem ? reason : `cannot be read: ${reason}. Give the path of a file.`;
    throw new FaultsFileProblem(`The faults file "${file}" ${what}`);
  }
}

/** The sentence that it throws has everything but its subject, which is the file. */
export function parseFaults(text: string): readonly FaultRule[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new FaultsFileProblem(`is not valid JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  const { faults, ...others } = isObject(content) ? content : {};
  const [other] = Object.keys(others);
  if (!Array.isArray(faults) || other !== undefined) {
    throw new FaultsFileProblem('must have an object with "faults", a list of rules, and nothing else.');
  }
  return faults.map((rule, index) => checkedRule(rule, index));
}

/** What a rule says of services and operations can only be checked where these are known. */
export function checkOperations(rules: readonly FaultRule[], known: KnownOperations): void {
  for (const [index, { service, operation }] of rules.entries()) {
    const problem = (what: string) =>
      new FaultsFileProblem(`The faults file must have in its ${ordinal(index)} rule ${what}`);
    if (service !== '*' && !known.has(service)) {
      throw problem(`a "service" out of ${quoted([...known.keys(), '*'])}, and not "${service}".`);
    }
    const names = service === '*' ? [...known.values()].flat() : (known.get(service) ?? []);
    if (operation !== '*' && !names.includes(operation)) {
      throw problem(
        `an "operation" that ${service === '*' ? 'a service' : service} has here, and not "${operation}": ` +
          `${quoted(likely(operation, names))}, or "*" for all.`,
      );
    }
  }
}

type FieldKind = 'text' | 'whole' | 'share' | 'milliseconds' | 'seconds';

const fieldKinds: Readonly<Record<Exclude<keyof FaultRule, 'fault'>, FieldKind>> = {
  service: 'text',
  operation: 'text',
  bucket: 'text',
  after: 'whole',
  every: 'whole',
  times: 'whole',
  rate: 'share',
  seed: 'whole',
  afterMs: 'milliseconds',
  forMs: 'milliseconds',
  retryAfterSeconds: 'whole',
  region: 'text',
  skewSeconds: 'seconds',
  calls: 'whole',
  lastsMs: 'milliseconds',
};

const kinds: Readonly<Record<FieldKind, { readonly text: string; readonly isKept: (value: unknown) => boolean }>> = {
  text: { text: 'a text', isKept: (value) => typeof value === 'string' && value !== '' },
  whole: { text: 'a whole number from 0 on', isKept: (value) => Number.isInteger(value) && Number(value) >= 0 },
  share: {
    text: 'a number from 0 to 1',
    isKept: (value) => typeof value === 'number' && value >= 0 && value <= 1,
  },
  milliseconds: { text: 'a number of milliseconds', isKept: (value) => typeof value === 'number' && value >= 0 },
  seconds: { text: 'a number of seconds', isKept: (value) => typeof value === 'number' },
};

/** What one fault cannot do without, and what only it has. */
const ownFields: Readonly<Partial<Record<FaultName, { readonly fields: readonly string[]; readonly needs: string }>>> =
  {
    WrongRegion: { fields: ['region'], needs: 'a "region", where the bucket is' },
    NewBucketElsewhere: { fields: ['region'], needs: 'a "region", where the bucket is' },
    ClockSkew: { fields: ['skewSeconds'], needs: '"skewSeconds", how far the server’s clock is ahead' },
    SlowRole: { fields: ['calls', 'lastsMs'], needs: '"calls" or "lastsMs", how long a new role is unknown' },
    SlowWorkforce: { fields: ['calls', 'lastsMs'], needs: '"calls" or "lastsMs", how long a new workforce is unknown' },
  };

function checkedRule(rule: unknown, index: number): FaultRule {
  const problem = (what: string) => new FaultsFileProblem(`must have in its ${ordinal(index)} rule ${what}.`);
  if (!isObject(rule)) {
    throw problem('an object with "service", "operation" and "fault"');
  }
  const { fault } = rule;
  if (!isFaultName(fault)) {
    const instead = fault === undefined ? '' : `, and not ${JSON.stringify(fault)}`;
    throw problem(`a "fault" out of ${quoted(faultNames)}${instead}`);
  }
  for (const [name, value] of Object.entries(rule)) {
    if (name !== 'fault') {
      if (!isField(name)) {
        throw problem(`no "${name}": there are ${quoted(['fault', ...Object.keys(fieldKinds)])}`);
      }
      const { text, isKept } = kinds[fieldKinds[name]];
      if (!isKept(value)) {
        throw problem(`${text} as "${name}", and not ${JSON.stringify(value)}`);
      }
    }
  }
  if (rule['service'] === undefined || rule['operation'] === undefined) {
    throw problem('a "service" and an "operation"; "*" stands for all');
  }
  checkOwnFields(rule, fault, problem);
  return rule as unknown as FaultRule;
}

function checkOwnFields(
  rule: Readonly<Record<string, unknown>>,
  fault: FaultName,
  problem: (what: string) => FaultsFileProblem,
): void {
  const own = ownFields[fault];
  if (own && !own.fields.some((name) => rule[name] !== undefined)) {
    throw problem(`${own.needs}, for the fault "${fault}"`);
  }
  for (const [other, { fields }] of Object.entries(ownFields)) {
    const foreign = fields.find((name) => rule[name] !== undefined && own?.fields.includes(name) !== true);
    if (foreign !== undefined) {
      throw problem(`no "${foreign}", which is for the fault "${other}" alone`);
    }
  }
  if (rule['every'] === 0) {
    throw problem('an "every" of 1 or more');
  }
  if (rule['seed'] !== undefined && rule['rate'] === undefined) {
    throw problem('a "rate" beside its "seed"');
  }
  if (fault === 'ClockSkew' && (rule['service'] !== '*' || rule['operation'] !== '*')) {
    throw problem('"*" as "service" and "operation": one machine has one clock');
  }
  if (fault === 'SlowRole' && (rule['service'] !== 'iam' || rule['operation'] !== 'CreateRole')) {
    throw problem('"iam" as "service" and "CreateRole" as "operation", which make the role that is slow');
  }
  if (fault === 'SlowWorkforce' && (rule['service'] !== 'sagemaker' || rule['operation'] !== 'CreateWorkforce')) {
    throw problem(
      '"sagemaker" as "service" and "CreateWorkforce" as "operation", which make the workforce that is slow',
    );
  }
  if (isS3Only(fault) && rule['service'] !== 's3') {
    throw problem(`"s3" as "service": no other has the fault "${fault}"`);
  }
}

function isS3Only(fault: FaultName): boolean {
  return ['SlowDown', 'InternalErrorIn200', 'WrongRegion', 'NewBucketElsewhere'].includes(fault);
}

function isFaultName(value: unknown): value is FaultName {
  return faultNames.some((name) => name === value);
}

function isField(name: string): name is keyof typeof fieldKinds {
  return Object.hasOwn(fieldKinds, name);
}

/** Those that begin alike, where there are any. */
function likely(wrong: string, names: readonly string[]): readonly string[] {
  for (let length = wrong.length - 1; length >= 3; length -= 1) {
    const alike = names.filter((name) => name.toLowerCase().startsWith(wrong.slice(0, length).toLowerCase()));
    if (alike.length > 0) {
      return alike;
    }
  }
  return names;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

function ordinal(index: number): string {
  return `${index + 1}${['st', 'nd', 'rd'][index] ?? 'th'}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import type { JsonValue } from '../json.js';
import type { ByteSource } from '../manifest/byteSource.js';
import { type LabelReading, type LineSource, metadataSuffix, readLine } from '../manifest/lineReading.js';
import { readManifestObjects } from '../manifest/manifestObjects.js';
import type { ManifestObject, ObjectFlaw } from '../manifest/manifestRuns.js';
import { type ExportPart, type ExportProgress, type SkippedLine, skipped, type SkipReason } from './exportPart.js';
import { MalformedLabel } from './labelMembers.js';
import { type ObjectLabel, readObjectLabel } from './objectLabel.js';

/** What every export takes. */
export interface ExportInput {
  /** The manifest; some formats read it twice. */
  readonly source: ByteSource;
  /** Which label of the objects: the key without `-metadata`. */
  readonly attribute: string;
  /** The classes in their order, for example of the label category file: others follow as they turn up. */
  readonly classes?: readonly string[];
}

export interface LabeledObject {
  readonly kind: 'labeled';
  /** Lines count from 0. */
  readonly line: number;
  readonly source: LineSource;
  readonly label: ObjectLabel;
  /** The label as it stands in the line. */
  readonly value: JsonValue;
  readonly reading: Pick<LabelReading, 'state' | 'type' | 'jobName' | 'createdAt'>;
  /** Why the line can be read here, but by no reader of JSON Lines. */
  readonly flaw: ObjectFlaw | undefined;
}

export interface Pass {
  readonly pass: number;
  readonly passes: number;
}

const onlyPass: Pass = { pass: 1, passes: 1 };

/** Every line of the manifest is one labeled object, part of one, or skipped for a reason. */
export async function* labeledObjects(
  { source, attribute }: ExportInput,
  pass: Pass,
  signal: AbortSignal,
): AsyncGenerator<LabeledObject | SkippedLine | ExportProgress> {
  let lines = 0;
  for await (const object of readManifestObjects(source, signal)) {
    lines = object.line + 1;
    if (lines % linesPerProgress === 0) {
      yield { kind: 'progress', lines, ...pass };
    }
    yield object.kind === 'unreadable' ? skipped(object.line, object.reason) : labeledObject(object, attribute);
  }
  yield { kind: 'progress', lines, ...pass };
}

const linesPerProgress = 1_000;

function labeledObject(
  { line, value, flaw }: Extract<ManifestObject, { kind: 'object' }>,
  attribute: string,
): LabeledObject | SkippedLine {
  const { source, labels } = readLine(value);
  if (!source) {
    return skipped(line, { kind: 'noSource' });
  }
  const reading = labels.find((label) => label.attribute === attribute) ?? unstated;
  if (reading.failureReason !== undefined) {
    return skipped(line, { kind: 'failed', failureReason: reading.failureReason });
  }
  if (!Object.hasOwn(value, attribute) || attribute.endsWith(metadataSuffix)) {
    return skipped(line, { kind: 'unlabeled' });
  }
  try {
    const label = readObjectLabel(value, attribute);
    return { kind: 'labeled', line, source, label, value: value[attribute] ?? null, reading, flaw };
  } catch (error) {
    if (error instanceof MalformedLabel) {
      return skipped(line, { kind: 'malformedLabel', member: error.member });
    }
    throw error;
  }
}

const unstated = { state: 'unstated', type: '', jobName: '', createdAt: Number.NaN, failureReason: undefined } as const;

/** For the formats that have a place for a split. */
export interface PartOptions {
  /** The part that a line belongs to, as `SplitPlan.partOf` says it; without a split, all are together. */
  readonly partOf?: ((line: number) => string | undefined) | undefined;
}

/** What a format makes of one object: pieces of files, or why there is no place for it. */
export type ObjectParts = Iterable<ExportPart> | SkipReason;

/** The same for an object and the part that it belongs to: `undefined` without a split. */
export type PartsOf = (object: LabeledObject, part: string | undefined) => ObjectParts;

/** Goes through the manifest once; what is no labeled object, and the progress, is passed on. */
export async function* exportEach(
  input: ExportInput & PartOptions,
  partsOf: PartsOf,
  signal: AbortSignal,
): AsyncGenerator<ExportPart> {
  for await (const object of labeledObjects(input, onlyPass, signal)) {
    if (object.kind !== 'labeled') {
      yield object;
      continue;
    }
    const part = input.partOf?.(object.line);
    const parts: ObjectParts = input.partOf && part === undefined ? { kind: 'noPart' } : partsOf(object, part);
    if ('kind' in parts) {
      yield skipped(object.line, parts);
    } else {
      yield* parts;
    }
  }
}

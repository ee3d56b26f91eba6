import { decodeText } from './dictionary.js';
import { type FlatMember, flatMembers } from './flatJson.js';
import type { AttributeAddresses } from './kernelBatch.js';
import { metadataSuffix, readState } from './lineReading.js';
import type { AttributeColumns } from './attributeColumns.js';
import { labelState } from './labelCodes.js';
import type { ManifestColumns } from './manifestColumns.js';

// Nearly all lines of a manifest differ in a few values only. A shape is what they have in common, byte for byte: fixed
// parts, and holes for strings and numbers. A line that fits is known to be valid JSON with the very keys of the line
// from which the shape was learned, and its values stand in the holes: it need not be parsed.

export interface LineShape {
  /** What stands before each hole, and after the last one. */
  readonly parts: readonly Uint8Array[];
  readonly holes: readonly ('string' | 'number')[];
  /** What is read of such a line. */
  readonly fields: readonly ShapeField[];
  readonly hasSource: boolean;
}

/** What goes into a column: what stands in a hole, or what is so for all lines of the shape. */
export type ShapeField =
  | { readonly kind: 'objectSource' | 'textSource'; readonly hole: number }
  | { readonly kind: 'noSource' }
  | ({ readonly kind: 'word'; readonly hole: number; readonly isVaried: boolean } & Word & Partial<ColumnName>)
  | ({ readonly kind: 'number' | 'time'; readonly hole: number } & ColumnName)
  | ({ readonly kind: 'constant'; readonly value: number } & ColumnName);

interface Word {
  /** The number that stands for a text in the column; it is asked for when the text is first seen. */
  readonly valueOf: (text: string) => number;
}

export interface ColumnName {
  /** The label attribute, by its place among the columns' attributes. */
  readonly attribute: number;
  readonly column: keyof AttributeAddresses;
}

/** What most lines of a job have in common besides their keys: a shape that knows it is the fastest to compare. */
const settledKeys: readonly ReadonlySet<string>[] = [
  new Set(['type', 'job-name', 'job_name', 'human-annotated']),
  new Set(['type', 'job-name', 'job_name']),
  new Set(),
];

/**
 * The shapes of a line without its line break, the narrowest first; none where the line is not of the plain kind that
 * has one. What the line says must be in the columns.
 */
export function learnShapes(columns: ManifestColumns, line: Uint8Array): readonly LineShape[] {
  const members = flatMembers(line);
  const isPlain = members?.every(
    (member) => member.kind !== 'object' || (isPlainMetadata(member) && columns.attribute(attributeOf(member))),
  );
  if (!members || isPlain !== true) {
    return [];
  }
  const shapes = settledKeys.map((settled) => shapeOf(columns, line, members, settled));
  return shapes.filter(({ holes }, place) => holes.length !== shapes[place + 1]?.holes.length);
}

function shapeOf(
  columns: ManifestColumns,
  line: Uint8Array,
  members: readonly FlatMember[],
  settled: ReadonlySet<string>,
): LineShape {
  const holes = members
    .flatMap((member) => (member.kind === 'object' ? member.members.filter(({ key }) => !settled.has(key)) : [member]))
    .filter(({ kind }) => kind !== 'literal'); // `true`, `false` and `null` are part of the shape.
  const source = sourceField(holes, members);
  return {
    parts: [...holes.map(({ start }) => start), line.length].map((end, index) =>
      line.slice(holes[index - 1]?.end ?? 0, end),
    ),
    holes: holes.map(({ kind }) => (kind === 'number' ? 'number' : 'string')),
    fields: [
      source,
      ...members.flatMap((member) => (member.kind === 'object' ? labelFields(columns, member, holes, line) : [])),
    ],
    hasSource: source.kind !== 'noSource',
  };
}

function sourceField(holes: readonly FlatMember[], members: readonly FlatMember[]): ShapeField {
  const find = (key: string) =>
    holes.findIndex((hole) => hole.kind === 'string' && hole === members.find((member) => member.key === key));
  const [reference, text] = [find('source-ref'), find('source')];
  if (reference !== -1) {
    return { kind: 'objectSource', hole: reference };
  }
  return text === -1 ? { kind: 'noSource' } : { kind: 'textSource', hole: text };
}

/** Whether a nested object is metadata whose class, if there is one, is named in it. */
function isPlainMetadata({ key, members }: FlatMember): boolean {
  const isString = (name: string) => members.some((member) => member.key === name && member.kind === 'string');
  return (
    key.endsWith(metadataSuffix) && key !== metadataSuffix && (isString('class-name') || isString('failure-reason'))
  );
}

function attributeOf({ key }: FlatMember): string {
  return key.slice(0, -metadataSuffix.length);
}

function labelFields(
  columns: ManifestColumns,
  metadata: FlatMember,
  holes: readonly FlatMember[],
  line: Uint8Array,
): ShapeField[] {
  const attributeColumns = columns.attribute(attributeOf(metadata));
  if (!attributeColumns) {
    return [];
  }
  const attribute = columns.attributes.indexOf(attributeColumns);
  const member = (key: string) => metadata.members.find((candidate) => candidate.key === key);
  const holeOf = (kind: FlatMember['kind'], ...keys: readonly string[]) =>
    keys
      .map((key) => holes.findIndex((hole) => hole.kind === kind && hole === member(key)))
      .find((hole) => hole !== -1) ?? -1;

  const hasFailed = holeOf('string', 'failure-reason') !== -1;
  const className = hasFailed ? -1 : holeOf('string', 'class-name');
  const type = holeOf('string', 'type');
  const job = holeOf('string', 'job-name', 'job_name');
  return [
    stateField(attribute, hasFailed ? -1 : holeOf('string', 'human-annotated'), () => {
      const annotator = member('human-annotated');
      const isWord = annotator?.kind === 'literal' || annotator?.kind === 'string';
      const word = isWord ? decodeText(line, annotator.start, annotator.end) : '';
      return hasFailed ? labelState.failed : labelState[readState(word)];
    }),
    ...(className === -1 ? [] : [classField(attribute, className, attributeColumns)]),
    type === -1
      ? { kind: 'constant', attribute, column: 'types', value: attributeColumns.typeId(textOf(member('type'), line)) }
      : {
          kind: 'word',
          hole: type,
          isVaried: false,
          attribute,
          column: 'types',
          valueOf: (text) => attributeColumns.typeId(text),
        },
    valueField('number', attribute, 'confidences', holeOf('number', 'confidence')),
    valueField('time', attribute, 'creationTimes', holeOf('string', 'creation-date', 'creation_date')),
    // Jobs are only counted: which line is which job's is in no column.
    ...(job === -1 ? [] : [jobField(job, attributeColumns)]),
  ];
}

/** What a string says; what is no string says nothing. */
function textOf(member: FlatMember | undefined, line: Uint8Array): string {
  return member?.kind === 'string' ? decodeText(line, member.start, member.end) : '';
}

function stateField(attribute: number, hole: number, constant: () => number): ShapeField {
  return hole === -1
    ? { kind: 'constant', attribute, column: 'states', value: constant() }
    : {
        kind: 'word',
        hole,
        isVaried: false,
        attribute,
        column: 'states',
        valueOf: (said) => labelState[readState(said)],
      };
}

function classField(attribute: number, hole: number, columns: AttributeColumns): ShapeField {
  const valueOf = (name: string) => columns.classId(name) + 1;
  return { kind: 'word', hole, isVaried: true, attribute, column: 'classes', valueOf };
}

function jobField(hole: number, columns: AttributeColumns): ShapeField {
  return { kind: 'word', hole, isVaried: false, valueOf: (job) => columns.jobNames.idOf(job) ?? 0 };
}

function valueField(
  kind: 'number' | 'time',
  attribute: number,
  column: 'confidences' | 'creationTimes',
  hole: number,
): ShapeField {
  return hole === -1 ? { kind: 'constant', attribute, column, value: Number.NaN } : { kind, hole, attribute, column };
}

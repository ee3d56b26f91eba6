import { creationTimeOfBytes, parseCreationTime } from './creationTime.js';
import { ByteMemo, decodeText } from './dictionary.js';
import { metadataSuffix, readState } from './lineReading.js';
import { type AttributeColumns, folderEnd, labelState, lineKind, type ManifestColumns } from './manifestColumns.js';
import { type FlatMember, flatMembers } from './flatJson.js';

// Nearly all lines of a manifest differ in a few values only. A shape is what they have in common, byte for byte: fixed
// parts, and holes for strings and numbers. A line that fits is known to be valid JSON with the very keys of the line
// from which the shape was learned, and its values stand in the holes: it need not be parsed.

interface AttributePlan {
  readonly columns: AttributeColumns;
  /** The hole of each value; -1 where the shape has none. */
  readonly className: number;
  readonly confidence: number;
  readonly createdAt: number;
  readonly type: number;
  readonly job: number;
  readonly annotator: number;
  /** Where no hole says it. */
  readonly state: number;
  readonly classes: ByteMemo;
  readonly times: ByteMemo;
  readonly types: ByteMemo;
  readonly jobs: ByteMemo;
  readonly annotators: ByteMemo;
}

export class LineShape {
  readonly #columns: ManifestColumns;
  /** The fixed parts one after another; part `i` lies between `#partEnds[i - 1]` and `#partEnds[i]`, before hole `i`. */
  readonly #fixed: Uint8Array;
  readonly #partEnds: Uint32Array;
  readonly #isNumber: Uint8Array;
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  readonly #plans: readonly AttributePlan[];
  readonly #sourceHole: number;
  readonly #sourceKind: number;
  readonly #folders: ByteMemo;

  private constructor(columns: ManifestColumns, line: Uint8Array, members: readonly FlatMember[]) {
    this.#columns = columns;
    const holes = members
      .flatMap((member) => (member.kind === 'object' ? member.members : [member]))
      .filter(({ kind }) => kind !== 'literal'); // `true`, `false` and `null` are part of the shape.
    const parts: number[] = [];
    const ends: number[] = [];
    let from = 0;
    for (const { start, end } of holes) {
      parts.push(...line.subarray(from, start));
      ends.push(parts.length);
      from = end;
    }
    parts.push(...line.subarray(from));
    ends.push(parts.length);
    this.#fixed = Uint8Array.from(parts);
    this.#partEnds = Uint32Array.from(ends);
    this.#isNumber = Uint8Array.from(holes, ({ kind }) => (kind === 'number' ? 1 : 0));
    this.#starts = new Uint32Array(holes.length);
    this.#ends = new Uint32Array(holes.length);

    const find = (key: string) => holes.findIndex((hole) => hole === members.find((member) => member.key === key));
    const reference = stringHole(holes, find('source-ref'));
    this.#sourceHole = reference === -1 ? stringHole(holes, find('source')) : reference;
    this.#sourceKind = this.#sourceHole === -1 ? lineKind.noSource : reference === -1 ? lineKind.text : lineKind.object;
    this.#folders = new ByteMemo((folder) => columns.folders.idOf(folder) ?? -1);
    this.#plans = members.flatMap((member) =>
      member.kind === 'object' ? planAttribute(columns, member, holes, line) : [],
    );
  }

  /** The shape of a line without its line break; `undefined` where the line is not of the plain kind that has one. */
  static learn(columns: ManifestColumns, line: Uint8Array): LineShape | undefined {
    const members = flatMembers(line);
    const isPlain = members?.every(
      (member) => member.kind !== 'object' || (isPlainMetadata(member) && columns.attribute(attributeOf(member))),
    );
    return members && isPlain === true ? new LineShape(columns, line, members) : undefined;
  }

  get hasSource(): boolean {
    return this.#sourceKind !== lineKind.noSource;
  }

  /**
   * Whether a line of this shape begins at `at`; returns where the next one begins, or -1. There must be a byte below
   * 0x20 at the end of the bytes, so that no value reaches beyond it.
   */
  match(bytes: Uint8Array, at: number): number {
    const fixed = this.#fixed;
    const holes = this.#isNumber.length;
    let place = at;
    let part = 0;
    for (let hole = 0; hole <= holes; hole++) {
      const partEnd = this.#partEnds[hole] ?? 0;
      for (; part < partEnd; part++, place++) {
        if (fixed[part] !== bytes[place]) {
          return -1;
        }
      }
      if (hole < holes) {
        this.#starts[hole] = place;
        place = this.#isNumber[hole] === 1 ? numberEnd(bytes, place) : stringEnd(bytes, place);
        if (place === -1) {
          return -1;
        }
        this.#ends[hole] = place;
      }
    }
    if (bytes[place] === 0x0d) {
      place++;
    }
    return bytes[place] === 0x0a ? place + 1 : -1;
  }

  /** Adds the line that matched last. */
  add(bytes: Uint8Array): void {
    const line = this.#columns.lines;
    this.#addSource(bytes);
    for (const plan of this.#plans) {
      this.#addLabel(bytes, line, plan);
    }
  }

  #addSource(bytes: Uint8Array): void {
    const start = this.#starts[this.#sourceHole] ?? 0;
    const end = this.#ends[this.#sourceHole] ?? 0;
    if (this.#sourceKind === lineKind.object) {
      const nameStart = folderEnd(bytes, start, end);
      const folder = this.#folders.valueOf(bytes, start, nameStart);
      this.#columns.addName(bytes, folder === -1 ? start : nameStart, end);
      this.#columns.addLine(lineKind.object, folder === -1 ? 0 : folder);
    } else if (this.#sourceKind === lineKind.text) {
      this.#columns.addText(bytes, start, end);
    } else {
      this.#columns.addLine(lineKind.noSource, 0);
    }
  }

  #addLabel(bytes: Uint8Array, line: number, plan: AttributePlan): void {
    const { columns } = plan;
    columns.ensure(line + 1);
    columns.states.data[line] =
      plan.annotator === -1 ? plan.state : this.#recall(bytes, plan.annotators, plan.annotator);
    columns.types.data[line] = plan.type === -1 ? columns.typeId('') : this.#recall(bytes, plan.types, plan.type);
    columns.classes.data[line] = plan.className === -1 ? 0 : this.#recall(bytes, plan.classes, plan.className) + 1;
    columns.confidences.data[line] =
      plan.confidence === -1
        ? Number.NaN
        : numberOf(bytes, this.#starts[plan.confidence] ?? 0, this.#ends[plan.confidence] ?? 0);
    columns.creationTimes.data[line] =
      plan.createdAt === -1
        ? Number.NaN
        : (creationTimeOfBytes(bytes, this.#starts[plan.createdAt] ?? 0, this.#ends[plan.createdAt] ?? 0) ??
          this.#recall(bytes, plan.times, plan.createdAt));
    if (plan.job === -1) {
      columns.jobNames.idOf('');
    } else {
      this.#recall(bytes, plan.jobs, plan.job);
    }
  }

  #recall(bytes: Uint8Array, memo: ByteMemo, hole: number): number {
    return memo.valueOf(bytes, this.#starts[hole] ?? 0, this.#ends[hole] ?? 0);
  }
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

function planAttribute(
  columns: ManifestColumns,
  metadata: FlatMember,
  holes: readonly FlatMember[],
  line: Uint8Array,
): AttributePlan[] {
  const attribute = columns.attribute(attributeOf(metadata));
  if (!attribute) {
    return [];
  }
  const member = (key: string) => metadata.members.find((candidate) => candidate.key === key);
  const hole = (key: string, kind: FlatMember['kind']) =>
    holes.findIndex((candidate) => candidate.kind === kind && candidate === member(key));
  const firstHole = (first: string, second: string) =>
    hole(first, 'string') === -1 ? hole(second, 'string') : hole(first, 'string');
  const hasFailed = hole('failure-reason', 'string') !== -1;
  const annotator = member('human-annotated');
  const word = annotator?.kind === 'literal' ? decodeText(line, annotator.start, annotator.end) : '';
  return [
    {
      columns: attribute,
      className: hasFailed ? -1 : hole('class-name', 'string'),
      confidence: hole('confidence', 'number'),
      createdAt: firstHole('creation-date', 'creation_date'),
      type: hole('type', 'string'),
      job: firstHole('job-name', 'job_name'),
      annotator: hasFailed ? -1 : hole('human-annotated', 'string'),
      state: hasFailed ? labelState.failed : labelState[readState(word)],
      classes: new ByteMemo((name) => attribute.classId(name)),
      times: new ByteMemo(parseCreationTime),
      types: new ByteMemo((type) => attribute.typeId(type)),
      jobs: new ByteMemo((job) => attribute.jobNames.idOf(job) ?? 0),
      annotators: new ByteMemo((said) => labelState[readState(said)]),
    },
  ];
}

function stringHole(holes: readonly FlatMember[], index: number): number {
  return holes[index]?.kind === 'string' ? index : -1;
}

/** Where the string ends that begins at `at`; -1 where it has an escape or something that JSON does not allow. */
function stringEnd(bytes: Uint8Array, at: number): number {
  let place = at;
  for (;;) {
    const byte = bytes[place] ?? 0;
    if (byte === 0x22) {
      return place;
    }
    if (byte === 0x5c || byte < 0x20) {
      return -1;
    }
    place++;
  }
}

/** Where the number ends; -1 where it is none, or has an exponent. */
function numberEnd(bytes: Uint8Array, at: number): number {
  let place = bytes[at] === 0x2d ? at + 1 : at;
  const first = bytes[place] ?? 0;
  if (!isDigit(first)) {
    return -1;
  }
  place = first === 0x30 ? place + 1 : digitsEnd(bytes, place);
  if (bytes[place] === 0x2e) {
    const end = digitsEnd(bytes, place + 1);
    if (end === place + 1) {
      return -1;
    }
    place = end;
  }
  return place;
}

function digitsEnd(bytes: Uint8Array, at: number): number {
  let place = at;
  while (isDigit(bytes[place] ?? 0)) {
    place++;
  }
  return place;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

// Up to 15 digits and a power of ten up to 22 are exact in a double, so that one division rounds as JSON.parse does.
function numberOf(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 15) {
    return Number(decodeText(bytes, start, end));
  }
  let value = 0;
  let scale = 1;
  let isFraction = false;
  const isNegative = bytes[start] === 0x2d;
  for (let at = isNegative ? start + 1 : start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x2e) {
      isFraction = true;
    } else {
      value = value * 10 + (byte - 0x30);
      scale = isFraction ? scale * 10 : scale;
    }
  }
  return (isNegative ? -value : value) / scale;
}

import { BytePattern, type TextBytes } from './bytePattern.js';
import { ByteMemo, decodeText } from './dictionary.js';
import { type FlatMember, flatMembers } from './flatJson.js';
import { numberEnd, numberOf, stringEnd } from './jsonBytes.js';
import { metadataSuffix, readState } from './lineReading.js';
import { type AttributeColumns, labelState, lineKind, type ManifestColumns } from './manifestColumns.js';
import { SourceReader } from './sourceReader.js';
import { TimeReader } from './timeReader.js';

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
  /** What the texts in the holes mean, by hole. */
  readonly memos: ReadonlyMap<number, ByteMemo>;
}

export class LineShape {
  readonly #columns: ManifestColumns;
  /** What stands before each hole, and after the last one. */
  readonly #fixed: readonly BytePattern[];
  readonly #kinds: Uint8Array;
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  /** By hole: what its texts mean, if anything. */
  readonly #memos: readonly (ByteMemo | undefined)[];
  /** By hole: whether its text is the one that came last, so that what it means is known. */
  readonly #isLast: Uint8Array;
  readonly #plans: readonly AttributePlan[];
  readonly #sourceHole: number;
  readonly #sourceKind: number;
  readonly #source: SourceReader;
  readonly #times: TimeReader;

  private constructor(columns: ManifestColumns, line: Uint8Array, members: readonly FlatMember[]) {
    this.#columns = columns;
    const holes = members
      .flatMap((member) => (member.kind === 'object' ? member.members : [member]))
      .filter(({ kind }) => kind !== 'literal'); // `true`, `false` and `null` are part of the shape.
    const fixedEnds = [...holes.map(({ start }) => start), line.length];
    this.#fixed = fixedEnds.map((end, index) => new BytePattern(line.slice(holes[index - 1]?.end ?? 0, end)));
    this.#starts = new Uint32Array(holes.length);
    this.#ends = new Uint32Array(holes.length);
    this.#isLast = new Uint8Array(holes.length);

    const find = (key: string) => holes.findIndex((hole) => hole === members.find((member) => member.key === key));
    const reference = stringHole(holes, find('source-ref'));
    this.#sourceHole = reference === -1 ? stringHole(holes, find('source')) : reference;
    this.#sourceKind = this.#sourceHole === -1 ? lineKind.noSource : reference === -1 ? lineKind.text : lineKind.object;
    this.#source = new SourceReader(columns);
    this.#times = new TimeReader();
    this.#plans = members.flatMap((member) =>
      member.kind === 'object' ? planAttribute(columns, member, holes, line) : [],
    );
    this.#memos = holes.map((_, hole) => this.#plans.map(({ memos }) => memos.get(hole)).find(Boolean));
    this.#kinds = Uint8Array.from(holes, ({ kind }, hole) =>
      kind === 'number' ? holeKind.number : this.#memos[hole] ? holeKind.memo : holeKind.string,
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
   * Whether a line of this shape begins at `at`; returns where the next one begins, or -1. After the end of the text
   * there must be a 0 byte, so that no value reaches beyond it, and 8 more.
   */
  match(text: TextBytes, at: number): number {
    const { bytes } = text;
    const holes = this.#kinds.length;
    let place = at;
    for (let hole = 0; hole <= holes; hole++) {
      const fixed = this.#fixed[hole];
      if (fixed?.isAt(text, place) !== true) {
        return -1;
      }
      place += fixed.length;
      if (hole < holes) {
        this.#starts[hole] = place;
        place = this.#holeEnd(text, hole, place);
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

  #holeEnd(text: TextBytes, hole: number, at: number): number {
    const kind = this.#kinds[hole];
    if (kind === holeKind.number) {
      return numberEnd(text.bytes, at);
    }
    if (kind === holeKind.memo) {
      const end = this.#memos[hole]?.lastEnd(text, at) ?? -1;
      this.#isLast[hole] = end === -1 ? 0 : 1;
      return end === -1 ? stringEnd(text.bytes, at) : end;
    }
    // The folder is mostly the last one's: then only the name has to be looked at.
    return stringEnd(text.bytes, hole === this.#sourceHole ? this.#source.lastFolderEnd(text, at) : at);
  }

  /** Adds the line that matched last. */
  add(text: TextBytes): void {
    const line = this.#columns.lines;
    this.#addSource(text);
    for (const plan of this.#plans) {
      this.#addLabel(text, line, plan);
    }
  }

  #addSource(text: TextBytes): void {
    const start = this.#starts[this.#sourceHole] ?? 0;
    const end = this.#ends[this.#sourceHole] ?? 0;
    if (this.#sourceKind === lineKind.object) {
      this.#source.add(text, start, end);
    } else if (this.#sourceKind === lineKind.text) {
      this.#columns.addText(text.bytes, start, end);
    } else {
      this.#columns.addLine(lineKind.noSource, 0);
    }
  }

  #addLabel(text: TextBytes, line: number, plan: AttributePlan): void {
    const { columns, confidence, createdAt } = plan;
    columns.ensure(line + 1);
    columns.states.data[line] = plan.annotator === -1 ? plan.state : this.#recall(text, plan.annotator);
    columns.types.data[line] = plan.type === -1 ? columns.typeId('') : this.#recall(text, plan.type);
    columns.classes.data[line] = plan.className === -1 ? 0 : this.#recall(text, plan.className) + 1;
    columns.confidences.data[line] =
      confidence === -1 ? Number.NaN : numberOf(text.bytes, this.#starts[confidence] ?? 0, this.#ends[confidence] ?? 0);
    columns.creationTimes.data[line] =
      createdAt === -1 ? Number.NaN : this.#times.read(text, this.#starts[createdAt] ?? 0, this.#ends[createdAt] ?? 0);
    if (plan.job === -1) {
      columns.jobNames.idOf('');
    } else {
      this.#recall(text, plan.job);
    }
  }

  /** Only once the whole line has matched: what a line that did not says must not be remembered. */
  #recall(text: TextBytes, hole: number): number {
    const memo = this.#memos[hole];
    return this.#isLast[hole] === 1
      ? (memo?.lastValue ?? 0)
      : (memo?.valueOf(text, this.#starts[hole] ?? 0, this.#ends[hole] ?? 0) ?? 0);
  }
}

const holeKind = { number: 0, string: 1, memo: 2 } as const;

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
  const plan = {
    columns: attribute,
    className: hasFailed ? -1 : hole('class-name', 'string'),
    confidence: hole('confidence', 'number'),
    createdAt: firstHole('creation-date', 'creation_date'),
    type: hole('type', 'string'),
    job: firstHole('job-name', 'job_name'),
    annotator: hasFailed ? -1 : hole('human-annotated', 'string'),
    state: hasFailed ? labelState.failed : labelState[readState(word)],
  };
  const memos = new Map([
    [plan.className, new ByteMemo((name) => attribute.classId(name))],
    [plan.type, new ByteMemo((type) => attribute.typeId(type))],
    [plan.job, new ByteMemo((job) => attribute.jobNames.idOf(job) ?? 0)],
    [plan.annotator, new ByteMemo((said) => labelState[readState(said)])],
  ]);
  return [{ ...plan, memos }];
}

function stringHole(holes: readonly FlatMember[], index: number): number {
  return holes[index]?.kind === 'string' ? index : -1;
}

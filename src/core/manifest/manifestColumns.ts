import { decodeText, Dictionary } from './dictionary.js';
import { growableBytes, growableIntegers, growableNumbers } from './growable.js';
import type { LabelReading, LabelState, LineReading, LineSource } from './lineReading.js';

/** What a line is, as it stands in `ManifestColumns.kinds`. */
export const lineKind = {
  /** Nothing but white space. */
  blank: 0,
  broken: 1,
  /** An object with neither `source-ref` nor `source`. */
  noSource: 2,
  object: 3,
  text: 4,
  /** Goes on with the object of the line before. */
  continuation: 5,
} as const;

/** How a line was labeled, as it stands in `AttributeColumns.states`. */
export const labelState = { unlabeled: 0, human: 1, machine: 2, failed: 3, unstated: 4 } as const satisfies Record<
  LabelState | 'unlabeled',
  number
>;

/**
 * One label attribute of all lines. A line beyond the end of an array has the value 0, and so does a line that has
 * nothing to say: its state is `unlabeled`.
 */
export class AttributeColumns {
  readonly name: string;
  readonly states = growableBytes();
  /** 0: none; else the class's number plus one, or, from `firstList` on, a place in `lists`. */
  readonly classes = growableIntegers();
  readonly confidences = growableNumbers();
  readonly creationTimes = growableNumbers();
  readonly types = growableBytes();

  /** For lines with any number of classes but one: how many, then the number of each. */
  readonly lists = growableIntegers();
  /** The confidence that goes with each place of `lists`. */
  readonly listConfidences = growableNumbers();
  #listLength = 0;

  readonly classNames = new Dictionary(10_000);
  readonly typeNames = new Dictionary(255);
  readonly jobNames = new Dictionary(1_000);

  constructor(name: string) {
    this.name = name;
  }

  ensure(lines: number): void {
    if (lines <= this.types.data.length) {
      return; // The one that is made longer last.
    }
    this.states.ensure(lines);
    this.classes.ensure(lines);
    this.confidences.ensure(lines);
    this.creationTimes.ensure(lines);
    this.types.ensure(lines);
  }

  reserve(lines: number): void {
    for (const column of [this.states, this.classes, this.confidences, this.creationTimes, this.types]) {
      column.reserve(lines);
    }
  }

  put(line: number, label: LabelReading): void {
    this.ensure(line + 1);
    this.states.data[line] = labelState[label.state];
    this.confidences.data[line] = label.confidence;
    this.creationTimes.data[line] = label.createdAt;
    this.types.data[line] = this.typeId(label.type);
    this.jobNames.idOf(label.jobName);
    const [only] = label.classes;
    this.classes.data[line] =
      label.classes.length === 1 && only !== undefined ? this.classId(only.name) + 1 : this.#putList(label);
  }

  classId(name: string): number {
    return this.classNames.idOf(name) ?? otherClass;
  }

  typeId(type: string): number {
    return this.typeNames.idOf(type) ?? 0;
  }

  #putList({ classes }: LabelReading): number {
    if (classes.length === 0) {
      return 0;
    }
    const start = this.#listLength;
    this.#listLength += classes.length + 1;
    this.lists.ensure(this.#listLength);
    this.listConfidences.ensure(this.#listLength);
    this.lists.data[start] = classes.length;
    classes.forEach(({ name, confidence }, index) => {
      this.lists.data[start + 1 + index] = this.classId(name);
      this.listConfidences.data[start + 1 + index] = confidence;
    });
    return firstList + start;
  }
}

export const firstList = 0x8000_0000;

/** What classes count as that no longer fit the dictionary: nobody looks through more than it holds. */
export const otherClass = 0x7fff_ffff;

/** Lines that were read together, column by column. */
export interface LineBatch {
  readonly kinds: Uint8Array;
  readonly folderIds: Uint32Array;
  /** Where in `names` each name ends; it begins where the one before ends. */
  readonly nameEnds: Uint32Array;
  readonly names: Uint8Array;
  readonly hasCutTexts: boolean;
}

/** All lines, column by column: what counting, filtering and sorting need, without the file. */
export class ManifestColumns {
  readonly kinds = growableBytes();
  readonly #attributes = new Map<string, AttributeColumns>();

  /** A source is its folder, by number, and its name, in `names` from `nameStarts` on to the next line's start. */
  readonly folders = new Dictionary(100_000);
  readonly folderIds = growableIntegers();
  readonly nameStarts = growableIntegers();
  readonly names = growableBytes();
  #lines = 0;
  #nameBytes = 0;
  #hasMoreAttributes = false;
  #hasCutTexts = false;

  constructor() {
    this.folders.idOf('');
  }

  get lines(): number {
    return this.#lines;
  }

  get attributes(): readonly AttributeColumns[] {
    return [...this.#attributes.values()];
  }

  /** Whether there are more label attributes than anybody could look at: the rest is only in the lines. */
  get hasMoreAttributes(): boolean {
    return this.#hasMoreAttributes;
  }

  /** Whether some text is longer than what is kept of it for searching. */
  get hasCutTexts(): boolean {
    return this.#hasCutTexts;
  }

  attribute(name: string): AttributeColumns | undefined {
    const known = this.#attributes.get(name);
    if (known || this.#attributes.size >= mostAttributes) {
      this.#hasMoreAttributes ||= !known;
      return known;
    }
    const made = new AttributeColumns(name);
    made.reserve(this.kinds.data.length);
    this.#attributes.set(name, made);
    return made;
  }

  /** Makes room for as many lines as are expected. */
  reserve(lines: number, nameBytes: number): void {
    this.kinds.reserve(lines);
    this.folderIds.reserve(lines);
    this.nameStarts.reserve(lines + 1);
    this.names.reserve(nameBytes);
    for (const attribute of this.#attributes.values()) {
      attribute.reserve(lines);
    }
  }

  get nameBytes(): number {
    return this.#nameBytes;
  }

  /** The next line, which holds no object. */
  addOther(kind: typeof lineKind.blank | typeof lineKind.broken | typeof lineKind.continuation): void {
    this.#addLine(kind, 0);
  }

  /** The next line. */
  add({ source, labels }: LineReading): void {
    const line = this.#lines;
    this.#addSource(source);
    for (const label of labels) {
      this.attribute(label.attribute)?.put(line, label);
    }
  }

  #addSource(source: LineSource | undefined): void {
    switch (source?.kind) {
      case undefined:
        this.#addLine(lineKind.noSource, 0);
        return;
      case 'text': {
        const bytes = encoder.encode(source.value);
        this.#hasCutTexts ||= bytes.length > longestKeptText;
        this.#addName(bytes.subarray(0, longestKeptText));
        this.#addLine(lineKind.text, 0);
        return;
      }
      case 'object': {
        const bytes = encoder.encode(source.value);
        const end = bytes.lastIndexOf(slash) + 1; // The name begins after it.
        const folder = this.folders.idOf(decodeText(bytes, 0, end));
        this.#addName(bytes.subarray(folder === undefined ? 0 : end));
        this.#addLine(lineKind.object, folder ?? 0);
      }
    }
  }

  /** The next lines, as the kernel has read them. */
  addLines({ kinds, folderIds, nameEnds, names, hasCutTexts }: LineBatch): void {
    const first = this.#lines;
    const lines = first + kinds.length;
    this.#ensure(lines);
    this.kinds.data.set(kinds, first);
    this.folderIds.data.set(folderIds, first);
    const nameStarts = this.nameStarts.data;
    for (let line = 0; line < kinds.length; line++) {
      nameStarts[first + line + 1] = this.#nameBytes + (nameEnds[line] ?? 0);
    }
    this.#lines = lines;
    this.#addName(names.subarray(0, nameEnds.at(-1)));
    this.#hasCutTexts ||= hasCutTexts;
  }

  /** Keeps the name of the line that is added next. */
  #addName(name: Uint8Array): void {
    this.names.ensure(this.#nameBytes + name.length);
    this.names.data.set(name, this.#nameBytes);
    this.#nameBytes += name.length;
  }

  #addLine(kind: number, folder: number): void {
    const line = this.#lines;
    this.#lines = line + 1;
    this.#ensure(this.#lines);
    this.kinds.data[line] = kind;
    this.folderIds.data[line] = folder;
    this.nameStarts.data[line + 1] = this.#nameBytes;
  }

  #ensure(lines: number): void {
    if (lines + 1 > this.nameStarts.data.length || lines > this.kinds.data.length) {
      this.kinds.ensure(lines);
      this.folderIds.ensure(lines);
      this.nameStarts.ensure(lines + 1);
    }
  }

  /** The line's source, or the beginning of its text. */
  sourceOf(line: number): string {
    const folder = this.folders.textOf(this.folderIds.data[line] ?? 0);
    return folder + decodeText(this.names.data, this.nameStarts.data[line], this.nameStarts.data[line + 1]);
  }
}

export const mostAttributes = 64;
const longestKeptText = 256;
const encoder = new TextEncoder();
const slash = 0x2f;

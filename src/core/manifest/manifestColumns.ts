import { decodeText, Dictionary } from './dictionary.js';
import { AttributeColumns } from './attributeColumns.js';
import type { ColumnsMark, ColumnsPart, LineBatch, LineFacts } from './columnsData.js';
import { growableBytes, growableIntegers, renumber, shift } from './growable.js';
import type { LineReading, LineSource } from './lineReading.js';

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

/** All lines, column by column: what counting, filtering and sorting need, without the file. */
export class ManifestColumns {
  readonly kinds = growableBytes();
  readonly #attributes = new Map<string, AttributeColumns>();

  /** A source is its folder, by number, and its name, in `names` from `nameStarts` on to the next line's start. */
  readonly folders = new Dictionary(100_000);
  readonly folderIds = growableIntegers();
  readonly nameStarts = growableIntegers();
  readonly names = growableBytes();
  readonly #mostNameBytes: number;
  #lines = 0;
  #nameBytes = 0;
  #hasMoreAttributes = false;
  #objects = 0;
  #hasTexts = false;
  #hasCutTexts = false;

  /** `mostNameBytes`: no more is kept of names together; 32 bits say where each begins. */
  constructor(mostNameBytes = 2 ** 32 - 2 ** 24) {
    this.#mostNameBytes = mostNameBytes;
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

  /** Lines that hold an object: what the list shows. */
  get objects(): number {
    return this.#objects;
  }

  get hasTexts(): boolean {
    return this.#hasTexts;
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
    this.#objects++;
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
        this.#hasTexts = true;
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
  addLines({ kinds, folderIds, nameEnds, names, objects, hasTexts, hasCutTexts }: LineBatch): void {
    const first = this.#lines;
    const lines = first + kinds.length;
    this.#ensure(lines);
    this.kinds.data.set(kinds, first);
    this.folderIds.data.set(folderIds, first);
    const added = names.subarray(0, (nameEnds.at(-1) ?? this.#nameBytes) - this.#nameBytes);
    if (this.#hasRoomForName(added)) {
      this.nameStarts.data.set(nameEnds, first + 1);
    } else {
      this.nameStarts.data.fill(this.#nameBytes, first + 1, lines + 1);
    }
    this.#lines = lines;
    this.#addName(added);
    this.#addFacts({ objects, hasTexts, hasCutTexts });
  }

  #addFacts({ objects, hasTexts, hasCutTexts }: LineFacts): void {
    this.#objects += objects;
    this.#hasTexts ||= hasTexts;
    this.#hasCutTexts ||= hasCutTexts;
  }

  /** Counts what labels say, of lines that came together: a loop over few lines is soon compiled, one over all is not. */
  count(): void {
    this.attributes.forEach((attribute) => attribute.tallied(this.#lines));
  }

  /** All lines as data. */
  part(): ColumnsPart {
    return {
      lines: this.#lines,
      nameBytes: this.#nameBytes,
      kinds: this.kinds.data.subarray(0, this.#lines),
      folderIds: this.folderIds.data.subarray(0, this.#lines),
      nameEnds: this.nameStarts.data.subarray(1, this.#lines + 1),
      names: this.names.data.subarray(0, this.#nameBytes),
      objects: this.#objects,
      hasTexts: this.#hasTexts,
      hasCutTexts: this.#hasCutTexts,
      hasMoreAttributes: this.#hasMoreAttributes,
      folders: this.folders.texts,
      attributes: this.attributes.map((attribute) => attribute.part(this.#lines)),
    };
  }

  /**
   * Adds the lines of `part` after the ones that are here; `false`, and nothing added, where not all of it has room. What
   * was added is taken out of `part`, column by column: there is hardly ever more than one copy of any.
   */
  append(part: ColumnsPart): boolean {
    const added = part.attributes.filter(({ name }) => !this.#attributes.has(name)).length;
    const hasRoom =
      !part.hasMoreAttributes &&
      this.#nameBytes + part.nameBytes <= this.#mostNameBytes &&
      this.#attributes.size + added <= mostAttributes &&
      this.folders.hasRoomFor(part.folders) &&
      part.attributes.every((attribute) => this.#attributes.get(attribute.name)?.hasRoomFor(attribute) ?? true);
    if (!hasRoom) {
      return false;
    }
    const lines = this.#lines;
    renumber(part.folderIds, this.folders.merge(part.folders));
    shift(part.nameEnds, this.#nameBytes);
    this.kinds.take(part.kinds, lines);
    this.folderIds.take(part.folderIds, lines);
    this.names.take(part.names, this.#nameBytes);
    this.nameStarts.take(part.nameEnds, lines + 1);
    this.#lines += part.lines;
    this.#nameBytes += part.nameBytes;
    this.#addFacts(part);
    for (const attribute of part.attributes) {
      this.attribute(attribute.name)?.append(attribute, lines);
    }
    return true;
  }

  mark(): ColumnsMark {
    return {
      lines: this.#lines,
      nameBytes: this.#nameBytes,
      folders: this.folders.size,
      attributes: this.attributes.map((attribute) => attribute.mark()),
      hasMoreAttributes: this.#hasMoreAttributes,
      objects: this.#objects,
      hasTexts: this.#hasTexts,
      hasCutTexts: this.#hasCutTexts,
    };
  }

  /** Forgets all that was added since `mark`. */
  rewind(mark: ColumnsMark): void {
    this.attributes.forEach((attribute, place) => {
      const of = mark.attributes[place];
      if (of) {
        attribute.rewind(of, mark.lines, this.#lines);
      } else {
        this.#attributes.delete(attribute.name);
      }
    });
    this.folders.truncate(mark.folders);
    this.#lines = mark.lines;
    this.#nameBytes = mark.nameBytes;
    this.#hasMoreAttributes = mark.hasMoreAttributes;
    this.#objects = mark.objects;
    this.#hasTexts = mark.hasTexts;
    this.#hasCutTexts = mark.hasCutTexts;
  }

  /** Keeps the name of the line that is added next. */
  #addName(name: Uint8Array): void {
    if (!this.#hasRoomForName(name)) {
      this.#hasCutTexts = true;
      return;
    }
    this.names.ensure(this.#nameBytes + name.length);
    this.names.data.set(name, this.#nameBytes);
    this.#nameBytes += name.length;
  }

  #hasRoomForName({ length }: Uint8Array): boolean {
    return this.#nameBytes + length <= this.#mostNameBytes;
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
/** Of a text, so many bytes are kept for searching. */
export const longestKeptText = 256;
const encoder = new TextEncoder();
const slash = 0x2f;

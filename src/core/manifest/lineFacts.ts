import type { AttributeColumns } from './attributeColumns.js';
import { labelState } from './labelCodes.js';
import type { LineTest, RowQuery } from './arrangement.js';
import { failureGroup, type FailureGroups, groupFailures } from './failureGroups.js';
import { type LabelReading, readLine } from './lineReading.js';
import type { ManifestDocument } from './manifestDocument.js';
import { findRepeatedSources, type FoundRepeats } from './repeatedSources.js';
import { sourceTest } from './sourceLists.js';

/** So many lines are read at once. */
const linesAtOnce = 2_000;

interface Remembered<T> {
  /** Of the manifest: once it is another one, it is found out anew. */
  readonly version: string;
  readonly value: T;
}

/**
 * What the scan keeps in no column, since hardly anybody asks: why labels failed and which job made them stand in the
 * lines, which are read when somebody does ask, and remembered.
 */
export class LineFacts {
  readonly #document: ManifestDocument;
  readonly #texts = new Map<string, Remembered<ReadonlyMap<number, string>>>();
  #repeats: Remembered<FoundRepeats> | undefined;

  constructor(document: ManifestDocument) {
    this.#document = document;
  }

  /** What a line must pass besides what the columns tell. */
  async tests({ attribute, filter }: RowQuery, signal: AbortSignal): Promise<readonly LineTest[]> {
    const { failures, jobs, sources, isRepeated = false } = filter;
    const tests: LineTest[] = [];
    if (failures) {
      tests.push(textTest(await this.#reasons(attribute ?? '', signal), failures));
    }
    if (jobs) {
      tests.push(textTest(await this.#jobs(attribute ?? '', signal), jobs));
    }
    if (sources) {
      tests.push(sourceTest(this.#document.columns, sources));
    }
    if (isRepeated) {
      tests.push(this.repeatedSources().isRepeated);
    }
    return tests;
  }

  repeatedSources(): FoundRepeats {
    const version = this.#version;
    if (this.#repeats?.version !== version) {
      this.#repeats = { version, value: findRepeatedSources(this.#document.columns) };
    }
    return this.#repeats.value;
  }

  get #version(): string {
    return `${this.#document.revision}:${this.#document.columns.lines}`;
  }

  /** Why labels failed in `lines`, or in all. */
  async failures(attribute: string, lines: Uint32Array | undefined, signal: AbortSignal): Promise<FailureGroups> {
    const reasons = await this.#reasons(attribute, signal);
    return groupFailures(lines ? among(reasons, lines) : reasons);
  }

  #reasons(attribute: string, signal: AbortSignal): Promise<ReadonlyMap<number, string>> {
    return this.#textsOf(
      'reason',
      attribute,
      { isRead: (state) => state === labelState.failed, textOf: (label) => failureGroup(label.failureReason ?? '') },
      signal,
    );
  }

  #jobs(attribute: string, signal: AbortSignal): Promise<ReadonlyMap<number, string>> {
    const reading: TextReading = {
      isRead: (state) => state !== labelState.unlabeled,
      textOf: (label) => label.jobName,
    };
    return this.#textsOf('job', attribute, reading, signal);
  }

  async #textsOf(
    what: string,
    attribute: string,
    reading: TextReading,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<number, string>> {
    const version = this.#version;
    const { attributes } = this.#document.columns;
    const key = `${what} ${attribute}`;
    const known = this.#texts.get(key);
    if (known?.version === version) {
      return known.value;
    }
    const columns = attributes.find(({ name }) => name === attribute);
    const value = columns ? await this.#read(columns, reading, signal) : new Map<number, string>();
    this.#texts.set(key, { version, value });
    return value;
  }

  async #read(attribute: AttributeColumns, { isRead, textOf }: TextReading, signal: AbortSignal) {
    const texts = new Map<number, string>();
    const { lines } = this.#document.columns;
    const wanted = new Uint32Array(linesAtOnce);
    let count = 0;
    const readWanted = async () => {
      signal.throwIfAborted();
      const numbers = wanted.slice(0, count);
      count = 0;
      const objects = await this.#document.readObjects(numbers, signal);
      numbers.forEach((line, place) => {
        const label =
          objects[place] && readLine(objects[place]).labels.find(({ attribute: own }) => own === attribute.name);
        if (label) {
          texts.set(line, textOf(label));
        }
      });
    };
    for (let line = 0; line < lines; line++) {
      if (isRead(attribute.states.data[line] ?? labelState.unlabeled)) {
        wanted[count++] = line;
      }
      if (count === linesAtOnce) {
        await readWanted();
      }
    }
    await readWanted();
    return texts;
  }
}

interface TextReading {
  /** Whether the line of a label in this state is read. */
  readonly isRead: (state: number) => boolean;
  readonly textOf: (label: LabelReading) => string;
}

/** The texts that `lines` have, in the order of the file. */
function among(texts: ReadonlyMap<number, string>, lines: Uint32Array): ReadonlyMap<number, string> {
  const found = lines.filter((line) => texts.has(line)).toSorted();
  return new Map(Array.from(found, (line) => [line, texts.get(line) ?? '']));
}

/** Whether a line has one of these texts, of which one may be empty: a line without any has none. */
function textTest(texts: ReadonlyMap<number, string>, wanted: readonly string[]): LineTest {
  const found = new Set(wanted);
  return (line) => {
    const text = texts.get(line);
    return text !== undefined && found.has(text);
  };
}

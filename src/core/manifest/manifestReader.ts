import type { LineEstimates } from '../consolidation/wholeJob/jobAnalysis.js';
import { arrange, type LineTest, objectLines, type RowQuery } from './arrangement.js';
import { type Breakdown, type BreakdownRequest, breakDown } from './breakdown.js';
import type { FailureGroups } from './failureGroups.js';
import { KeptSourceOrder } from './keptSourceOrder.js';
import { LineFacts } from './lineFacts.js';
import type { LineProblem } from './lineProblems.js';
import type { LineSearch, SearchProgress } from './lineSearch.js';
import type { ManifestDocument } from './manifestDocument.js';
import { type LinePage, type RowPage, type RowRange, type RowSearch, rowOf, withEstimate } from './manifestRows.js';
import { type ManifestSummary, summarize } from './manifestSummary.js';
import type { Steps } from './rankOrder.js';
import type { RepeatedSources } from './repeatedSources.js';
import { type ReadSource, sourcesIn } from './sourceLists.js';
import { thumbnailDrawing } from './thumbnailDrawing.js';
import { WholeLineSearches } from './wholeLineSearches.js';

/** Answers what the editor asks of a manifest, also while it is being scanned. */
export class ManifestReader {
  readonly #document: ManifestDocument;
  /** The last arrangement: pages of it are asked for again and again. */
  #arranged: { readonly key: string; readonly lines: Uint32Array } | undefined;
  #sourceOrder: { readonly version: string; readonly order: KeptSourceOrder } | undefined;
  #estimates: LineEstimates | undefined;
  readonly #facts: LineFacts;
  readonly #searches: WholeLineSearches;

  constructor(document: ManifestDocument) {
    this.#document = document;
    this.#facts = new LineFacts(document);
    this.#searches = new WholeLineSearches(document);
  }

  /**
   * Finds out ahead what takes longer than anybody wants to wait for: the order of the names. Step by step, for whoever
   * has something more urgent in between. It ends where the manifest has become another one.
   */
  *prepare(): Steps<void> {
    const version = this.#version;
    const { columns } = this.#document;
    const steps = this.#sourceOrderOf(version).prepare(objectLines(columns), columns);
    while (version === this.#version && steps.next().done !== true) {
      yield;
    }
  }

  summary(): ManifestSummary {
    return summarize(this.#document.columns);
  }

  problems(first: number, count: number): readonly LineProblem[] {
    return this.#document.problems.kept.slice(first, first + count);
  }

  async breakdown(request: BreakdownRequest, signal: AbortSignal): Promise<Breakdown> {
    return breakDown(this.#document.columns, request.attribute, await this.#linesOf(request, signal));
  }

  repeatedSources(): RepeatedSources {
    return this.#facts.repeatedSources().told;
  }

  async failures(request: BreakdownRequest, signal: AbortSignal): Promise<FailureGroups> {
    return this.#facts.failures(request.attribute ?? '', await this.#linesOf(request, signal), signal);
  }

  /** The sources of `count` lines, where they are addresses. */
  sources(first: number, count: number): readonly ReadSource[] {
    return sourcesIn(this.#document.columns, first, count);
  }

  /** From now on rows say what is estimated of them, and can be sorted by it. */
  estimate(estimates: LineEstimates): void {
    this.#estimates = estimates;
    this.#arranged = undefined;
  }

  /**
   * As a later version of the manifest begins to be scanned, before the bytes of the one before are closed: there are no
   * estimates of its lines yet, and whoever waits for a search goes on with one of what there is then.
   */
  becomesAnother(): void {
    this.#estimates = undefined;
    this.#searches.close();
  }

  /** Of a query that searches whole lines, the rows that were found so far: `search` finds more. */
  async rows(query: RowQuery, { first, count, isDrawn = false }: RowRange, signal: AbortSignal): Promise<RowPage> {
    if (this.#searches.of(query.filter)?.progress.searchedBytes === 0) {
      await this.#advance(query, signal); // An answer without rows would be of no use.
    }
    const arranged = await this.#arrangeSoFar(query, signal);
    const wanted = arranged.subarray(first, first + count);
    const objects = await this.#document.readObjects(wanted, signal);
    const estimates = this.#estimatesOf(query);
    const isSearching = this.#searches.of(query.filter)?.progress.isComplete === false;
    return {
      total: arranged.length,
      ...(isSearching && { isSearching }),
      rows: Array.from(wanted, (line, place) => {
        const object = objects[place];
        const row = rowOf(line, object, query.attribute);
        const drawing = isDrawn && object ? thumbnailDrawing(object) : undefined;
        return { ...(estimates ? withEstimate(row, estimates) : row), ...(drawing && { drawing }) };
      }),
    };
  }

  /** Goes on with the search in whole lines that the query asks for, until there is news of it. */
  async search(query: RowQuery, signal: AbortSignal): Promise<RowSearch> {
    await this.#advance(query, signal);
    const { length: total } = await this.#arrangeSoFar(query, signal);
    const done: SearchProgress = { searchedBytes: 0, totalBytes: 0, isComplete: true };
    return { total, ...(this.#searches.of(query.filter)?.progress ?? done) };
  }

  /** The same lines as they stand in the file, for whoever does something with them. */
  async lines(query: RowQuery, first: number, count: number, signal: AbortSignal): Promise<LinePage> {
    const arranged = await this.#arrange(query, signal);
    const wanted = arranged.subarray(first, first + count);
    const texts = await this.#document.readTexts(wanted, signal);
    return {
      total: arranged.length,
      lines: Array.from(wanted, (line, place) => ({ line, text: texts[place] ?? '' })),
    };
  }

  async placeOf(query: RowQuery, line: number, signal: AbortSignal): Promise<number | undefined> {
    const place = (await this.#arrange(query, signal)).indexOf(line);
    return place === -1 ? undefined : place;
  }

  text(line: number, signal: AbortSignal): Promise<string> {
    return this.#document.readText(line, signal);
  }

  /** `undefined`: all. */
  async #linesOf({ query, of }: BreakdownRequest, signal: AbortSignal): Promise<Uint32Array | undefined> {
    return of === 'filtered' ? this.#arrange(query, signal) : undefined;
  }

  get #version(): string {
    return `${this.#document.revision}:${this.#document.columns.lines}`;
  }

  /** Until there is news of the search; of the one that begins anew, where it was cut short. */
  async #advance({ filter }: RowQuery, signal: AbortSignal): Promise<void> {
    let search: LineSearch | undefined;
    do {
      search = this.#searches.of(filter);
      await search?.advance(signal);
    } while (search?.isCutShort === true);
  }

  /** All lines of the query: those that are still to be searched for, are. */
  async #arrange(query: RowQuery, signal: AbortSignal): Promise<Uint32Array> {
    for (;;) {
      const { revision } = this.#document;
      const search = this.#searches.of(query.filter);
      await search?.finish(signal);
      const arranged = await this.#arrangeSoFar(query, signal, search && { search, revision });
      if (revision === this.#document.revision && search?.isCutShort !== true) {
        return arranged; // Else the manifest has become another one meanwhile.
      }
    }
  }

  /** `complete`: what was found already, whatever else is searched for meanwhile. */
  async #arrangeSoFar(query: RowQuery, signal: AbortSignal, complete?: CompleteSearch): Promise<Uint32Array> {
    let version: string;
    let tests: readonly LineTest[];
    do {
      version = this.#version;
      tests = await this.#facts.tests(query, signal);
    } while (version !== this.#version); // While lines were read for the tests, the manifest may have grown.
    const { columns, revision } = this.#document;
    const search = complete?.revision === revision ? complete.search : this.#searches.of(query.filter);
    const found = search?.lines;
    const key = `${version} ${found?.length} ${JSON.stringify(query)}`;
    if (this.#arranged?.key !== key) {
      const known = { estimates: this.#estimatesOf(query), tests, sourceOrder: this.#sourceOrderOf(version), found };
      this.#arranged = { key, lines: arrange(columns, query, known) };
    }
    return this.#arranged.lines;
  }

  #sourceOrderOf(version: string): KeptSourceOrder {
    if (this.#sourceOrder?.version !== version) {
      this.#sourceOrder = { version, order: new KeptSourceOrder() };
    }
    return this.#sourceOrder.order;
  }

  #estimatesOf({ attribute }: RowQuery): LineEstimates | undefined {
    return this.#estimates?.attribute === attribute ? this.#estimates : undefined;
  }
}

interface CompleteSearch {
  readonly search: LineSearch;
  /** Of the document when it began. */
  readonly revision: number;
}

import type { ReadSource } from './sourceLists.js';

/** Where sources are looked for. What is not there is `false`; what cannot be known rejects. */
export interface SourceFinder {
  /** The folder in which a source would be, with its name there; the reason, where it is not looked for. */
  placeOf(source: string): SourcePlace | { readonly reason: string };
  /** The names in a folder, page by page. */
  namesIn(folder: string, signal: AbortSignal): AsyncIterable<readonly string[]>;
  has(place: SourcePlace, signal: AbortSignal): Promise<boolean>;
  /** Why it could not be known, for the user. */
  reasonOf(error: unknown): string;
}

export interface SourcePlace {
  readonly folder: string;
  readonly name: string;
}

export interface SourceCheckProgress {
  readonly checked: number;
  /** Grows as long as the manifest is being read. */
  readonly sources: number;
}

/** What came out of it: plain data, small whatever the manifest's size. */
export interface SourceCheck {
  /** Different sources. */
  readonly sources: number;
  readonly missing: SourceList;
  /** Those of which nobody knows whether they are there. */
  readonly unknown: SourceList & { readonly reasons: readonly { readonly reason: string; readonly count: number }[] };
}

interface SourceList {
  readonly count: number;
  /** The first ones. */
  readonly shown: readonly ReadSource[];
}

const mostShown = 500;
const mostReasons = 20;
/** Fewer are asked for one by one. */
const worthListing = 16;
/** A folder may have far more in it than a manifest names: so many pages, and one for each few names, are listed. */
const spareNames = 100;
const sparePages = 10;
const foldersAtOnce = 8;
const sourcesAtOnce = 16;

/** Looks for each source once. Nothing is downloaded: folders are listed where many of their objects are wanted. */
export async function checkSources(
  sources: AsyncIterable<readonly ReadSource[]>,
  finder: SourceFinder,
  onProgress: (progress: SourceCheckProgress) => void,
  signal: AbortSignal,
): Promise<SourceCheck> {
  return new Check(finder, onProgress, signal).run(sources);
}

class Check {
  readonly #finder: SourceFinder;
  readonly #onProgress: (progress: SourceCheckProgress) => void;
  readonly #signal: AbortSignal;
  readonly #folders = new Map<string, Map<string, ReadSource>>();
  readonly #notLookedFor = new Set<string>();
  readonly #missing: ReadSource[] = [];
  readonly #unknown: ReadSource[] = [];
  readonly #reasons = new Map<string, number>();
  #unknowns = 0;
  #missed = 0;
  #sources = 0;
  #checked = 0;

  constructor(finder: SourceFinder, onProgress: (progress: SourceCheckProgress) => void, signal: AbortSignal) {
    this.#finder = finder;
    this.#onProgress = onProgress;
    this.#signal = signal;
  }

  async run(sources: AsyncIterable<readonly ReadSource[]>): Promise<SourceCheck> {
    for await (const page of sources) {
      this.#signal.throwIfAborted();
      page.forEach((read) => this.#take(read));
      this.#tell(0);
    }
    const alone: [SourcePlace, ReadSource][] = [];
    const large = [...this.#folders].filter(([, names]) => names.size >= worthListing);
    await inParallel(large, foldersAtOnce, async ([folder, names]) => this.#list(folder, names));
    for (const [folder, names] of this.#folders) {
      for (const [name, read] of names) {
        alone.push([{ folder, name }, read]);
      }
    }
    await inParallel(alone, sourcesAtOnce, async ([place, read]) => this.#ask(place, read));
    return {
      sources: this.#sources,
      missing: { count: this.#missed, shown: sorted(this.#missing) },
      unknown: {
        count: this.#unknowns,
        shown: sorted(this.#unknown),
        reasons: Array.from(this.#reasons, ([reason, count]) => ({ reason, count })).toSorted(
          (a, b) => b.count - a.count,
        ),
      },
    };
  }

  #take(read: ReadSource): void {
    const place = this.#finder.placeOf(read.source);
    if ('reason' in place) {
      if (!this.#notLookedFor.has(read.source)) {
        this.#notLookedFor.add(read.source);
        this.#sources++;
        this.#leaveOpen([read], place.reason);
      }
      return;
    }
    const names = this.#folders.get(place.folder) ?? new Map<string, ReadSource>();
    this.#folders.set(place.folder, names);
    if (!names.has(place.name)) {
      this.#sources++;
      names.set(place.name, read);
    }
  }

  /** Takes out of `names` what was found, or is known to be missing. */
  async #list(folder: string, names: Map<string, ReadSource>): Promise<void> {
    let pages = sparePages + names.size / spareNames;
    try {
      for await (const page of this.#finder.namesIn(folder, this.#signal)) {
        this.#signal.throwIfAborted();
        this.#tell(page.filter((name) => names.delete(name)).length);
        if (names.size === 0 || --pages < 0) {
          return; // What is left is asked for one by one.
        }
      }
    } catch (error) {
      this.#signal.throwIfAborted();
      await this.#giveUpUnlessFound(folder, names, error);
      return;
    }
    names.forEach((read) => this.#miss(read));
    this.#tell(names.size);
    names.clear();
  }

  /** Where a folder cannot be listed its objects may still be asked for; where the first cannot either, none can. */
  async #giveUpUnlessFound(folder: string, names: Map<string, ReadSource>, listError: unknown): Promise<void> {
    const [first] = names;
    if (!first) {
      return;
    }
    const [name, read] = first;
    try {
      const isThere = await this.#finder.has({ folder, name }, this.#signal);
      names.delete(name);
      if (!isThere) {
        this.#miss(read);
      }
      this.#tell(1);
    } catch {
      this.#signal.throwIfAborted();
      this.#leaveOpen([...names.values()], this.#finder.reasonOf(listError));
      names.clear();
    }
  }

  async #ask(place: SourcePlace, read: ReadSource): Promise<void> {
    this.#signal.throwIfAborted();
    try {
      if (!(await this.#finder.has(place, this.#signal))) {
        this.#miss(read);
      }
      this.#tell(1);
    } catch (error) {
      this.#signal.throwIfAborted();
      this.#leaveOpen([read], this.#finder.reasonOf(error));
    }
  }

  #miss(read: ReadSource): void {
    this.#missed++;
    if (this.#missing.length < mostShown) {
      this.#missing.push(read);
    }
  }

  #leaveOpen(reads: readonly ReadSource[], reason: string): void {
    this.#unknowns += reads.length;
    this.#unknown.push(...reads.slice(0, Math.max(0, mostShown - this.#unknown.length)));
    const key = this.#reasons.has(reason) || this.#reasons.size < mostReasons ? reason : '…';
    this.#reasons.set(key, (this.#reasons.get(key) ?? 0) + reads.length);
    this.#tell(reads.length);
  }

  #tell(checked: number): void {
    this.#checked += checked;
    this.#onProgress({ checked: this.#checked, sources: this.#sources });
  }
}

async function inParallel<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values(); // Shared: whoever is done takes the next one.
  const workSome = async () => {
    for (const item of waiting) {
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, workSome));
}

function sorted(reads: readonly ReadSource[]): readonly ReadSource[] {
  return reads.toSorted((a, b) => a.line - b.line);
}

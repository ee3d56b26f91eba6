import type { RowFilter } from './arrangement.js';
import type { LineSearch } from './lineSearch.js';
import type { ManifestDocument } from './manifestDocument.js';

/** One for each editor that may show the manifest; of more, each would begin anew again and again. */
const mostSearches = 4;

interface Kept {
  readonly text: string;
  /** Of the document. */
  readonly revision: number;
  readonly search: LineSearch;
}

/**
 * The searches of whole lines that were asked for last: they go on where they were, or have all that there is.
 * Those that somebody waits for stay besides: two who cut short each other's would never come to an end.
 */
export class WholeLineSearches {
  readonly #document: ManifestDocument;
  /** The one that was asked for last comes last. */
  #kept: readonly Kept[] = [];

  constructor(document: ManifestDocument) {
    this.#document = document;
  }

  /** The search that the filter asks for; `undefined` where it asks for none. */
  of(filter: RowFilter): LineSearch | undefined {
    const text = filter.inWholeLines === true ? filter.text.trim() : '';
    if (text === '') {
      return undefined;
    }
    const { revision } = this.#document;
    const known = this.#kept.find((kept) => kept.text === text && kept.revision === revision);
    const wanted = known ?? { text, revision, search: this.#document.search(text) };
    const all = [...this.#kept.filter((kept) => kept !== known), wanted];
    const stays = (kept: Kept, place: number) =>
      kept.revision === revision && (place >= all.length - mostSearches || kept.search.isAwaited);
    all.filter((kept, place) => !stays(kept, place)).forEach(({ search }) => search.close());
    this.#kept = all.filter(stays);
    return wanted.search;
  }

  /** None of them reads on. */
  close(): void {
    this.#kept.forEach(({ search }) => search.close());
    this.#kept = [];
  }
}

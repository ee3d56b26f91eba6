import type { SearchProgress } from '../../src/core/manifest/lineSearch.js';

/** What a list tells when rows came, or did not. */
export interface Counted {
  /** `undefined` where it is not known. */
  readonly total: number | undefined;
  readonly error: string | undefined;
  /** Whether any object that was read has something drawn. */
  readonly hasDrawings: boolean;
  /** How far the search is that finds more of them; absent where none is going on. */
  readonly searched?: SearchProgress | undefined;
}

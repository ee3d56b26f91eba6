import { type LedgerEntry, withEntries, withoutResource } from './ledgerEntries.js';
import type { LabResource } from './labResources.js';

/** What happens to a ledger. Changes of several windows come in one order, the same for all of them. */
export type LedgerChange = { readonly added: readonly LedgerEntry[] } | { readonly gone: LabResource };

/** The changes of each account's ledger, which all windows add to and none rewrites. */
export interface LedgerJournal {
  /** What all changes so far come to, those of other windows among them. */
  read(account: string): Promise<readonly LedgerEntry[]>;
  /** Resolves when the change is kept for good. */
  append(account: string, change: LedgerChange): Promise<void>;
}

export function withChange(entries: readonly LedgerEntry[], change: LedgerChange): readonly LedgerEntry[] {
  return 'gone' in change ? withoutResource(entries, change.gone) : withEntries(entries, change.added);
}

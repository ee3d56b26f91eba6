import type { LedgerEntry } from '../../src/core/lab/ledgerEntries.js';
import { type LedgerChange, type LedgerJournal, withChange } from '../../src/core/lab/ledgerJournal.js';

/** The changes of ledgers, for as long as the test runs. */
export class MemoryJournal implements LedgerJournal {
  readonly changes = new Map<string, readonly LedgerChange[]>();
  /** The next writing fails, and nothing is changed. */
  failsNext = false;

  async read(account: string): Promise<readonly LedgerEntry[]> {
    return (this.changes.get(account) ?? []).reduce(withChange, []);
  }

  async append(account: string, change: LedgerChange): Promise<void> {
    if (this.failsNext) {
      this.failsNext = false;
      throw new Error('The disk is full');
    }
    this.changes.set(account, [...(this.changes.get(account) ?? []), structuredClone(change)]);
  }
}

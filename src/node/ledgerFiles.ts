import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { type LedgerChange, type LedgerJournal, withChange } from '../core/lab/ledgerJournal.js';
import type { LedgerEntry } from '../core/lab/ledgerEntries.js';

interface Known {
  readonly entries: readonly LedgerEntry[];
  /** So far the file has been read: to the end of a line. */
  readonly bytes: number;
}

const lineFeed = 0x0a;

/**
 * A file for each account, a line for each change. It is only ever appended to, by one call a change, which the operating
 * system does as one whatever other windows append; so nobody overwrites what somebody else has kept, as VS Code's own
 * memory would: each window of it writes all that it remembers of an extension. A window that reads goes on where it was.
 */
export class LedgerFiles implements LedgerJournal {
  readonly #folder: string;
  readonly #known = new Map<string, Known>();
  /** Readings follow each other: none gives an older state than the one before. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
  }

  read(account: string): Promise<readonly LedgerEntry[]> {
    const next = this.#last.then(() => this.#readOn(account));
    this.#last = next.catch(() => undefined); // Whoever asked is told.
    return next;
  }

  async #readOn(account: string): Promise<readonly LedgerEntry[]> {
    const file = await open(this.#pathOf(account), 'r').catch(unlessMissing);
    if (file === undefined) {
      return [];
    }
    try {
      const known = await readOn(file, this.#known.get(account) ?? { entries: [], bytes: 0 });
      this.#known.set(account, known);
      return known.entries;
    } finally {
      await file.close();
    }
  }

  async append(account: string, change: LedgerChange): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const file = await open(this.#pathOf(account), 'a', 0o600);
    try {
      // Whoever was killed while it wrote has left a line without an end: this one is not made a part of it.
      const line = Buffer.from(`\n${JSON.stringify(change)}\n`);
      const { bytesWritten } = await file.write(line);
      if (bytesWritten < line.length) {
        throw new Error(`The disk is full: the ledger in "${this.#folder}" could not be written.`);
      }
      await file.datasync();
    } finally {
      await file.close();
    }
  }

  #pathOf(account: string): string {
    return join(this.#folder, `${encodeURIComponent(account)}.jsonl`);
  }
}

async function readOn(file: FileHandle, known: Known): Promise<Known> {
  const { size } = await file.stat();
  const from = size < known.bytes ? 0 : known.bytes; // Somebody has put another file in its place.
  const buffer = Buffer.alloc(size - from);
  const { bytesRead } = await file.read(buffer, 0, buffer.length, from);
  const end = buffer.subarray(0, bytesRead).lastIndexOf(lineFeed) + 1;
  const changes = buffer.toString('utf8', 0, end).split('\n').flatMap(changeOf);
  const start = from === 0 ? [] : known.entries;
  return { entries: changes.reduce(withChange, start), bytes: from + end };
}

/** A line that was cut short says nothing. */
function changeOf(line: string): readonly LedgerChange[] {
  try {
    return line === '' ? [] : [JSON.parse(line) as LedgerChange];
  } catch {
    return [];
  }
}

function unlessMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
    return undefined;
  }
  throw error;
}

import { type FSWatcher, watch } from 'node:fs';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Invitation, parseInvitation } from '../core/lab/invitation.js';

export interface ReceivedInvitation extends Invitation {
  readonly receivedAt: Date;
}

/** The mails that Local Ground Truth would have sent: `<data folder>/outbox/*.eml`. */
export class Outbox {
  readonly #folder: string;
  readonly #onInvitation: (invitation: ReceivedInvitation) => void;
  readonly #known = new Set<string>();
  #watching: Promise<void> | undefined;
  #watcher: FSWatcher | undefined;
  #isDisposed = false;
  #looking: Promise<void> = Promise.resolve();

  constructor(dataFolder: string, onInvitation: (invitation: ReceivedInvitation) => void) {
    this.#folder = join(dataFolder, 'outbox');
    this.#onInvitation = onInvitation;
  }

  /** Newest first. */
  async list(): Promise<readonly ReceivedInvitation[]> {
    const read = await Promise.all((await this.#names()).map((name) => this.#read(name)));
    return read
      .filter((invitation) => invitation !== undefined)
      .toSorted((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime());
  }

  /** From now on tells of each new mail; those that are there already are known. */
  watch(): Promise<void> {
    this.#watching ??= this.#watch();
    return this.#watching;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#watcher?.close();
  }

  /** Where a system can watch no more, or the folder goes: the invitations can still be listed. */
  async #watch(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    for (const name of await this.#names()) {
      this.#known.add(name);
    }
    if (this.#isDisposed) {
      return;
    }
    const onChange = () => {
      this.#looking = this.#looking.then(() => this.#look());
    };
    try {
      this.#watcher = watch(this.#folder, { persistent: false }, onChange);
    } catch {
      return;
    }
    this.#watcher.on('error', () => this.#watcher?.close());
  }

  // A system may report a file that is still being written, or the folder alone; so the folder is read each time.
  async #look(): Promise<void> {
    for (const name of (await this.#names()).filter((it) => !this.#known.has(it))) {
      const invitation = await this.#read(name);
      if (invitation) {
        this.#known.add(name);
        this.#onInvitation(invitation);
      }
    }
  }

  async #names(): Promise<readonly string[]> {
    try {
      return (await readdir(this.#folder)).filter((name) => name.endsWith('.eml'));
    } catch {
      return []; // The server makes the folder with the first mail.
    }
  }

  async #read(name: string): Promise<ReceivedInvitation | undefined> {
    const file = join(this.#folder, name);
    try {
      const [text, { mtime }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
      const invitation = parseInvitation(text);
      return invitation && { ...invitation, receivedAt: mtime };
    } catch {
      return undefined; // It was deleted between listing and reading.
    }
  }
}

import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor, RowLook } from '../../src/protocol/manifestEditor.js';
import { usualLook } from './viewSwitch.js';

const pauseMs = 250;

/** How rows were shown in the manifest before this one, which is how they begin here; what is chosen is kept. */
export class KeptLook {
  readonly #client: Client<ManifestEditor>;
  #last: RowLook | undefined;
  #keeping: number | undefined;

  constructor(client: Client<ManifestEditor>, onRead: () => void) {
    this.#client = client;
    void this.#read(onRead);
  }

  get last(): RowLook {
    return this.#last ?? usualLook;
  }

  keep(look: RowLook): void {
    clearTimeout(this.#keeping); // A slider tells many a time where it is.
    this.#keeping = window.setTimeout(() => void this.#client.call('look.keep', { look }), pauseMs);
  }

  async #read(onRead: () => void): Promise<void> {
    this.#last = await this.#client.call('look.read', undefined);
    onRead();
  }
}

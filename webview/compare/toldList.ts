import type { ComparedFilter } from '../../src/core/compare/manifestComparison.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';

/** Tells the host which list stands in the place of the rows, since its commands work with that one. */
export class ToldList {
  #told = '';

  /** `undefined` where none does. */
  tell(client: Client<ManifestEditor>, filter: ComparedFilter | undefined): void {
    const told = filter ? JSON.stringify(filter) : '';
    if (told !== this.#told) {
      this.#told = told;
      void client.call('compare.show', { filter });
    }
  }
}

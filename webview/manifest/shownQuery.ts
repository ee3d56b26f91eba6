import type { RowQuery } from '../../src/core/manifest/arrangement.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';

/** The query of the rows that are shown. The host is told of it, since its commands are about these rows too. */
export class ShownQuery {
  readonly #client: Client<ManifestEditor>;
  #query: RowQuery | undefined;

  constructor(client: Client<ManifestEditor>) {
    this.#client = client;
  }

  /** One object as long as it says the same: the list reads anew whatever is another one. */
  show(query: RowQuery): RowQuery {
    if (this.#query === undefined || JSON.stringify(query) !== JSON.stringify(this.#query)) {
      this.#query = query;
      void this.#client.call('query.show', { query });
    }
    return this.#query;
  }
}

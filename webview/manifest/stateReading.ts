import type { ScannedSummary } from '../../src/core/manifest/manifestScan.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor, ManifestState } from '../../src/protocol/manifestEditor.js';
import { messageOf } from './failure.js';

/** While a manifest is being scanned its numbers are asked for so often. */
const refreshMs = 300;

interface Listeners {
  readonly onState: (state: ManifestState) => void;
  readonly onError: (message: string) => void;
}

/** Asks for the state of the manifest: one question at a time, and one more if something changed meanwhile. */
export class StateReading {
  readonly #client: Client<ManifestEditor>;
  readonly #listeners: Listeners;
  #isReading = false;
  #isStale = false;

  constructor(client: Client<ManifestEditor>, listeners: Listeners) {
    this.#client = client;
    this.#listeners = listeners;
  }

  read(): void {
    this.#isStale = true;
    if (!this.#isReading) {
      void this.#readUntilFresh();
    }
  }

  async #readUntilFresh(): Promise<void> {
    this.#isReading = true;
    while (this.#isStale) {
      this.#isStale = false;
      try {
        this.#listeners.onState(await this.#client.call('manifest.read', undefined));
      } catch (error) {
        this.#listeners.onError(messageOf(error));
      }
      await new Promise((resolve) => {
        setTimeout(resolve, refreshMs);
      });
    }
    this.#isReading = false;
  }
}

/** Another one means that rows have to be read anew. */
export function versionOf(state: ManifestState | undefined, { lines }: ScannedSummary): string {
  return `${state?.version ?? 0}:${lines}`;
}

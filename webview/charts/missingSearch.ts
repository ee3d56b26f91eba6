import type { SourceCheck, SourceCheckProgress } from '../../src/core/manifest/sourceCheck.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { messageOf } from '../manifest/failure.js';
import type { Looking } from './sourceCards.js';

type Outcome =
  | { readonly kind: 'check'; readonly check: SourceCheck; readonly version: string }
  | { readonly kind: 'failed'; readonly message: string };

/** Looks for missing sources when it is told to, until it is done or told to stop. */
export class MissingSearch {
  readonly #client: Client<ManifestEditor>;
  readonly #onChange: () => void;
  readonly #listening: { dispose(): void };
  #running: AbortController | undefined;
  #progress: SourceCheckProgress | undefined;
  #outcome: Outcome | undefined;

  constructor(client: Client<ManifestEditor>, onChange: () => void) {
    this.#client = client;
    this.#onChange = onChange;
    this.#listening = client.on('sources.progress', (progress) => {
      this.#progress = progress;
      onChange();
    });
  }

  /** How far it is, or what it found: `version` is that of the manifest now. */
  looking(version: string): Looking {
    if (this.#running) {
      return { kind: 'looking', progress: this.#progress };
    }
    switch (this.#outcome?.kind) {
      case undefined:
        return { kind: 'none' };
      case 'failed':
        return this.#outcome;
      case 'check':
        return { kind: 'found', check: this.#outcome.check, isOutdated: this.#outcome.version !== version };
    }
  }

  async look(version: string): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    this.#progress = undefined;
    this.#onChange();
    try {
      const check = await this.#client.call('sources.check', undefined, running.signal);
      this.#outcome = { kind: 'check', check, version };
    } catch (error) {
      this.#outcome = running.signal.aborted ? undefined : { kind: 'failed', message: messageOf(error) };
    }
    if (this.#running === running) {
      this.#running = undefined;
      this.#onChange();
    }
  }

  cancel(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#onChange();
  }

  dispose(): void {
    this.#listening.dispose();
    this.#running?.abort();
  }
}

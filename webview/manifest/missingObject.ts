import { html, nothing } from 'lit';
import type { JsonValue } from '../../src/core/json.js';
import { parseObjectAddress } from '../../src/core/s3Uri.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor, MissingCause } from '../../src/protocol/manifestEditor.js';
import type { MissingContent } from './shownObject.js';

export interface MissingOptions {
  readonly client: Client<ManifestEditor>;
  /** The button goes with the text, and whoever pressed it must not be lost. */
  readonly onAgain: () => void;
  /** The line's `source-ref`. */
  readonly source: JsonValue | undefined;
}

/** What a later reading, or one by another connection, may bring. */
const mayCome: ReadonlySet<MissingCause> = new Set(['notFound', 'noAccess', 'unreachable', 'other']);

/** In the place of a picture that cannot be had: why, and what can be done about it. */
export function missingObject({ cause, reason }: MissingContent, { client, onAgain, source }: MissingOptions) {
  const isInBucket = typeof source === 'string' && parseObjectAddress(source) !== undefined;
  return html`<div class="no-picture">
    <span class="codicon codicon-circle-slash" aria-hidden="true"></span>
    <p>${reason}</p>
    ${
      mayCome.has(cause)
        ? html`<p class="no-picture-actions">
            <button class="button" @click=${onAgain}>Read Again</button>
            ${
              isInBucket
                ? html`<button class="button" @click=${() => client.call('connection.choose', undefined)}>
                    Choose Connection…
                  </button>`
                : nothing
            }
          </p>`
        : nothing
    }
  </div>`;
}

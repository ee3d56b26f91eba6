import type { JsonObject } from '../../src/core/json.js';
import type { Mask } from '../../src/core/manifest/drawing.js';
import { field } from '../../src/core/manifest/lineReading.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { copy } from './copiedBytes.js';
import { messageOf } from './failure.js';
import type { LayerMask } from './layers.js';
import { readMaskPixels } from './maskPixels.js';

interface MaskedLine {
  readonly line: number;
  readonly object: JsonObject | undefined;
}

/** The masks of one object, each read and decoded once, when it is first to be drawn. */
export class ObjectMasks {
  readonly #client: Client<ManifestEditor>;
  readonly #line: number;
  readonly #object: JsonObject | undefined;
  readonly #onChange: () => void;
  readonly #reading = new AbortController();
  readonly #masks = new Map<string, LayerMask>();

  constructor(client: Client<ManifestEditor>, { line, object }: MaskedLine, onChange: () => void) {
    this.#client = client;
    this.#line = line;
    this.#object = object;
    this.#onChange = onChange;
  }

  dispose(): void {
    this.#reading.abort();
  }

  /** That of the label attribute, or of the worker whose answer has it. */
  of(layer: { readonly key: string; readonly attribute: string }, mask: Mask): LayerMask {
    const known = this.#masks.get(layer.key);
    if (known) {
      return known;
    }
    const reading: LayerMask = { kind: 'reading' };
    this.#masks.set(layer.key, reading);
    void this.#read(layer.key, layer.attribute, mask);
    return reading;
  }

  async #read(key: string, attribute: string, mask: Mask): Promise<void> {
    const read = await this.#decode(attribute, mask).catch((error: unknown): LayerMask => ({
      kind: 'missing',
      reason: messageOf(error),
    }));
    if (!this.#reading.signal.aborted) {
      this.#masks.set(key, read);
      this.#onChange();
    }
  }

  async #decode(attribute: string, mask: Mask): Promise<LayerMask> {
    const file = await this.#file(attribute, mask);
    if (file.kind === 'missing') {
      return file;
    }
    try {
      return { kind: 'pixels', mask, pixels: await readMaskPixels(new Blob([file.bytes]), mask) };
    } catch {
      return { kind: 'missing', reason: 'The mask is damaged: it cannot be shown as a picture.' };
    }
  }

  async #file(attribute: string, { source }: Mask) {
    if (source.kind === 'inline') {
      return bytesOf(source.base64);
    }
    const label = this.#object && field(this.#object, attribute);
    const asked = { line: this.#line, attribute, address: typeof label === 'string' ? label : '' };
    const picture = await this.#client.call('mask.read', asked, this.#reading.signal);
    return picture.kind === 'missing' ? picture : { kind: 'bytes' as const, bytes: copy(picture.bytes) };
  }
}

function bytesOf(base64: string) {
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return { kind: 'bytes' as const, bytes };
  } catch {
    return { kind: 'missing' as const, reason: 'The mask is no PNG file in base64: it cannot be shown.' };
  }
}

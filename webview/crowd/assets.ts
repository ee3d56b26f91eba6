import { formatS3Uri, objectName } from '../../src/core/s3Uri.js';
import type { JsonValue } from '../../src/core/json.js';
import { assetPlaceholders } from '../../src/core/templates/assetPlaceholder.js';
import type { TaskAsset } from '../../src/core/portal/taskAsset.js';
import type { BrokenPicture } from '../../src/protocol/taskFrame.js';
import { exifOrientation, withoutTurn } from '../../src/core/manifest/exif.js';
import type { FrameAssets } from './frameLink.js';

/** An address of nothing: what stands where an object could not be read. */
const nothing = 'data:,';

/**
 * The objects of a task as addresses that work in this frame and nowhere else. They are made in here from bytes: a
 * sandboxed frame cannot load what the page around it could.
 */
export class TaskAssets implements FrameAssets {
  readonly #assets: readonly TaskAsset[];
  readonly #addresses: readonly string[];
  readonly #byAddress: ReadonlyMap<string, TaskAsset>;
  readonly #stored = new Map<string, { source: string; isTurned: boolean }>();

  constructor(assets: readonly TaskAsset[]) {
    this.#assets = assets;
    this.#addresses = assets.map((asset, index) =>
      asset.kind === 'read' ? addressOf(asset.bytes, asset.contentType) : `${nothing}${index}`,
    );
    this.#byAddress = new Map(assets.map((asset, index) => [this.#addresses[index] ?? nothing, asset]));
  }

  /** The page with addresses where its placeholders are. */
  fill(html: string): string {
    return html.replace(assetPlaceholders, (_placeholder, index: string) => this.#addresses[Number(index)] ?? nothing);
  }

  storedPixels(source: string): { readonly source: string; readonly isTurned: boolean } {
    const known = this.#stored.get(source);
    if (known) {
      return known;
    }
    const asset = this.#byAddress.get(source);
    const isTurned = asset?.kind === 'read' && (exifOrientation(asset.bytes)?.value ?? 1) !== 1;
    const stored = {
      source: isTurned ? addressOf(withoutTurn(asset.bytes), asset.contentType) : source,
      isTurned,
    };
    this.#stored.set(source, stored);
    return stored;
  }

  failureOf(source: string): { readonly kind: 'brokenPicture'; readonly picture: BrokenPicture } {
    const asset = this.#byAddress.get(source);
    if (!asset) {
      return { kind: 'brokenPicture', picture: { name: source, cause: 'notGranted' } };
    }
    const name = formatS3Uri(asset);
    if (asset.kind === 'failed') {
      return { kind: 'brokenPicture', picture: { name, cause: 'unreadable', reason: asset.reason } };
    }
    const cause = asset.bytes.length === 0 ? 'empty' : 'undecodable';
    return { kind: 'brokenPicture', picture: { name: objectName(asset), cause } };
  }

  /** Answers that hold addresses of this frame say the objects' own instead (reference crowd-elements §5). */
  named(answer: JsonValue): JsonValue {
    if (typeof answer === 'string') {
      return this.#named(answer);
    }
    if (Array.isArray(answer)) {
      return answer.map((item: JsonValue) => this.named(item));
    }
    if (typeof answer === 'object' && answer !== null) {
      return Object.fromEntries(
        Object.entries(answer).map(([key, item]: [string, JsonValue | undefined]) => [key, this.named(item ?? null)]),
      );
    }
    return answer;
  }

  #named(text: string): string {
    let result = text;
    for (const [index, address] of this.#addresses.entries()) {
      const asset = this.#assets[index];
      if (asset?.kind === 'read' && result.includes(shortAddress(address))) {
        const path = `${asset.bucket}/${asset.key.split('/').map(encodeURIComponent).join('/')}`;
        result = result.replaceAll(address, `https://s3.amazonaws.com/${path}`).replaceAll(shortAddress(address), path);
      }
    }
    return result;
  }
}

/** A blob's address without its scheme, which is what templates make of it with `new URL(src).pathname`. */
function shortAddress(address: string): string {
  return address.replace(/^blob:/u, '');
}

function addressOf(bytes: Uint8Array, type: string): string {
  return URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));
}

import type { ManifestBytes } from '../core/manifest/manifestScan.js';
import type { Client, Handlers } from '../protocol/channel.js';
import type { ByteRanges } from '../protocol/byteRanges.js';
import { type ClosableSource, fileByteSource } from './fileByteSource.js';

/** What a thread is told of a manifest's bytes: the path of the file; `undefined` where it has to ask for them. */
export type ToldBytes = string | undefined;

export function toldBytes(bytes: ManifestBytes): ToldBytes {
  return bytes.kind === 'file' ? bytes.path : undefined;
}

/** Answers a thread that asks for bytes, by their places in `manifests`: more of them may be added later. */
export function byteRanges(manifests: readonly ManifestBytes[]): Handlers<ByteRanges> {
  const sourceOf = (place: number) => {
    const bytes = manifests[place];
    if (bytes?.kind !== 'source') {
      throw new Error(`Source ${place} is not read here`);
    }
    return bytes.source;
  };
  return {
    'bytes.size': async ({ source }, signal) => sourceOf(source).size(signal),
    'bytes.read': async ({ source, offset, bytes }, signal) => {
      const into = new Uint8Array(bytes);
      return into.subarray(0, await sourceOf(source).read(into, offset, signal));
    },
  };
}

/** The thread's end: the bytes of the file, or those that `client` is asked for. */
export function openBytes(told: ToldBytes, client: RangesClient, place: number): ClosableSource {
  return told === undefined ? rangesSource(client, place) : fileByteSource(told);
}

type RangesClient = Pick<Client<ByteRanges>, 'call'>;

/** Bytes that somebody at the other end of a channel reads. */
export function rangesSource(client: RangesClient, source: number): ClosableSource {
  return {
    size: (signal) => client.call('bytes.size', { source }, signal),
    async read(into, offset, signal) {
      const bytes = await client.call('bytes.read', { source, offset, bytes: into.length }, signal);
      into.set(bytes);
      return bytes.length;
    },
    close: () => undefined, // The other end has what is to be closed.
  };
}

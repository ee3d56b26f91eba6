import { textHash } from '../textHash.js';

/**
 * A text as the name of a file or folder that Windows, macOS and Linux all take: no character that one of them forbids,
 * none of Windows's device names, no dot in front (data set loaders pass over such files) and no dot or space at the end.
 */
export function safeName(text: string): string {
  const replaced = text
    .normalize('NFC')
    .replace(forbidden, '_')
    .replace(/^\./u, '_')
    .replace(/[. ]+$/u, '_');
  const short = shortened(replaced);
  return short === '' ? '_' : deviceName.test(short) ? `_${short}` : short;
}

// Also the marks that turn the direction of writing: with them a name can look like another.
const forbidden = /[<>:"/\\|?*\p{Cc}\p{Surrogate}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;
const deviceName = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:$|[. ])/iu;

/** File systems allow 255 bytes for a name; the rest is for what is added to tell names apart, and for an extension. */
const mostNameBytes = 200;

function shortened(name: string): string {
  let short = '';
  let bytes = 0;
  for (const character of name) {
    bytes += utf8Bytes(character);
    if (bytes > mostNameBytes) {
      return short.replace(/[. ]+$/u, '_');
    }
    short += character;
  }
  return short;
}

function utf8Bytes(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

/** The last part of an object's key or of a path, as a safe name in two parts; the extension has its dot. */
export function fileNameOf(reference: string): { readonly stem: string; readonly extension: string } {
  const name = reference.slice(reference.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && /^\.[0-9A-Za-z]{1,10}$/u.test(name.slice(dot)) ? name.slice(dot) : '';
  return { stem: safeName(name.slice(0, name.length - extension.length)), extension };
}

/**
 * Gives every object a name of its own within a folder, and the same object the same name: `a`, and for others that
 * would be called so `a-2`, `a-3`. Names that differ only in case count as the same, as they do on Windows and macOS.
 *
 * What is remembered of a name and its owner is a hash each, so that a million objects take some tens of megabytes. Two
 * names with the same hash cost no more than a number at the end of one of them.
 */
export class ClaimedNames {
  readonly #owners = new Map<number, number>();
  /** How far the numbers of a name have come, so that many objects of one name are not counted up again and again. */
  readonly #lastNumbers = new Map<number, number>();
  /** The names with numbers, by name and owner: in most manifests there are few. */
  readonly #numbered = new Map<string, string>();

  claim(folder: string, name: string, owner: string): { readonly name: string; readonly isNew: boolean } {
    const ownerHash = textHash(owner);
    const base = hashOf(folder, name);
    const first = this.#owners.get(base);
    if (first === undefined || first === ownerHash) {
      this.#owners.set(base, ownerHash);
      return { name, isNew: first === undefined };
    }
    const known = this.#numbered.get(`${base} ${ownerHash}`);
    if (known !== undefined) {
      return { name: known, isNew: false };
    }
    for (let number = (this.#lastNumbers.get(base) ?? 1) + 1; ; number += 1) {
      const numbered = `${name}-${number}`;
      if (!this.#owners.has(hashOf(folder, numbered))) {
        this.#owners.set(hashOf(folder, numbered), ownerHash);
        this.#lastNumbers.set(base, number);
        this.#numbered.set(`${base} ${ownerHash}`, numbered);
        return { name: numbered, isNew: true };
      }
    }
  }
}

function hashOf(folder: string, name: string): number {
  return textHash(`${folder}/${name}`.toLowerCase());
}

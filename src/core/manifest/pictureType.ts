/**
 * The content type of a picture that pages can show, by its first bytes; `undefined` for all else. What a manifest
 * names may be any file: only pictures are handed on.
 */
export function pictureType(bytes: Uint8Array): string | undefined {
  return signatures.find(({ at, magic }) => magic.every((byte, index) => bytes[at + index] === byte))?.type;
}

const ascii = (text: string) => Array.from(text, (character) => character.charCodeAt(0));

const signatures: readonly { readonly type: string; readonly at: number; readonly magic: readonly number[] }[] = [
  { type: 'image/jpeg', at: 0, magic: [0xff, 0xd8, 0xff] },
  { type: 'image/png', at: 0, magic: [0x89, 0x50, 0x4e, 0x47] },
  { type: 'image/gif', at: 0, magic: ascii('GIF8') },
  { type: 'image/webp', at: 8, magic: ascii('WEBP') },
  { type: 'image/bmp', at: 0, magic: ascii('BM') },
  { type: 'image/avif', at: 4, magic: ascii('ftypavif') },
];

/**
 * The smallest string that comes after every string that starts with `prefix`, in the order of UTF-8 bytes, which is
 * the order of S3 and of SQLite; `undefined` where there is none.
 */
export function afterPrefix(prefix: string): string | undefined {
  const characters = Array.from(prefix);
  while (characters.length > 0) {
    const last = characters.pop()?.codePointAt(0);
    if (last !== undefined && last < lastCodePoint) {
      const next = last + 1;
      return characters.join('') + String.fromCodePoint(isSurrogate(next) ? firstAfterSurrogates : next);
    }
  }
  return undefined;
}

const lastCodePoint = 0x10_ff_ff;
const firstAfterSurrogates = 0xe0_00;

function isSurrogate(codePoint: number): boolean {
  return codePoint >= 0xd8_00 && codePoint < firstAfterSurrogates;
}

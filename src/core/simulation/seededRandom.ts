/** Numbers from 0 up to 1 that look random and are the same for the same seed, on every machine. */
export type Random = () => number;

/** Mulberry32, from a hash (FNV-1a) of the parts of the seed. */
export function seededRandom(...seed: readonly (string | number)[]): Random {
  let state = hash(seed.join('\u0000'));
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  }
  return value;
}

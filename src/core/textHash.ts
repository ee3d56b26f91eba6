/** A text as a whole number of 53 bits, the same on every machine. Not for secrets: it only spreads texts evenly. */
export function textHash(text: string, seed = 0): number {
  // FNV-1a in two lanes of 32 bits with odd multipliers of their own, each mixed at the end.
  let low = 0x811c9dc5 ^ seed;
  let high = 0x9e3779b9 ^ Math.imul(seed, 0x85ebca6b);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x27d4eb2f);
  }
  return (mixed(high ^ low) >>> 11) * 2 ** 32 + (mixed(low ^ (high >>> 15)) >>> 0);
}

function mixed(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return bits ^ (bits >>> 16);
}

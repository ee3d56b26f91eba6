import { randomBytes } from 'node:crypto';

const rankBytes = 8;
const randomPart = 16;

/**
 * A new id, as long as AWS's are and of the same characters. The rank is in it, so that a listing goes on after a version
 * that has been deleted meanwhile.
 */
export function newVersionId(rank: number): string {
  const bytes = Buffer.alloc(rankBytes);
  bytes.writeBigUInt64BE(BigInt(rank));
  return Buffer.concat([bytes, randomBytes(randomPart)])
    .toString('base64url')
    .replaceAll('-', '.');
}

/** Whether it has the form of an id, whoever made it. */
export function isVersionId(text: string): boolean {
  return text === 'null' || /^[\w.]{32}$/u.test(text);
}

/** `undefined` where the rank of a version is not in its id. */
export function rankInVersionId(id: string): number | undefined {
  if (id === 'null' || !isVersionId(id)) {
    return undefined;
  }
  const rank = Buffer.from(id.replaceAll('.', '-'), 'base64url').readBigUInt64BE();
  return rank > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(rank);
}

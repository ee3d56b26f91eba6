import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

interface Owner {
  readonly secretAccessKey: string;
}

/**
 * A text that only who has the data folder's key can read. What goes to the server's address may reach another program,
 * which listens there since the server has ended; what is secret goes sealed.
 */
export function seal(owner: Owner, text: string): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, keyOf(owner), iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
}

/** `undefined` where it was sealed with another key, or changed. */
export function unseal(owner: Owner, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64');
  try {
    const decipher = createDecipheriv(algorithm, keyOf(owner), bytes.subarray(0, ivBytes));
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    const text = [decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()];
    return Buffer.concat(text).toString();
  } catch {
    return undefined; // It is not for us.
  }
}

function keyOf({ secretAccessKey }: Owner): Buffer {
  return Buffer.from(hkdfSync('sha256', secretAccessKey, '', 'Local Ground Truth: keys of storages', 32));
}

import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

export type ChecksumAlgorithm = 'crc32' | 'crc32c' | 'crc64nvme' | 'sha1' | 'sha256';

export const checksumAlgorithms: readonly ChecksumAlgorithm[] = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'];

export interface RunningChecksum {
  update(bytes: Uint8Array): void;
  /** Base64. Called once. */
  digest(): string;
}

/** Each algorithm, with the bytes of its value and its name in XML. */
const algorithms: Readonly<
  Record<ChecksumAlgorithm, { readonly bytes: number; readonly element: string; start(): RunningChecksum }>
> = {
  crc32: { bytes: 4, element: 'ChecksumCRC32', start: startCrc32 },
  crc32c: { bytes: 4, element: 'ChecksumCRC32C', start: startCrc32c },
  crc64nvme: { bytes: 8, element: 'ChecksumCRC64NVME', start: startCrc64nvme },
  sha1: { bytes: 20, element: 'ChecksumSHA1', start: () => startHash('sha1') },
  sha256: { bytes: 32, element: 'ChecksumSHA256', start: () => startHash('sha256') },
};

export function parseChecksumAlgorithm(text: string): ChecksumAlgorithm | undefined {
  const lower = text.toLowerCase();
  return checksumAlgorithms.find((algorithm) => algorithm === lower);
}

export function startChecksum(algorithm: ChecksumAlgorithm): RunningChecksum {
  return algorithms[algorithm].start();
}

export function checksumElement(algorithm: ChecksumAlgorithm): string {
  return algorithms[algorithm].element;
}

export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm}`;
}

export function isChecksumValue(algorithm: ChecksumAlgorithm, base64: string): boolean {
  return isBase64Of(base64, algorithms[algorithm].bytes);
}

export function isBase64Of(text: string, bytes: number): boolean {
  return /^[A-Za-z0-9+/]+={0,2}$/u.test(text) && Buffer.from(text, 'base64').length === bytes;
}

function startHash(name: string): RunningChecksum {
  const hash = createHash(name);
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest('base64') };
}

function startCrc32(): RunningChecksum {
  let state = 0;
  return {
    update(bytes) {
      state = crc32(bytes, state);
    },
    digest: () => base64OfWords([state]),
  };
}

function startCrc32c(): RunningChecksum {
  let state = 0xff_ff_ff_ff;
  return {
    update(bytes) {
      let crc = state;
      for (const byte of bytes) {
        crc = (crc32cTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
      }
      state = crc;
    },
    digest: () => base64OfWords([~state]),
  };
}

// JavaScript shifts 32 bits at a time, so that the 64 are kept in two halves.
function startCrc64nvme(): RunningChecksum {
  let high = 0xff_ff_ff_ff;
  let low = 0xff_ff_ff_ff;
  const { highs, lows } = crc64Tables();
  return {
    update(bytes) {
      for (const byte of bytes) {
        const index = (low ^ byte) & 0xff;
        low = ((low >>> 8) | (high << 24)) ^ (lows[index] ?? 0);
        high = (high >>> 8) ^ (highs[index] ?? 0);
      }
    },
    digest: () => base64OfWords([~high, ~low]),
  };
}

function base64OfWords(words: readonly number[]): string {
  const bytes = Buffer.alloc(words.length * 4);
  words.forEach((word, index) => bytes.writeUInt32BE(word >>> 0, index * 4));
  return bytes.toString('base64');
}

/** Castagnoli's polynomial, bits reversed. */
const crc32cPolynomial = 0x82_f6_3b_78;

const crc32cTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let crc = index;
  for (let bit = 0; bit < 8; bit++) {
    crc = (crc & 1) === 1 ? (crc >>> 1) ^ crc32cPolynomial : crc >>> 1;
  }
  return crc;
});

/** The polynomial of the NVM Express specification, bits reversed. */
const crc64Polynomial = 0x9a_6c_93_29_ac_4b_c9_b5n;

let crc64: { readonly highs: Uint32Array; readonly lows: Uint32Array } | undefined;

function crc64Tables(): { readonly highs: Uint32Array; readonly lows: Uint32Array } {
  if (crc64 === undefined) {
    const entries = Array.from({ length: 256 }, (_, index) => {
      let crc = BigInt(index);
      for (let bit = 0; bit < 8; bit++) {
        crc = (crc & 1n) === 1n ? (crc >> 1n) ^ crc64Polynomial : crc >> 1n;
      }
      return crc;
    });
    crc64 = {
      highs: Uint32Array.from(entries, (entry) => Number(entry >> 32n)),
      lows: Uint32Array.from(entries, (entry) => Number(entry & 0xff_ff_ff_ffn)),
    };
  }
  return crc64;
}

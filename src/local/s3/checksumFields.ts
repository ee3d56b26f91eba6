import type { Checksum } from '../store/records.js';
import { checksumElement, checksumHeader } from './checksums.js';

/** A checksum as an answer's headers have it. */
export function checksumHeaders(checksum: Checksum | undefined): Readonly<Record<string, string>> {
  if (checksum === undefined) {
    return {};
  }
  const { algorithm, value, type } = checksum;
  return { [checksumHeader(algorithm)]: value, 'x-amz-checksum-type': type };
}

/** A checksum as an element of an answer. */
export function checksumXml(checksum: Checksum | undefined): Readonly<Record<string, string>> {
  if (checksum === undefined) {
    return {};
  }
  const { algorithm, value, type } = checksum;
  return { [checksumElement(algorithm)]: value, ChecksumType: type };
}

import { formatS3Uri, objectName, type S3Uri } from '../s3Uri.js';
import { bashText } from './bash.js';
import type { Examination } from './examination.js';
import type { CommandLine } from './report.js';

/** More bytes than this, nobody would paste. */
const longestPasted = 32 * 1024;

/** Writes the bytes to the object from a terminal; a long one has to be edited by hand between the two commands. */
export function writeCommands(examination: Examination, uri: S3Uri, bytes: Uint8Array): readonly CommandLine[] {
  const target = formatS3Uri(uri);
  if (bytes.length > longestPasted) {
    const file = objectName(uri);
    return [examination.aws('s3', 'cp', target, file), examination.aws('s3', 'cp', file, target)];
  }
  const encoded = btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(''));
  const upload = bashText([examination.aws('s3', 'cp', '-', target)]).trimEnd();
  return [['bash', '-c', `printf %s ${encoded} | base64 -d | ${upload}`]];
}

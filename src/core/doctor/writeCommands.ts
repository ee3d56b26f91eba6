import type { WriteObject } from '../ports.js';
import { formatS3Uri, objectName, type S3Uri } from '../s3Uri.js';
import { bashText } from './bash.js';
import type { Examination } from './examination.js';
import type { CommandLine } from './report.js';

/** More bytes than this, nobody would paste. */
const longestPasted = 32 * 1024;

interface Written {
  readonly uri: S3Uri;
  readonly bytes: Uint8Array;
  /** What S3 refuses the bytes by, where somebody else has written meanwhile: an etag, or that the object is new. */
  readonly condition: Pick<WriteObject, 'ifMatch' | 'isNew'>;
}

/**
 * Writes the bytes to the object from a terminal, on the condition that the fix has, which `aws s3 cp` does not know; a
 * long one has to be edited by hand between the two commands.
 */
export function writeCommands(examination: Examination, { uri, bytes, condition }: Written): readonly CommandLine[] {
  const { bucket, key } = uri;
  const put = (...body: CommandLine) =>
    examination.aws('s3api', 'put-object', '--bucket', bucket, '--key', key, ...optionsOf(condition), ...body);
  if (bytes.length > longestPasted) {
    const file = objectName(uri);
    return [examination.aws('s3', 'cp', formatS3Uri(uri), file), put('--body', file)];
  }
  const encoded = btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(''));
  const upload = `${bashText([put()]).trimEnd()} --body "$file"`;
  // A pipe cannot be sent again, nor be signed: the bytes are in a file meanwhile.
  const script = `file=$(mktemp); trap 'rm -f "$file"' EXIT; printf %s ${encoded} | base64 -d > "$file" && ${upload}`;
  return [['bash', '-c', script]];
}

function optionsOf({ ifMatch, isNew }: Written['condition']): CommandLine {
  return [
    ...(ifMatch === undefined ? [] : ['--if-match', ifMatch]),
    ...(isNew === true ? ['--if-none-match', '*'] : []),
  ];
}

import { encodePath } from '../http/incoming.js';
import { invalidArgument } from './errors.js';

const largestInteger = 2_147_483_647;

/** A parameter that must be a whole number; `undefined` where it is missing or empty. */
export function integerParameter(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name) ?? '';
  if (text === '') {
    return undefined;
  }
  if (!/^\d+$/u.test(text) || Number(text) > largestInteger) {
    throw invalidArgument(`Provided ${name} not an integer or within integer range`, name, text);
  }
  return Number(text);
}

/** How keys are to be written in a listing: as they are, or percent-encoded where the client asks for it. */
export function keyEncoding(query: URLSearchParams): (key: string) => string {
  const encoding = query.get('encoding-type') ?? '';
  if (encoding === '') {
    return (key) => key;
  }
  if (encoding !== 'url') {
    throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', encoding);
  }
  return encodePath;
}

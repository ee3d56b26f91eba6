import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** What a signature covers, and what routing needs: the request without its body. */
export interface RequestHead {
  readonly method: string;
  /** As it was sent, percent-encoded. */
  readonly rawPath: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

export function requestHead(request: IncomingMessage): RequestHead {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  return {
    method: request.method ?? 'GET',
    rawPath: mark < 0 ? url : url.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)),
    headers: request.headers,
  };
}

/** A header that comes once; Node joins the repeated ones of most names. */
export function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** As AWS encodes in signatures and listings: all but letters, digits and `-._~`. */
export function encodeRfc3986(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The same, leaving slashes as they are. */
export function encodePath(text: string): string {
  return text.split('/').map(encodeRfc3986).join('/');
}

/** `undefined` where the encoding is broken or the bytes are no UTF-8. */
export function decodePath(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // There is nothing to be found at such an address.
  }
}

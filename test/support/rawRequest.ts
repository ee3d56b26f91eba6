import { request, type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request with exactly this path and these headers: no client that tidies them. */
export async function rawRequest(
  endpoint: string,
  {
    method = 'GET',
    path = '/',
    headers = {},
    body,
  }: {
    readonly method?: string;
    readonly path?: string;
    readonly headers?: OutgoingHttpHeaders;
    readonly body?: string | Uint8Array;
  } = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(endpoint);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = request({ hostname, port, method, path, headers, agent: false }, resolve);
    outgoing.once('error', reject);
    outgoing.end(body);
  });
  const chunks: Uint8Array[] = [];
  for await (const chunk of response) {
    chunks.push(chunk as Uint8Array);
  }
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString('utf8') };
}

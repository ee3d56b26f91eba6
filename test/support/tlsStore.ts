import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selfSigned } from './selfSigned.js';

export interface TlsStore {
  readonly endpoint: string;
  /** PEM. */
  readonly certificate: string;
  stop(): Promise<void>;
}

/** A store that has nothing, over TLS with a certificate that nobody has heard of. */
export async function startTlsStore(): Promise<TlsStore> {
  const folder = await mkdtemp(join(tmpdir(), 'storage-tls-'));
  const { certificate, certificateFile, keyFile } = await selfSigned(folder, 'store', ['127.0.0.1']);
  const options = { cert: await readFile(certificateFile), key: await readFile(keyFile) };
  const empty = '<ListAllMyBucketsResult><Buckets></Buckets></ListAllMyBucketsResult>';
  const listener = createServer(options, (_, response) => response.end(empty));
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    endpoint: `https://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    certificate,
    async stop() {
      listener.closeAllConnections();
      listener.close();
      await rm(folder, { recursive: true });
    },
  };
}

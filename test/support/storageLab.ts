import { S3Client } from '@aws-sdk/client-s3';
import type { LocalServer } from '../../src/core/ports.js';
import type { Storage, StorageKeys } from '../../src/core/storage.js';
import { httpStorages } from '../../src/node/httpStorages.js';
import { type Clients, clientsOf } from './lab.js';
import { clientConfigOf } from './localServer.js';

/** A store elsewhere for tests: what the lab's S3 client and the server are told of it. */
export interface TestStore {
  readonly storage: Storage;
  readonly keys: StorageKeys;
  readonly s3: S3Client;
}

/** Another Local Ground Truth, of which only the S3 face is used. */
export function storeAt({ endpoint, region, accessKeyId, secretAccessKey }: LocalServer): TestStore {
  const keys = { accessKeyId, secretAccessKey };
  return {
    storage: { endpoint, region, addressing: 'path', keys: { kind: 'kept' } },
    keys,
    s3: new S3Client({ endpoint, region, credentials: keys, forcePathStyle: true }),
  };
}

/** Clients whose objects are in the store, and whose jobs are the server's. */
export function clientsWith(server: LocalServer, { s3 }: TestStore, session: string): Clients {
  const config = clientConfigOf(server);
  const credentials = { ...config.credentials, sessionToken: session };
  return { ...clientsOf({ ...config, credentials }), s3 };
}

/** Resolves to the session token. */
export async function giveStore(
  server: LocalServer,
  { storage, keys }: TestStore,
  given: { readonly keys?: StorageKeys | undefined } = { keys },
): Promise<string> {
  const { session } = await httpStorages(server).give(
    { storage, ...(given.keys && { keys: given.keys }) },
    new AbortController().signal,
  );
  return session;
}

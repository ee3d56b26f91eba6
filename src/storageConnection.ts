import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { mfaCodes } from './awsCredentials.js';
import { Failure } from './core/failure.js';
import type { Storage, StorageKeys } from './core/storage.js';
import { keptKeys } from './host/support/keptKeys.js';
import { fromHome } from './host/support/portalSharing.js';
import type { Connectors } from './host/support/switchableConnection.js';
import { resolveKeys } from './lateBundles.js';
import { httpStorages } from './node/httpStorages.js';
import { keepStorage } from './node/storageKeeper.js';

/** What a connection with a storage elsewhere needs of this machine's secrets, files and settings. */
export function storageConnection(secrets: vscode.SecretStorage): Pick<Connectors, 'openStorage'> {
  return {
    async openStorage(server, storage) {
      const certificateAuthorities = await readAuthorities();
      return keepStorage({
        storages: httpStorages(server),
        storage,
        ...(certificateAuthorities !== undefined && { certificateAuthorities }),
        resolve: (how) => keysOf(storage, secrets, how),
      });
    },
  };
}

async function keysOf(
  storage: Storage,
  secrets: vscode.SecretStorage,
  { mayAsk }: { readonly mayAsk: boolean },
): Promise<StorageKeys> {
  const { keys } = storage;
  const profile = keys.kind === 'profile' ? keys.profile : undefined;
  const asking = mayAsk ? { askMfaCode: mfaCodes.of(profile) } : {};
  switch (keys.kind) {
    case 'kept':
      return keptKeys(secrets).read(storage);
    case 'profile':
      return resolveKeys(keys.profile, asking);
    case 'environment':
      return resolveKeys(undefined, asking);
  }
}

async function readAuthorities(): Promise<string | undefined> {
  const path = vscode.workspace.getConfiguration('groundTruth').get('storage.certificateAuthorities', '').trim();
  if (path === '') {
    return undefined;
  }
  try {
    return await readFile(fromHome(path), 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure('storage.noAuthorities', { path, reason }, { cause: error });
  }
}

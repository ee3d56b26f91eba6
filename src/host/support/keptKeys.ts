import type * as vscode from 'vscode';
import { Failure } from '../../core/failure.js';
import { storageEndpoint, type StorageKeys, type StorageLocation } from '../../core/storage.js';

/** Access keys of storages elsewhere that the user has entered, one for each address, in the store of secrets alone. */
export interface KeptKeys {
  has(location: StorageLocation): Promise<boolean>;
  /** Fails with `storage.keysMissing` where none is kept. */
  read(location: StorageLocation): Promise<StorageKeys>;
  keep(location: StorageLocation, keys: StorageKeys): Promise<void>;
  forget(location: StorageLocation): Promise<void>;
}

export function keptKeys(secrets: vscode.SecretStorage): KeptKeys {
  return {
    has: async (location) => (await secrets.get(nameOf(location))) !== undefined,
    async read(location) {
      const keys = keysIn(await secrets.get(nameOf(location)));
      if (keys === undefined) {
        throw new Failure('storage.keysMissing', { endpoint: storageEndpoint(location) });
      }
      return keys;
    },
    async keep(location, keys) {
      await secrets.store(nameOf(location), JSON.stringify(keys));
    },
    forget: async (location) => secrets.delete(nameOf(location)),
  };
}

/** What cannot be read counts as not there: a parser's error would repeat a part of it. */
function keysIn(text: string | undefined): StorageKeys | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as StorageKeys); // Written by `keep` alone.
  } catch {
    return undefined;
  }
}

function nameOf(location: StorageLocation): string {
  return `storage ${storageEndpoint(location)}`;
}

import { Failure } from '../core/failure.js';
import type { LocalServer } from '../core/ports.js';
import type { Storage, StorageKeys } from '../core/storage.js';
import { ownerToken } from './ownerToken.js';
import { seal } from './sealed.js';
import { storagePath } from './storagePath.js';

/** What Local Ground Truth is told of a storage elsewhere that its labeling jobs shall use. */
interface GivenStorage {
  readonly storage: Storage;
  /** PEM: whom to trust beside the usual authorities. */
  readonly certificateAuthorities?: string;
  readonly keys?: StorageKeys;
}

/** What is in the way of a storage, as far as the server knows. */
interface StorageStanding {
  /** A sentence. */
  readonly problem?: string;
  /** Whether other keys would help. */
  readonly needsKeys?: boolean;
}

export interface LocalStorages {
  /** `session` is the session token that calls are signed with which mean this storage. The keys go sealed. */
  give(given: GivenStorage, signal: AbortSignal): Promise<StorageStanding & { readonly session: string }>;
  /** `undefined` where the server does not know the storage. */
  standing(session: string, signal: AbortSignal): Promise<StorageStanding | undefined>;
}

/** Storages elsewhere, as Local Ground Truth is told of them. */
export function httpStorages(server: LocalServer): LocalStorages {
  const { endpoint } = server;
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    try {
      const headers = { authorization: `Bearer ${ownerToken(server)}` };
      return await fetch(`${endpoint}${storagePath}${path}`, { ...init, headers });
    } catch (error) {
      init.signal?.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      throw new Failure('aws.unreachable', { endpoint, reason }, { cause: error });
    }
  };
  return {
    async give(given, signal) {
      const response = await ask('', { method: 'POST', body: seal(server, JSON.stringify(given)), signal });
      if (!response.ok) {
        const reason = (await response.text()).slice(0, 200).trim();
        throw new Failure('aws.refused', {
          action: 'Using a storage elsewhere',
          name: String(response.status),
          reason,
        });
      }
      return (await response.json()) as StorageStanding & { readonly session: string };
    },
    async standing(session, signal) {
      const response = await ask(`/${session}`, { signal });
      return response.ok ? ((await response.json()) as StorageStanding) : undefined;
    },
  };
}

import { timingSafeEqual } from 'node:crypto';
import type { JsonObject, JsonValue } from '../../core/json.js';
import { isObject } from '../../core/json.js';
import { endpointProblem, type KeySource, type Storage, type StorageKeys } from '../../core/storage.js';
import { ownerToken } from '../../node/ownerToken.js';
import { unseal } from '../../node/sealed.js';
import { storagePath } from '../../node/storagePath.js';
import { requestHead } from '../http/incoming.js';
import { type Reply, sendReply } from '../http/reply.js';
import { collect } from '../http/requestBody.js';
import type { Identity, PathHandler } from '../http/services.js';
import type { GivenStorage, Storages } from './storages.js';

const longestBody = 1024 * 1024;

/**
 * For whoever has the data folder's key. `POST` gives a storage and its keys, sealed, and is answered with the session
 * token that means it; `GET <token>` tells what is in its way.
 */
export function storageHandler(storages: Storages, identity: Identity): PathHandler {
  const expected = Buffer.from(`Bearer ${ownerToken(identity)}`);
  return {
    path: storagePath,
    async handle(request, response) {
      const given = Buffer.from(request.headers.authorization ?? '');
      const isOwner = given.length === expected.length && timingSafeEqual(given, expected);
      const { method, rawPath } = requestHead(request);
      const body = await collect(request, longestBody);
      const id = rawPath.slice(storagePath.length + 1);
      await sendReply(
        request,
        response,
        !isOwner
          ? textReply(403, 'This needs the key of the data folder.')
          : method === 'POST' && id === ''
            ? giveReply(storages, unseal(identity, body.toString()))
            : method === 'GET' && storages.has(id)
              ? jsonReply(standing(storages, id))
              : textReply(404, 'There is no such storage.'),
      );
    },
  };
}

function giveReply(storages: Storages, text: string | undefined): Reply {
  const given = text === undefined ? undefined : givenStorage(parsed(text));
  if (given === undefined) {
    return textReply(400, 'This is no storage that was sealed with the key of the data folder.');
  }
  const session = storages.give(given);
  return jsonReply({ session, ...standing(storages, session) });
}

function standing(storages: Storages, id: string): JsonObject {
  const problem = storages.problem(id);
  return problem === undefined ? {} : { problem: problem.message, needsKeys: problem.needsKeys };
}

/** `undefined` where it is not what it should be. */
function givenStorage(value: JsonValue | undefined): GivenStorage | undefined {
  const storage = isObject(value) ? storageOf(value['storage']) : undefined;
  if (storage === undefined || !isObject(value)) {
    return undefined;
  }
  const { certificateAuthorities } = value;
  const keys = keysOf(value['keys']);
  return {
    storage,
    ...(typeof certificateAuthorities === 'string' && { certificateAuthorities }),
    ...(keys && { keys }),
  };
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined; // Refused as what it is not.
  }
}

function storageOf(value: JsonValue | undefined): Storage | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  const { endpoint, region, addressing } = value;
  const keys = keySourceOf(value['keys']);
  if (
    !(endpoint === undefined || (typeof endpoint === 'string' && endpointProblem(endpoint) === undefined)) ||
    typeof region !== 'string' ||
    !(addressing === 'path' || addressing === 'virtualHosted') ||
    keys === undefined
  ) {
    return undefined;
  }
  return { ...(endpoint !== undefined && { endpoint }), region, addressing, keys };
}

function keySourceOf(value: JsonValue | undefined): KeySource | undefined {
  const { kind, profile } = isObject(value) ? value : {};
  switch (kind) {
    case 'profile':
      return typeof profile === 'string' ? { kind, profile } : undefined;
    case 'environment':
    case 'kept':
      return { kind };
    default:
      return undefined;
  }
}

function keysOf(value: JsonValue | undefined): StorageKeys | undefined {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = isObject(value) ? value : {};
  if (typeof accessKeyId !== 'string' || typeof secretAccessKey !== 'string') {
    return undefined;
  }
  return {
    accessKeyId,
    secretAccessKey,
    ...(typeof sessionToken === 'string' && { sessionToken }),
    ...(typeof expiration === 'string' && { expiration: new Date(expiration) }),
  };
}

function jsonReply(value: JsonObject): Reply {
  return {
    status: 200,
    headers: { ...commonHeaders, 'content-type': 'application/json' },
    body: JSON.stringify(value),
  };
}

function textReply(status: number, message: string): Reply {
  return { status, headers: { ...commonHeaders, 'content-type': 'text/plain' }, body: `${message}\n` };
}

const commonHeaders = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

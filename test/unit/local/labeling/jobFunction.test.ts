import assert from 'node:assert/strict';
import { FunctionFailure } from '../../../../src/local/functions/labelingFunctions.js';
import { callFunction } from '../../../../src/local/labeling/jobFunction.js';
import { StorageAway } from '../../../../src/local/remote/storageAway.js';
import { MemoryFunctions } from '../../../support/memoryFunctions.js';
import { MemoryObjects } from '../../../support/memoryObjects.js';

describe('a function of a job that fails', () => {
  const failed = new FunctionFailure('it could not read its payload');
  const away = new StorageAway('unreachable', 'The storage cannot be reached.');
  const functions = new MemoryFunctions();
  const arn = functions.add('fails', () => Promise.reject(failed));
  const objects = new MemoryObjects();

  for (const [name, problem, expected] of [
    ['has failed where its storage can be used', undefined, failed],
    ['is waited with while its storage is away', away, away],
  ] as const) {
    it(name, async () => {
      const storages = { has: () => true, of: () => objects, problem: () => problem };
      const calling = callFunction({ functions, storages }, { storage: 'storage-1' }, { arn, event: {} });
      await assert.rejects(calling, expected);
    });
  }
});

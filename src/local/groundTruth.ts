import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import type { Clock } from './clock.js';
import { cognitoService } from './cognito/cognitoService.js';
import { folderOutbox } from './cognito/outbox.js';
import type { Identity, JsonService, PathHandler, QueryService } from './http/services.js';
import { iamService } from './iam/iamService.js';
import { LabelingEngine } from './labeling/engine.js';
import { portalHandler } from './portal/portalHandler.js';
import { humanTaskUiHandler } from './sagemaker/humanTaskUiAddress.js';
import { sageMakerService } from './sagemaker/sageMakerService.js';
import { createTables } from './schema.js';
import { GroupCommit } from './store/groupCommit.js';
import type { ObjectStorage } from './store/objectStorage.js';
import { stsService } from './sts/stsService.js';

export interface GroundTruthDependencies {
  readonly database: DatabaseSync;
  readonly objects: ObjectStorage;
  readonly identity: Identity;
  readonly clock: Clock;
  /** The outbox for invitations lies in it. */
  readonly dataFolder: string;
  /** The worker portal's address; known once the server listens. */
  readonly portalUrl: () => string;
  readonly log: (line: string) => void;
}

/** All of Ground Truth but S3: its services, the labeling engine and the worker portal. */
export interface GroundTruth {
  readonly jsonServices: readonly JsonService[];
  readonly queryServices: readonly QueryService[];
  readonly pathHandlers: readonly PathHandler[];
  /** Takes up the labeling jobs where the last run left them. */
  start(): void;
  /** Resolves when nothing is being written any more. */
  stop(): Promise<void>;
}

export function createGroundTruth({
  database,
  objects,
  identity,
  clock,
  dataFolder,
  portalUrl,
  log,
}: GroundTruthDependencies): GroundTruth {
  createTables(database);
  const engine = new LabelingEngine({ database, objects, identity, clock, log });
  const wake = (jobId: number): void => engine.wake(jobId);
  // Requests that are ready in the same turn of the loop have all been read when the next one begins.
  const commits = new GroupCommit(database, async () => setImmediate());
  const outbox = folderOutbox(join(dataFolder, 'outbox'));
  return {
    jsonServices: [
      sageMakerService({ database, objects, identity, clock, wake, portalUrl }),
      cognitoService({ database, identity, clock, outbox }),
    ],
    queryServices: [stsService(identity), iamService({ database, identity, clock })],
    pathHandlers: [
      portalHandler({ database, identity, clock, wake, log, commit: async (change) => commits.run(change) }),
      humanTaskUiHandler({ database, identity, clock }),
    ],
    start: () => engine.start(),
    async stop() {
      await commits.idle();
      await engine.stop();
    },
  };
}

import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from './clock.js';
import type { Identity, JsonService, PathHandler, QueryService } from './http/services.js';
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

export function createGroundTruth({ identity }: GroundTruthDependencies): GroundTruth {
  return {
    jsonServices: [],
    queryServices: [stsService(identity)],
    pathHandlers: [],
    start() {},
    stop: async () => {},
  };
}

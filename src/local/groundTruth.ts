import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { parseObjectAddress } from '../core/s3Uri.js';
import type { Clock } from './clock.js';
import { cognitoService } from './cognito/cognitoService.js';
import { folderOutbox } from './cognito/outbox.js';
import { LocalFunctions } from './functions/localFunctions.js';
import type { Identity, JsonService, PathHandler, QueryService } from './http/services.js';
import { iamService } from './iam/iamService.js';
import { LabelingEngine } from './labeling/engine.js';
import { EventLog } from './labeling/eventLog.js';
import { MaskThread } from './labeling/maskThread.js';
import type { PageFiles } from './portal/pageFiles.js';
import { memberHandler } from './portal/memberHandler.js';
import { portalHandler } from './portal/portalHandler.js';
import { humanTaskUiHandler } from './sagemaker/humanTaskUiAddress.js';
import { storageHandler } from './remote/storageHandler.js';
import { Storages } from './remote/storages.js';
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
  /** The outbox for invitations and the log of labeling events lie in it, and the file that names functions. */
  readonly dataFolder: string;
  /** The program of the threads that run functions of custom labeling jobs. */
  readonly functionProgram: string;
  /** The program of the thread that works on masks. */
  readonly maskProgram: string;
  /** The server's address, and the worker portal's; known once the server listens. */
  readonly endpoint: () => string;
  readonly portalUrl: () => string;
  readonly pageFiles: () => Promise<PageFiles>;
  readonly log: (line: string) => void;
}

/** All of Ground Truth but S3: its services, the labeling engine and the worker portal. */
export interface GroundTruth {
  readonly jsonServices: readonly JsonService[];
  readonly queryServices: readonly QueryService[];
  readonly pathHandlers: readonly PathHandler[];
  /** The one of them that workers use. */
  readonly portal: PathHandler;
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
  functionProgram,
  maskProgram,
  endpoint,
  portalUrl,
  pageFiles,
  log,
}: GroundTruthDependencies): GroundTruth {
  createTables(database);
  const storages = new Storages({ database, clock, own: objects, onBack: (storage) => engine.wakeOf(storage) });
  const functions = new LocalFunctions({
    file: join(dataFolder, 'functions.json'),
    program: functionProgram,
    environment: () => sdkEnvironment(identity, endpoint()),
    readObject: async (uri, storage) => readObject(storages.of(storage), uri),
    clock,
    log,
  });
  const masks = new MaskThread(maskProgram, clock);
  const events = new EventLog({ database, identity, clock, file: join(dataFolder, 'labeling-events.jsonl'), log });
  const engine = new LabelingEngine({
    database,
    storages,
    functions,
    masks,
    identity,
    clock,
    log,
    onStep: () => events.wake(),
  });
  const wake = (jobId: number): void => engine.wake(jobId);
  // Requests that are ready in the same turn of the loop have all been read when the next one begins.
  const commits = new GroupCommit(database, async () => setImmediate());
  const commit = async <T>(change: () => T): Promise<T> => {
    const result = await commits.run(change);
    events.wake();
    return result;
  };
  const portal = portalHandler({ database, storages, masks, identity, clock, wake, commit, pageFiles, log });
  const outbox = folderOutbox(join(dataFolder, 'outbox'));
  return {
    jsonServices: [
      sageMakerService({
        database,
        storages,
        functions,
        identity,
        clock,
        wake,
        waitingFor: (job) => engine.waitingFor(job),
        portalUrl,
      }),
      cognitoService({ database, identity, clock, outbox }),
    ],
    queryServices: [stsService(identity), iamService({ database, identity, clock })],
    pathHandlers: [
      portal,
      storageHandler(storages, identity),
      memberHandler({ database, identity, clock, wake }),
      humanTaskUiHandler({ database, identity, clock }),
    ],
    portal,
    start() {
      engine.start();
      events.wake(); // Of what happened last before the server was killed.
    },
    async stop() {
      await commits.idle();
      const engineStops = engine.stop();
      functions.stop();
      masks.dispose();
      await engineStops;
      storages.dispose();
      await events.stop();
    },
  };
}

async function readObject(objects: ObjectStorage, uri: string): Promise<Uint8Array> {
  const address = parseObjectAddress(uri);
  if (address === undefined) {
    throw new Error(`"${uri}" is no S3 URI.`);
  }
  return (await objects.read(address.bucket, address.key)).bytes;
}

function sdkEnvironment(identity: Identity, endpoint: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: identity.region,
    AWS_DEFAULT_REGION: identity.region,
    AWS_ACCESS_KEY_ID: identity.accessKeyId,
    AWS_SECRET_ACCESS_KEY: identity.secretAccessKey,
  };
}

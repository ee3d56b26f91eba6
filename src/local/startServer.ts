import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { systemClock, type Clock } from './clock.js';
import { identityOf, makeDataFolder, recordedServer, recordServer, type ServerRecord } from './dataFolder.js';
import { createDispatcher } from './http/dispatcher.js';
import { Ending } from './ending.js';
import type { FaultRule } from './faults/faultRule.js';
import { checkOperations, type KnownOperations } from './faults/faultsFile.js';
import { FaultyCalls } from './faults/faultyCalls.js';
import { createGroundTruth, type GroundTruth } from './groundTruth.js';
import { Idleness } from './idleness.js';
import { close, listen, portOf } from './listening.js';
import { pageFilesIn } from './portal/pageFiles.js';
import { portalPath } from './portal/portalPath.js';
import { canonicalId, privateAcl } from './s3/acl.js';
import { operationNames } from './s3/operationNames.js';
import { S3Service } from './s3/s3Service.js';
import { createSharedPortal, type SharedListener } from './sharedPortal.js';
import { isBusy, openDatabase } from './store/database.js';
import { localObjectStorage } from './store/localObjectStorage.js';
import { S3Store } from './store/s3Store.js';

export interface ServerOptions {
  readonly dataFolder: string;
  /** 0: the port of the last time, where it is free, else any. */
  readonly port: number;
  readonly region: string;
  /** The program of the threads that run functions of custom labeling jobs: `functionThread`, beside the server's. */
  readonly functionProgram: string;
  /** The program of the thread that works on masks: `maskProgram`, beside it. */
  readonly maskProgram: string;
  /** Called once, after so many minutes without a request. */
  readonly idle?: { readonly minutes: number; readonly onIdle: () => void };
  readonly clock?: Clock;
  /** What goes wrong, as a faults file says it; `RunningServer.setFaults` changes it. */
  readonly faults?: readonly FaultRule[];
  /** The folder with the files of the portal's page, as the build made them. */
  readonly pageFolder: string;
  readonly shared?: SharedListener | undefined;
  readonly log: (line: string) => void;
}

export interface RunningServer {
  readonly record: ServerRecord;
  /** From now on these faults, counted from the start, and no others. */
  readonly setFaults: (rules: readonly FaultRule[]) => void;
  /** Answers what is under way, then lets go of the folder. */
  stop(): Promise<void>;
}

/** The folder is in use; `holder` is who has it, as far as can be told. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse';
  readonly holder: { readonly endpoint: string; readonly pid: number } | undefined;

  constructor(folder: string, holder: { readonly endpoint: string; readonly pid: number } | undefined) {
    const who = holder === undefined ? 'another server' : `the server at ${holder.endpoint} (process ${holder.pid})`;
    super(`The data folder "${folder}" is in use by ${who}.`);
    this.holder = holder;
  }
}

const host = '127.0.0.1';
const keepAliveMs = 65_000;

/** Starts Local Ground Truth on a data folder; resolves when it answers. */
export async function startServer({
  port,
  region,
  functionProgram,
  maskProgram,
  idle,
  clock = systemClock,
  pageFolder,
  shared,
  faults = [],
  log,
  ...options
}: ServerOptions): Promise<RunningServer> {
  const dataFolder = resolve(options.dataFolder);
  await makeDataFolder(dataFolder);
  const holder = await recordedServer(dataFolder, log);
  const database = openRecords(dataFolder, holder);
  const ending = new Ending(log);
  ending.add(() => database.close());
  try {
    const identity = await identityOf(dataFolder, region);
    const store = await S3Store.open(dataFolder, database, log);
    ending.add(async () => store.settle());
    const ownerId = canonicalId(identity.accountId);
    const instance = randomUUID();
    const server = createServer({ keepAliveTimeout: keepAliveMs, requestTimeout: 0 });
    const endpoint = (): string => `http://${host}:${portOf(server)}`;
    const portal = (): string => `${endpoint()}${portalPath}`;
    const objects = localObjectStorage(store, clock, privateAcl(ownerId));
    const groundTruth = createGroundTruth({
      database,
      objects,
      identity,
      clock,
      dataFolder,
      functionProgram,
      maskProgram,
      endpoint,
      portalUrl: portal,
      pageFiles: pageFilesIn(pageFolder),
      log,
    });
    const others = shared && (await createSharedPortal(shared, groundTruth.portal, log));
    const guard = new FaultyCalls({ identity, clock, log });
    const operations = operationsOf(groundTruth);
    const setFaults = (rules: readonly FaultRule[]) => {
      checkOperations(rules, operations);
      guard.use(rules);
    };
    setFaults(faults);
    const dispatch = createDispatcher({
      ...groundTruth,
      s3: new S3Service({ store, identity, ownerId, clock, guard, log }),
      health: { name: 'local-ground-truth', instance, pid: process.pid },
      port: () => portOf(server),
      identity,
      guard,
      log,
    });
    server.on('request', dispatch);
    // With a listener of its own, Node leaves it to the operation when, and whether, the client shall send its body.
    server.on('checkContinue', dispatch);
    const idleness = idle === undefined ? undefined : new Idleness([server, ...(others ? [others.server] : [])], idle);
    ending.add(async () => groundTruth.stop());
    await listen(server, { address: host, ports: port === 0 ? [lastPort(holder), 0] : [port] });
    ending.add(async () => close(server));
    const sharedPortal = await others?.listen();
    ending.add(async () => others?.close());
    const record: ServerRecord = {
      endpoint: endpoint(),
      region,
      accountId: identity.accountId,
      accessKeyId: identity.accessKeyId,
      secretAccessKey: identity.secretAccessKey,
      portal: portal(),
      ...(sharedPortal !== undefined && { sharedPortal }),
      pid: process.pid,
      instance,
    };
    groundTruth.start();
    await recordServer(dataFolder, record);
    ending.add(() => idleness?.dispose());
    idleness?.begin(); // Not earlier: who ends the server when it is idle needs one that has started.
    return { record, setFaults, stop: async () => ending.run() };
  } catch (error) {
    await ending.run();
    throw error;
  }
}

function operationsOf({ jsonServices, queryServices }: GroundTruth): KnownOperations {
  const others = [...jsonServices, ...queryServices].map(
    ({ signingName, operations }) => [signingName, Object.keys(operations)] as const,
  );
  return new Map([['s3', operationNames], ...others]);
}

function openRecords(
  dataFolder: string,
  holder: { readonly endpoint: string; readonly pid: number } | undefined,
): ReturnType<typeof openDatabase> {
  try {
    return openDatabase(join(dataFolder, 'records.sqlite'));
  } catch (error) {
    if (isBusy(error)) {
      throw new DataFolderInUse(dataFolder, holder);
    }
    throw error;
  }
}

function lastPort(holder: { readonly endpoint: string } | undefined): number {
  return holder === undefined ? 0 : Number(new URL(holder.endpoint).port);
}

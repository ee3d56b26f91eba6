import { performance } from 'node:perf_hooks';
import { DescribeLabelingJobCommand } from '@aws-sdk/client-sagemaker';
import type { PortalJob, PortalTask } from '../../src/core/portal/workerPortal.js';
import { clientsOf, PortalUser } from './lab.js';
import { spawnTestServer, type ServerProcess } from './localServer.js';
import { evenCat } from './preparedLab.js';

export interface TeamOptions {
  readonly server: ServerProcess;
  readonly users: readonly PortalUser[];
  readonly job: string;
  /** After how many acknowledged answers the server is killed with SIGKILL, and started again. */
  readonly killsAfter: readonly number[];
}

export interface TeamWork {
  /** The server as it is at the end. */
  readonly server: ServerProcess;
  /** `<object> <worker id>` of each answer that the server acknowledged, in order. */
  readonly acknowledged: readonly string[];
  /** Counters that did not add up, or went back. */
  readonly wrongCounters: readonly string[];
  readonly counterReads: number;
  readonly kills: number;
  readonly seconds: number;
  /** From asking for the next task to having it accepted, in milliseconds. */
  readonly nextTaskMs: readonly number[];
}

/** How long somebody who has nothing to do waits before they look again. */
const idleMs = 100;

/** Has all users label at once, over HTTP, until the job has ended; the server may die on the way. Even objects are cats. */
export async function workAsTeam(options: TeamOptions): Promise<TeamWork> {
  const team = new Team(options);
  const startedAt = performance.now();
  await Promise.all([team.watch(), ...options.users.map(async ({ session }) => team.work(session))]);
  const { acknowledged, wrongCounters, counterReads, kills, nextTaskMs } = team;
  const seconds = (performance.now() - startedAt) / 1_000;
  return { server: await team.running, acknowledged, wrongCounters, counterReads, kills, seconds, nextTaskMs };
}

class Team {
  readonly acknowledged: string[] = [];
  readonly wrongCounters: string[] = [];
  readonly nextTaskMs: number[] = [];
  counterReads = 0;
  kills = 0;
  /** The server that is there, or the one that is starting. */
  running: Promise<ServerProcess>;
  readonly #job: string;
  readonly #killsAfter: Set<number>;
  #hasEnded = false;

  constructor({ server, job, killsAfter }: TeamOptions) {
    this.running = Promise.resolve(server);
    this.#job = job;
    this.#killsAfter = new Set(killsAfter);
  }

  async work(session: PortalUser['session']): Promise<void> {
    await this.#untilEnded(async (server) => {
      const user = new PortalUser(server.portal, session);
      for (const { jobReferenceCode } of await user.ask<PortalJob[]>('GET /api/jobs')) {
        while (await this.#labelNext(user, jobReferenceCode)) {
          // One after the other.
        }
      }
    });
  }

  /** Looks at the job's counters again and again. */
  async watch(): Promise<void> {
    let labeled = 0;
    let objects: number | undefined;
    await this.#untilEnded(async (server) => {
      const { sageMaker } = clientsOf(server.clientConfig);
      const { LabelCounters: counters = {}, LabelingJobStatus: status = '' } = await sageMaker.send(
        new DescribeLabelingJobCommand({ LabelingJobName: this.#job }),
      );
      const { TotalLabeled = 0, FailedNonRetryableError: failed = 0, Unlabeled = 0 } = counters;
      const total = TotalLabeled + failed + Unlabeled;
      if (status !== 'Initializing') {
        objects ??= total; // All are there once the manifest has been read.
        this.counterReads += 1;
        if (TotalLabeled < labeled || total !== objects) {
          this.wrongCounters.push(`${status} ${JSON.stringify(counters)}`);
        }
      }
      labeled = TotalLabeled;
      this.#hasEnded = ['Completed', 'Stopped', 'Failed'].includes(status);
    });
  }

  async #untilEnded(step: (server: ServerProcess) => Promise<void>): Promise<void> {
    while (!this.#hasEnded) {
      try {
        await step(await this.running);
      } catch (error) {
        requireBrokenOff(error);
      }
      await new Promise((done) => {
        setTimeout(done, idleMs);
      });
    }
  }

  /** Tells whether there was a task. */
  async #labelNext(user: PortalUser, reference: string): Promise<boolean> {
    const object = await labelOnce(user, reference, (ms) => this.nextTaskMs.push(ms));
    if (object === undefined) {
      return false;
    }
    this.acknowledged.push(`${object} ${user.session.workerId}`);
    if (this.#killsAfter.delete(this.acknowledged.length)) {
      this.kills += 1;
      this.running = this.running.then(killAndStart);
    }
    return true;
  }
}

/** Resolves to the object that was labeled, once its answer is acknowledged; `undefined` where there was none to label. */
export async function labelOnce(
  user: PortalUser,
  reference: string,
  onNextTask: (ms: number) => void,
): Promise<string | undefined> {
  const askedAt = performance.now();
  const [task] = await user.ask<PortalTask[]>(`POST /api/jobs/${reference}/tasks`, { count: 2 });
  if (task === undefined) {
    return undefined;
  }
  await user.ask(`POST /api/tasks/${task.taskId}/accept`, {});
  onNextTask(performance.now() - askedAt);
  const answerContent = { 'crowd-image-classifier': { label: evenCat(task) } };
  await user.ask(`POST /api/tasks/${task.taskId}/answer`, { answerContent });
  return task.datasetObjectId;
}

async function killAndStart(server: ServerProcess): Promise<ServerProcess> {
  await server.kill();
  return spawnTestServer({ dataFolder: server.dataFolder });
}

/** The connection broke, or the task went to another: whatever it was, the work goes on. Anything else is a defect. */
function requireBrokenOff(error: unknown): void {
  const text = error instanceof Error ? `${error.message} ${String(error.cause)}` : String(error);
  if (!/fetch failed|terminated|TaskGone|ECONN|EPIPE|socket/u.test(text)) {
    throw error;
  }
}

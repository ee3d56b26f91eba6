import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { DescribeLabelingJobCommand, ListLabelingJobsCommand } from '@aws-sdk/client-sagemaker';
import type { PortalTask } from '../../src/core/portal/workerPortal.js';
import { type Clients, clientsOf, type PortalUser } from '../support/lab.js';
import { builtServer, deleteDataFolder, spawnTestServer } from '../support/localServer.js';
import { evenCat } from '../support/preparedLab.js';
import { createTeamJob, prepareTeam, type TeamJob } from '../support/teamJob.js';
import { startAnswerKeeper } from './answerKeeper.js';
import { firstTask, mostMegabytes } from './labelingServer.js';
import { type Measure, percentile, rounded, timed } from './measure.js';

const job: TeamJob = { bucket: 'large', job: 'Large', objects: 100_000, workers: 20, workersPerObject: 1 };
/** Long enough for several batches, and for the manifest to be written in between. */
const labeledMs = 60_000;
const peerMs = 10_000;
/** Fast workers: an answer every third of a second. */
const betweenAnswersMs = 300;
const answersBetweenLists = 10;
/** An explorer that is looked at more than anybody does. */
const betweenLooksMs = 250;
/** The explorer asks again and again; a worker's next task is fetched ahead, and what changes something waits for the disk. */
const goalsMs = { ListLabelingJobs: 50, DescribeLabelingJob: 50, 'portal jobs': 50, 'next task': 100, submit: 100 };
const goalMegabytes = 500;

/** Milliseconds that each kind of request took, time after time. */
type Times = Readonly<Record<keyof typeof goalsMs, number[]>>;

interface Asked {
  readonly clients: Pick<Clients, 'sageMaker'>;
  readonly users: readonly PortalUser[];
  readonly reference: string;
}

/**
 * What the explorer and the labeling portal ask while twenty workers label a job of a hundred thousand objects, and the
 * most memory that the server has had. The peer is a server that only keeps answers, asked in the same way.
 */
export async function bench(): Promise<readonly Measure[]> {
  const ours = await measureOurs();
  const peers = await measurePeer();
  const requests = Object.keys(ours.times) as (keyof Times)[];
  return requests.map((request) => {
    const [own, others] = [ours.times[request], peers[request]];
    const p95 = percentile(own, 0.95);
    const peerP95 = percentile(others, 0.95);
    const goalMs = goalsMs[request];
    return {
      bench: 'labelingLarge',
      request,
      oursMs: rounded(p95),
      peer: 'a server that only keeps answers',
      peerMs: rounded(peerP95),
      ratio: rounded(p95 / peerP95),
      oursMedianMs: rounded(percentile(own, 0.5)),
      peerMedianMs: rounded(percentile(others, 0.5)),
      requests: own.length,
      objects: job.objects,
      workers: job.workers,
      megabytes: rounded(ours.megabytes),
      machineLoad: rounded((loadavg()[0] ?? 0) / availableParallelism()),
      goalMs,
      goalMegabytes,
      isGoalMet: p95 <= goalMs && ours.megabytes <= goalMegabytes,
    };
  });
}

async function measureOurs(): Promise<{ readonly times: Times; readonly megabytes: number }> {
  const server = await spawnTestServer({ program: builtServer });
  try {
    const clients = clientsOf(server.clientConfig);
    const team = await prepareTeam(server, job);
    const [user] = team.users;
    if (user === undefined) {
      throw new Error('Nobody is there to label.');
    }
    await createTeamJob(clients, job, team);
    const reference = await firstTask(user);
    const times = await askFor(labeledMs, { clients, users: team.users, reference });
    return { times, megabytes: await mostMegabytes(server) };
  } finally {
    await server.end();
    await deleteDataFolder(server.dataFolder);
  }
}

async function measurePeer(): Promise<Times> {
  const keeper = await startAnswerKeeper();
  try {
    const clients = clientsOf({
      endpoint: keeper.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
      forcePathStyle: true,
    });
    const users = Array.from({ length: job.workers }, () => keeper.user);
    return await askFor(peerMs, { clients, users, reference: 'x' });
  } finally {
    await keeper.end();
  }
}

async function askFor(ms: number, { clients: { sageMaker }, users, reference }: Asked): Promise<Times> {
  const times: Times = {
    ListLabelingJobs: [],
    DescribeLabelingJob: [],
    'portal jobs': [],
    'next task': [],
    submit: [],
  };
  const endsAt = performance.now() + ms;
  const untilTheEnd = async (step: (round: number) => Promise<void>): Promise<void> => {
    for (let round = 0; performance.now() < endsAt; round += 1) {
      await step(round);
    }
  };
  const look = async (): Promise<void> => {
    times.ListLabelingJobs.push(await timed(() => sageMaker.send(new ListLabelingJobsCommand({}))));
    const describe = new DescribeLabelingJobCommand({ LabelingJobName: job.job });
    times.DescribeLabelingJob.push(await timed(() => sageMaker.send(describe)));
    await pause(betweenLooksMs);
  };
  const work = async (user: PortalUser, round: number): Promise<void> => {
    if (round % answersBetweenLists === 0) {
      times['portal jobs'].push(await timed(() => user.ask('GET /api/jobs')));
    }
    let task: PortalTask | undefined;
    const nextTaskMs = await timed(async () => {
      [task] = await user.ask<PortalTask[]>(`POST /api/jobs/${reference}/tasks`, { count: 2 });
      if (task !== undefined) {
        await user.ask(`POST /api/tasks/${task.taskId}/accept`, {});
      }
    });
    await pause(betweenAnswersMs);
    if (task !== undefined) {
      const { taskId } = task;
      const answerContent = { 'crowd-image-classifier': { label: evenCat(task) } };
      times['next task'].push(nextTaskMs);
      times.submit.push(await timed(() => user.ask(`POST /api/tasks/${taskId}/answer`, { answerContent })));
    }
  };
  await Promise.all([untilTheEnd(look), ...users.map(async (user) => untilTheEnd(async (round) => work(user, round)))]);
  return times;
}

import { availableParallelism, loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import { clientsOf } from '../support/lab.js';
import { deleteDataFolder, spawnTestServer } from '../support/localServer.js';
import { labelOnce, workAsTeam } from '../support/teamAtWork.js';
import { createTeamJob, prepareTeam, problemsOf } from '../support/teamJob.js';
import { startAnswerKeeper } from './answerKeeper.js';
import { type Measure, percentile, rounded } from './measure.js';

const job = { bucket: 'load', job: 'Load', objects: 10_000, workers: 50, workersPerObject: 3 };
const kills = 20;
const answers = job.objects * job.workersPerObject;
/** As many are enough to compare with. */
const peerAnswers = 5_000;

/**
 * Fifty workers label ten thousand pictures three times over, at once and over HTTP, while the server is killed twenty
 * times; then every answer is looked for. The peer is a server that only keeps answers, asked in the same way.
 */
export async function bench(): Promise<readonly Measure[]> {
  const first = await spawnTestServer();
  const team = await prepareTeam(first, job);
  await createTeamJob(clientsOf(first.clientConfig), job, team);
  const { users } = team;
  const killsAfter = Array.from({ length: kills }, (_, index) => Math.floor(((index + 0.5) * answers) / kills));
  const work = await workAsTeam({ server: first, users, job: job.job, killsAfter });
  const problems = await problemsOf(work, job);
  await work.server.end();
  await deleteDataFolder(first.dataFolder);
  const peer = await measurePeer();
  const oursMs = percentile(work.nextTaskMs, 0.95);
  const peerMs = percentile(peer.nextTaskMs, 0.95);
  return [
    {
      bench: 'labelingLoad',
      oursMs: rounded(oursMs),
      peer: 'a server that only keeps answers',
      peerMs: rounded(peerMs),
      ratio: rounded(oursMs / peerMs),
      oursMedianMs: rounded(percentile(work.nextTaskMs, 0.5)),
      peerMedianMs: rounded(percentile(peer.nextTaskMs, 0.5)),
      answersPerSecond: rounded(work.acknowledged.length / work.seconds),
      peerAnswersPerSecond: rounded(peerAnswers / peer.seconds),
      answers: work.acknowledged.length,
      kills: work.kills,
      counterReads: work.counterReads,
      machineLoad: rounded((loadavg()[0] ?? 0) / availableParallelism()),
      problems: problems.slice(0, 10).join('; '),
      isGoalMet: problems.length === 0 && work.kills === kills,
    },
  ];
}

async function measurePeer(): Promise<{ readonly seconds: number; readonly nextTaskMs: readonly number[] }> {
  const keeper = await startAnswerKeeper();
  const nextTaskMs: number[] = [];
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: job.workers }, async () => {
      while (nextTaskMs.length < peerAnswers) {
        await labelOnce(keeper.user, 'x', (ms) => nextTaskMs.push(ms));
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  await keeper.end();
  return { seconds, nextTaskMs };
}

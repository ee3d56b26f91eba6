import type { DatabaseSync } from 'node:sqlite';
import { parseInputLine } from '../../core/manifest/inputManifestLine.js';
import type { Clock } from '../clock.js';
import { query, run } from '../records.js';
import { inTransaction } from '../store/database.js';
import type { ObjectStorage } from '../store/objectStorage.js';
import { objectCounts, totalObjects } from './counters.js';
import { failureMetadata } from './failures.js';
import { imageProblem } from './imageCheck.js';
import { changeOutput, type Job, type ObjectRow } from './jobRecords.js';

interface BatchDependencies {
  readonly database: DatabaseSync;
  readonly objects: ObjectStorage;
  readonly clock: Clock;
}

type Candidate = Pick<ObjectRow, 'id'>;

const checksAtOnce = 16;

/**
 * Opens the next objects to the workers, at most as many as the job lets be worked on at a time. Those that cannot be
 * shown fail and do not count. Resolves to `false` where nothing is left to open: the job is done.
 */
export async function openNextBatch({ database, objects, clock }: BatchDependencies, job: Job): Promise<boolean> {
  const size = Math.min(job.batchSize, roomUntilStop(database, job));
  const candidates = query<Candidate>(
    database,
    `SELECT id FROM labeling_objects WHERE job = ? AND state = 'pending' ORDER BY id LIMIT ?`,
  ).all(job.id, Math.max(size, 0));
  if (candidates.length === 0) {
    return false;
  }
  const problems = await problemsOf({ database, objects }, job, candidates);
  const now = clock.now();
  inTransaction(database, () => {
    run(database, 'UPDATE labeling_jobs SET iteration = iteration + 1 WHERE id = ?', job.id);
    changeOutput(database, job, now);
    candidates.forEach(({ id }, index) => {
      const problem = problems[index];
      run(
        database,
        'UPDATE labeling_objects SET state = ?, wanted = ?, iteration = ?, opened_at = ?, metadata = ? WHERE job = ? AND id = ?',
        problem === undefined ? 'open' : 'failed',
        problem === undefined ? job.workersPerObject : 0,
        job.iteration + 1,
        now.getTime(),
        problem === undefined ? null : JSON.stringify(failureMetadata(problem)),
        job.id,
        id,
      );
    });
  });
  return true;
}

/** How many more objects the job's stopping conditions let people label. */
function roomUntilStop(database: DatabaseSync, job: Job): number {
  const { MaxHumanLabeledObjectCount: most, MaxPercentageOfInputDatasetLabeled: percentage } =
    job.request.StoppingConditions ?? {};
  if (most === undefined && (percentage ?? 100) === 100) {
    return Number.MAX_SAFE_INTEGER;
  }
  const counts = objectCounts(database, job.id);
  const human = counts.open + counts.answered + counts.labeled;
  const share = Math.max(Math.floor((totalObjects(counts) * (percentage ?? 100)) / 100), 1);
  return Math.min((most ?? Number.MAX_SAFE_INTEGER) - human, share - human - counts.inherited);
}

async function problemsOf(
  { database, objects }: Pick<BatchDependencies, 'database' | 'objects'>,
  job: Job,
  candidates: readonly Candidate[],
): Promise<readonly (string | undefined)[]> {
  if (job.task.kind === 'custom' || job.task.dataKey !== 'source-ref') {
    return [];
  }
  const problems: (string | undefined)[] = [];
  for (let start = 0; start < candidates.length; start += checksAtOnce) {
    const group = candidates.slice(start, start + checksAtOnce);
    problems.push(
      ...(await Promise.all(
        group.map(async ({ id }) => objectProblem(objects, lineOf(database, job, id), job.labelAttributeName)),
      )),
    );
  }
  return problems;
}

function lineOf(database: DatabaseSync, job: Job, id: number): string {
  const row = query<{ readonly line: string }>(
    database,
    'SELECT line FROM labeling_objects WHERE job = ? AND id = ?',
  ).one(job.id, id);
  return row?.line ?? '';
}

async function objectProblem(
  objects: ObjectStorage,
  line: string,
  labelAttributeName: string,
): Promise<string | undefined> {
  const parsed = parseInputLine(line, labelAttributeName);
  const reference = parsed.kind === 'object' ? parsed.data.reference : undefined;
  return reference === undefined ? undefined : imageProblem(objects, reference);
}

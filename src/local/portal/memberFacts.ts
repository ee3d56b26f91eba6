import type { DatabaseSync } from 'node:sqlite';
import type { Holders, JobFacts, MemberFacts } from '../../core/portal/memberOutlook.js';
import type { UserRow } from '../cognito/userRecords.js';
import { type HandOutDependencies, listJobs } from '../labeling/handOut.js';
import { type Job, jobOf, type JobRow } from '../labeling/jobRecords.js';
import { isTeamMember, type Worker } from '../labeling/workers.js';
import { query, rowExists } from '../records.js';
import { teamGroups } from '../sagemaker/workteams.js';

/** As many as anybody reads in a hover. */
const mostJobs = 5;

/** What the records say of a user, seen in one of the teams; `undefined` where there is no such user. */
export function memberFacts(
  dependencies: HandOutDependencies,
  { sub, workteam }: { readonly sub: string; readonly workteam: string },
): MemberFacts | undefined {
  const { database, clock } = dependencies;
  const now = clock.now().getTime();
  const user = query<UserRow>(database, 'SELECT * FROM users WHERE sub = ?').one(sub);
  if (user === undefined) {
    return undefined;
  }
  const worker: Worker = { sub, poolId: user.pool_id, username: user.username };
  const offered = new Map(listJobs(dependencies, worker).map((job) => [job.labelingJobName, job.availableTasks]));
  return {
    isEnabled: user.is_enabled === 1,
    password: passwordOf(user, now),
    hasSession: rowExists(
      database,
      `SELECT 1 FROM portal_tokens WHERE sub = ? AND purpose = 'session' AND expires_at > ?`,
      sub,
      now,
    ),
    jobs: jobsToSee(database, workteam).map((job) =>
      jobFacts(database, job, { worker, availableTasks: offered.get(job.name) ?? 0 }),
    ),
  };
}

function passwordOf({ status, password_expires_at: expiresAt }: UserRow, now: number): MemberFacts['password'] {
  if (status === 'CONFIRMED') {
    return 'own';
  }
  return expiresAt !== null && expiresAt <= now ? 'temporaryExpired' : 'temporary';
}

function jobsToSee(database: DatabaseSync, workteam: string): readonly Job[] {
  const active = query<JobRow>(
    database,
    `SELECT * FROM labeling_jobs WHERE status IN ('Initializing', 'InProgress', 'Stopping')
     ORDER BY workteam <> ? COLLATE NOCASE, created_at DESC LIMIT ?`,
  ).all(workteam, mostJobs);
  const [newest] = active;
  if (newest !== undefined && newest.workteam.toLowerCase() === workteam.toLowerCase()) {
    return active.map(jobOf);
  }
  const last = query<JobRow>(
    database,
    'SELECT * FROM labeling_jobs WHERE workteam = ? COLLATE NOCASE ORDER BY created_at DESC LIMIT 1',
  ).all(workteam);
  return [...last, ...active].map(jobOf);
}

function jobFacts(
  database: DatabaseSync,
  job: Job,
  { worker, availableTasks }: { readonly worker: Worker; readonly availableTasks: number },
): JobFacts {
  const { failureReason, workersPerObject } = job;
  const openObjects = count(database, `SELECT COUNT(*) AS count ${openObjectsOf}`, job.id);
  const doneObjects = count(
    database,
    `SELECT COUNT(*) AS count ${openObjectsOf} AND EXISTS (SELECT 1 FROM labeling_tasks AS task
       WHERE task.job = object.job AND task.object = object.id AND task.sub = ? AND task.state IN ('submitted', 'declined'))`,
    job.id,
    worker.sub,
  );
  const answers = count(
    database,
    `SELECT COUNT(*) AS count FROM labeling_tasks AS task WHERE task.job = ? AND task.state = 'submitted'
       AND task.object IN (SELECT object.id ${openObjectsOf})`,
    job.id,
    job.id,
  );
  return {
    labelingJobName: job.name,
    status: job.status,
    ...(failureReason !== undefined && { failureReason }),
    workteam: job.workteam,
    isInTeam: isTeamMember(database, job.workteam, worker),
    members: enabledMembers(database, job.workteam),
    workersPerObject,
    availableTasks,
    openObjects,
    doneObjects,
    missingAnswers: openObjects * workersPerObject - answers,
    pendingObjects: count(
      database,
      `SELECT COUNT(*) AS count FROM labeling_objects WHERE job = ? AND state = 'pending'`,
      job.id,
    ),
    heldBy: holders(database, job, worker),
  };
}

const openObjectsOf = `FROM labeling_objects AS object WHERE object.job = ? AND object.state = 'open'`;

function holders(database: DatabaseSync, job: Job, worker: Worker): Holders {
  return query<Holders[number]>(
    database,
    `SELECT COALESCE(users.email, users.username) AS email, COUNT(*) AS tasks
     FROM labeling_tasks AS task JOIN users USING (sub)
     WHERE task.job = ? AND task.sub <> ? AND task.state IN ('held', 'accepted')
     GROUP BY task.sub ORDER BY email`,
  ).all(job.id, worker.sub);
}

function enabledMembers(database: DatabaseSync, team: string): number {
  const subs = teamGroups(database, team).flatMap(({ UserPool, UserGroup }) =>
    query<Pick<UserRow, 'sub'>>(
      database,
      `SELECT users.sub FROM group_members JOIN users
         ON users.pool_id = group_members.pool_id AND users.username = group_members.username
       WHERE group_members.pool_id = ? AND group_name = ? AND is_enabled = 1`,
    ).all(UserPool, UserGroup),
  );
  return new Set(subs.map(({ sub }) => sub)).size;
}

function count(database: DatabaseSync, sql: string, ...values: readonly (string | number)[]): number {
  return query<{ readonly count: number }>(database, sql).one(...values)?.count ?? 0;
}

import { Failure } from '../failure.js';
import type { JsonObject, JsonValue } from '../json.js';
import type { PortalSession, PortalTask, WorkerPortal } from '../portal/workerPortal.js';
import { imageClassification } from '../labels/imageClassification.js';
import { textClassification } from '../labels/textClassification.js';
import { Turns } from '../turns.js';
import { seededRandom } from './seededRandom.js';
import { type Reaction, reactTo, type SimulatedWorker, workingTimeMs } from './simulatedWorker.js';
import { trueClassOf } from './trueClass.js';

export interface SimulationRequest {
  readonly labelingJobName: string;
  readonly members: readonly SimulatedMember[];
  /** The same seed, members and objects give the same reactions, whoever comes first. */
  readonly seed: number;
}

export interface SimulatedMember {
  readonly email: string;
  readonly password: string;
  readonly worker: SimulatedWorker;
}

export interface SimulationPorts {
  readonly portal: WorkerPortal;
  /** Rejects when `signal` is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface SimulationProgress {
  readonly answered: number;
  readonly declined: number;
}

/** So many tasks are held by one member: the rest of the team must find some too. */
const tasksAtOnce = 4;
/** Each sign-in takes the server's processor a moment, and counts as an attempt until it has succeeded. */
const signInsAtOnce = 4;
/** How long a member waits who finds nothing to do: the others may finish a batch, and open the next one. */
const idleMs = 500;
/** Who has found nothing so often, while nobody worked, is done: what is left is for people, or for nobody. */
const mostIdleRounds = 4;

/**
 * Lets simulated members label a job through the portal, as workers do, until it is over or none of them finds a task.
 * Jobs with one label for each object only: others are refused with `simulation.otherTask`.
 */
export async function simulate(
  request: SimulationRequest,
  ports: SimulationPorts,
  onProgress: (progress: SimulationProgress) => void,
  signal: AbortSignal,
): Promise<SimulationProgress> {
  const stop = new AbortController();
  const team = new Team(onProgress);
  const own = AbortSignal.any([signal, stop.signal]);
  try {
    await Promise.all(request.members.map((member) => workAs(member, { request, ports, team }, own)));
  } finally {
    stop.abort(); // One failed: the rest need not go on.
  }
  return team.progress;
}

/** What the members do together. */
class Team {
  readonly #onProgress: (progress: SimulationProgress) => void;
  #progress: SimulationProgress = { answered: 0, declined: 0 };
  /** Whose turn it is to sign in. */
  readonly signingIn = new Turns(signInsAtOnce);
  #working = 0;
  /** How often somebody has found something to do. */
  #rounds = 0;

  constructor(onProgress: (progress: SimulationProgress) => void) {
    this.#onProgress = onProgress;
  }

  get progress(): SimulationProgress {
    return this.#progress;
  }

  get isWorking(): boolean {
    return this.#working > 0;
  }

  get rounds(): number {
    return this.#rounds;
  }

  async work(run: () => Promise<void>): Promise<void> {
    this.#rounds += 1;
    this.#working += 1;
    try {
      await run();
    } finally {
      this.#working -= 1;
    }
  }

  count({ kind }: Reaction): void {
    const { answered, declined } = this.#progress;
    this.#progress = kind === 'answer' ? { answered: answered + 1, declined } : { answered, declined: declined + 1 };
    this.#onProgress(this.#progress);
  }
}

interface Simulation {
  readonly request: SimulationRequest;
  readonly ports: SimulationPorts;
  readonly team: Team;
}

async function workAs(member: SimulatedMember, simulation: Simulation, signal: AbortSignal): Promise<void> {
  const { ports, team } = simulation;
  const session = await team.signingIn.take(async () => signIn(member, ports.portal, signal));
  let idleRounds = 0;
  let roundsSeen = team.rounds;
  while (idleRounds < mostIdleRounds) {
    const tasks = await findTasks(session, simulation, signal);
    if (tasks.length > 0) {
      await team.work(() => labelAll(tasks, { member, session }, simulation, signal));
    } else {
      await ports.wait(idleMs, signal);
      idleRounds = team.isWorking || team.rounds > roundsSeen ? 0 : idleRounds + 1;
    }
    roundsSeen = team.rounds;
  }
  await ports.portal.signOut(session, signal);
}

async function signIn(
  { email, password }: SimulatedMember,
  portal: WorkerPortal,
  signal: AbortSignal,
): Promise<PortalSession> {
  const answer = await portal.signIn({ email, password }, signal);
  return answer.kind === 'signedIn'
    ? answer.session
    : portal.setNewPassword({ challenge: answer.challenge, newPassword: password }, signal);
}

async function findTasks(
  session: PortalSession,
  { request, ports: { portal } }: Simulation,
  signal: AbortSignal,
): Promise<readonly PortalTask[]> {
  const jobs = await portal.listJobs(session, signal);
  const job = jobs.find(({ labelingJobName }) => labelingJobName === request.labelingJobName);
  if (!job) {
    return [];
  }
  const { jobReferenceCode } = job;
  try {
    return await portal.takeTasks(session, { jobReferenceCode, count: tasksAtOnce }, signal);
  } catch (error) {
    if (Failure.is(error, 'portal.refused')) {
      return []; // It has ended since it was listed.
    }
    throw error;
  }
}

interface AtWork {
  readonly member: SimulatedMember;
  readonly session: PortalSession;
}

async function labelAll(
  tasks: readonly PortalTask[],
  atWork: AtWork,
  simulation: Simulation,
  signal: AbortSignal,
): Promise<void> {
  for (const task of tasks) {
    const reaction = await unlessGone(() => react(task, atWork, simulation, signal));
    if (reaction) {
      simulation.team.count(reaction);
    }
  }
}

async function react(
  { taskId, taskInput, datasetObjectId }: PortalTask,
  { member: { email, worker }, session }: AtWork,
  { request, ports: { portal, wait } }: Simulation,
  signal: AbortSignal,
): Promise<Reaction> {
  const { labels, taskObject: source } = taskInput;
  if (!isListOfTexts(labels) || typeof source !== 'string') {
    throw new Failure('simulation.otherTask', { job: request.labelingJobName });
  }
  // By the object and the member, not by the order in which tasks come: that is never twice the same.
  const random = seededRandom(request.seed, email, datasetObjectId);
  const truth = trueClassOf(source, labels, request.seed);
  const reaction = reactTo(truth, worker, random);
  await portal.acceptTask(session, taskId, signal);
  await wait(workingTimeMs(worker, random), signal);
  if (reaction.kind === 'decline') {
    await portal.declineTask(session, taskId, signal);
  } else {
    const answerContent = singleLabelAnswer(source, labels[reaction.label] ?? '');
    await portal.submitAnswer(session, { taskId, answerContent }, signal).catch((error: unknown) => {
      // The job wants answers of another form.
      throw Failure.is(error, 'portal.refused')
        ? new Failure('simulation.otherTask', { job: request.labelingJobName }, { cause: error })
        : error;
    });
  }
  return reaction;
}

/** As the built-in templates' elements answer. */
function singleLabelAnswer(source: string, label: string): JsonObject {
  const { elementName } = /^(?:s3|https?):\/\//u.test(source) ? imageClassification : textClassification;
  return { [elementName]: { label } };
}

function isListOfTexts(value: JsonValue | undefined): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string');
}

/** `undefined` where the task has gone to somebody else, or its job has ended: either may happen at any time. */
async function unlessGone<T>(run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    if (Failure.is(error, 'portal.taskGone')) {
      return undefined;
    }
    throw error;
  }
}

import { Failure } from '../../src/core/failure.js';
import type { JsonObject } from '../../src/core/json.js';
import type { JobStanding, SessionEnd, Standing, TaskStanding } from '../../src/core/portal/standing.js';
import type { PortalJob, PortalSession, PortalTask, SignIn, WorkerPortal } from '../../src/core/portal/workerPortal.js';

export interface FakeJob {
  readonly template: string;
  /** One task each: what the template sees as `task.input`. */
  readonly inputs: readonly JsonObject[];
  readonly timeLimitInSeconds?: number;
  readonly taskTitle?: string;
  readonly taskDescription?: string;
}

interface FakeTask {
  readonly task: PortalTask;
  state: 'open' | 'held' | 'accepted' | 'answered' | 'declined';
  acceptedAt?: string;
  /** Of an answer that was taken back. */
  previousAnswer?: JsonObject;
}

const email = 'ana@example.com';
const session: PortalSession = {
  token: 'token',
  email,
  workerId: 'private.us-east-1.0123456789abcdef',
  expiresAt: '2100-01-01T00:00:00.000Z',
};

/** A portal with one worker and one job, in memory; what a test does to it comes first. */
export class FakeWorkerPortal implements WorkerPortal {
  /** What was taken down, in order. */
  readonly answers: { taskId: string; answerContent: JsonObject }[] = [];
  readonly calls: string[] = [];
  isReachable = true;
  isSignedOut = false;
  password = 'Temporary-1';
  mustChangePassword = true;
  sessionEnd: SessionEnd = 'signedOut';
  canUndo = true;
  /** What has become of the job, if anything. */
  jobStanding: JobStanding = { kind: 'open' };
  /** What has become of a task, where that does not follow from what was done here. */
  readonly taskStandings = new Map<string, TaskStanding>();
  /** Other jobs that the worker's team has. */
  readonly otherJobs: PortalJob[] = [];
  /** Awaited before an answer is taken. */
  beforeSubmit: () => Promise<void> = () => Promise.resolve();
  readonly #job: FakeJob;
  readonly #tasks: FakeTask[];

  constructor(job: FakeJob) {
    this.#job = job;
    this.#tasks = job.inputs.map((taskInput, index) => ({ task: this.#task(taskInput, index), state: 'open' }));
  }

  get states(): readonly string[] {
    return this.#tasks.map(({ state }) => state);
  }

  async signIn({ email: name, password }: { email: string; password: string }): Promise<SignIn> {
    await this.#reach('signIn');
    if (password !== this.password) {
      throw new Failure('portal.wrongPassword', { email: name, reason: 'Incorrect e-mail address or password.' });
    }
    this.isSignedOut = false;
    return this.mustChangePassword
      ? { kind: 'newPasswordRequired', challenge: 'c' }
      : { kind: 'signedIn', session: { ...session } };
  }

  async setNewPassword({ newPassword }: { newPassword: string }): Promise<PortalSession> {
    await this.#reach('setNewPassword');
    this.password = newPassword;
    this.mustChangePassword = false;
    return session;
  }

  async signOut(): Promise<void> {
    await this.#reach('signOut');
  }

  async listJobs(): Promise<readonly PortalJob[]> {
    await this.#enter('listJobs');
    const availableTasks = this.#tasks.filter(({ state }) => isHere(state)).length;
    const job: PortalJob = {
      jobReferenceCode: 'job-1',
      labelingJobName: 'cats-and-dogs',
      labelingJobArn: 'arn:aws:sagemaker:us-east-1:123456789012:labeling-job/cats-and-dogs',
      taskTitle: this.#job.taskTitle ?? 'Image Classification (Single Label): Please classify the images',
      taskDescription: this.#job.taskDescription ?? 'Categorize images into individual classes.',
      customerId: '123456789012',
      creationTime: '2026-11-23T09:15:30.000Z',
      status: 'Available',
      availableTasks,
      finishedTasks: this.#tasks.filter(({ state }) => state === 'answered' || state === 'declined').length,
      remainingTasks: availableTasks,
    };
    return [...(availableTasks > 0 && this.jobStanding.kind === 'open' ? [job] : []), ...this.otherJobs];
  }

  async template(): Promise<{ readonly content: string }> {
    await this.#enter('template');
    return { content: this.#job.template };
  }

  async takeTasks(_session: PortalSession, { count }: { count: number }): Promise<readonly PortalTask[]> {
    await this.#enter('takeTasks');
    const mine = this.#tasks.filter(({ state }) => state === 'accepted' || state === 'held');
    const taken = [...mine, ...this.#tasks.filter(({ state }) => state === 'open')].slice(0, count);
    return taken.map((each) => {
      each.state = each.state === 'open' ? 'held' : each.state;
      return this.#seen(each);
    });
  }

  async acceptTask(_session: PortalSession, taskId: string): Promise<PortalTask> {
    await this.#enter('acceptTask');
    const task = this.#find(taskId);
    task.state = 'accepted';
    task.acceptedAt ??= new Date().toISOString();
    return this.#seen(task);
  }

  async submitAnswer(_session: PortalSession, request: { taskId: string; answerContent: JsonObject }) {
    await this.beforeSubmit();
    await this.#enter('submitAnswer');
    this.#find(request.taskId).state = 'answered';
    this.answers.push(request);
    return { submittedAt: new Date().toISOString(), isUndoable: this.canUndo };
  }

  async declineTask(_session: PortalSession, taskId: string): Promise<void> {
    await this.#enter('declineTask');
    this.#find(taskId).state = 'declined';
  }

  async releaseTask(_session: PortalSession, taskId: string): Promise<void> {
    await this.#enter('releaseTask');
    this.#giveBack(this.#find(taskId));
  }

  async stopWorking(): Promise<void> {
    await this.#enter('stopWorking');
    this.#tasks.filter(({ state }) => isHere(state)).forEach((task) => this.#giveBack(task));
  }

  async standing(_session: PortalSession, { taskId }: { readonly taskId?: string }): Promise<Standing> {
    await this.#enter('standing');
    const availableTasks = this.#tasks.filter(({ state }) => isHere(state)).length;
    const job: JobStanding = this.jobStanding.kind === 'open' ? { kind: 'open', availableTasks } : this.jobStanding;
    return { job, ...(taskId !== undefined && { task: this.taskStandings.get(taskId) ?? 'yours' }) };
  }

  async undoLastAnswer(): Promise<PortalTask> {
    await this.#enter('undoLastAnswer');
    const last = this.answers.pop();
    if (!last || !this.canUndo) {
      throw new Failure('portal.nothingToUndo', { reason: 'Its batch is closed.' });
    }
    const task = this.#tasks.find((each) => each.task.taskId === last.taskId);
    if (!task) {
      throw new Error('An answer to no task');
    }
    task.state = 'accepted';
    task.previousAnswer = last.answerContent;
    return this.#seen(task);
  }

  /** The job sends out another batch, of one object. */
  sendBatch(): void {
    const [taskInput = {}] = this.#job.inputs;
    this.#tasks.push({ task: this.#task(taskInput, this.#tasks.length), state: 'open' });
  }

  /** The task is somebody else's now. */
  withdraw(index: number): void {
    const task = this.#tasks[index];
    if (task) {
      task.state = 'declined';
    }
  }

  #task(taskInput: JsonObject, index: number): PortalTask {
    return {
      taskId: `task-${index}`,
      jobReferenceCode: 'job-1',
      labelingJobName: 'cats-and-dogs',
      taskDescription: 'Categorize images into individual classes.',
      customerId: '123456789012',
      datasetObjectId: String(index),
      taskInput,
      state: 'held',
      timeLimitInSeconds: this.#job.timeLimitInSeconds ?? 300,
      expiresAt: '2100-01-01T00:00:00.000Z',
    };
  }

  #seen({ task, state, acceptedAt, previousAnswer }: FakeTask): PortalTask {
    const isAccepted = acceptedAt !== undefined && state === 'accepted';
    return {
      ...task,
      ...(isAccepted && { state, acceptedAt }),
      ...(previousAnswer && { previousAnswer }),
    };
  }

  #giveBack(task: FakeTask): void {
    task.state = 'open';
    delete task.acceptedAt;
  }

  #find(taskId: string): FakeTask {
    const task = this.#tasks.find((each) => each.task.taskId === taskId);
    if (!task || !isHere(task.state)) {
      throw new Failure('portal.taskGone', { taskId, reason: 'Another worker has answered it.' });
    }
    return task;
  }

  async #enter(call: string): Promise<void> {
    await this.#reach(call);
    if (this.isSignedOut) {
      throw new Failure('portal.signedOut', { email, why: this.sessionEnd });
    }
  }

  async #reach(call: string): Promise<void> {
    this.calls.push(call);
    await Promise.resolve();
    if (!this.isReachable) {
      throw new Failure('portal.unreachable', { endpoint: 'http://127.0.0.1:1', reason: 'connection refused' });
    }
  }
}

function isHere(state: FakeTask['state']): boolean {
  return state === 'open' || state === 'held' || state === 'accepted';
}

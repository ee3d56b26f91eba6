import { Failure } from '../failure.js';
import type { JsonObject } from '../json.js';
import type { S3Uri } from '../s3Uri.js';
import type { PortalNotice, PortalView, TakenTasks, TaskSheet } from './portalView.js';
import { sheetOf } from './taskSheet.js';
import { DeskAnswers } from './deskAnswers.js';
import type { DeskPorts, KeptPlace } from './deskPlace.js';
import { DeskSession } from './deskSession.js';
import type { Standing } from './standing.js';
import type { TaskAsset } from './taskAsset.js';
import type { PortalJob, PortalTask } from './workerPortal.js';

/**
 * A worker's desk in the labeling portal: who sits at it, which job lies on it, and what is still to be sent. Its page
 * shows it and can be thrown away and made again at any time.
 */
export class WorkerDesk {
  readonly #ports: DeskPorts;
  readonly #session: DeskSession;
  readonly #answers: DeskAnswers;
  #job: PortalJob | undefined;
  #lastJobName: string | undefined;
  #done = 0;
  #total = 0;
  #template: { readonly jobReferenceCode: string; readonly content: string } | undefined;
  /** The job to go to once the worker is signed in. */
  #wanted: string | undefined;
  readonly #assets = new Map<string, readonly S3Uri[]>();

  constructor(ports: DeskPorts) {
    this.#ports = ports;
    this.#session = new DeskSession(ports);
    this.#answers = new DeskAnswers(this.#session, () => this.#place);
  }

  /** `email` sits down; with `labelingJobName` to go straight to that job. */
  async sit(email: string, labelingJobName: string | undefined): Promise<void> {
    if (labelingJobName !== undefined || this.#session.current) {
      this.#wanted = labelingJobName; // Whoever is to sign in for a job gets to it, by whichever way they come back.
    }
    if (this.#session.email !== email) {
      this.#clear(); // Whoever sat here comes back to where they were.
      await this.#session.switchTo(email);
    } else if (labelingJobName !== undefined && this.#job?.labelingJobName !== labelingJobName) {
      this.#leave();
    }
  }

  /** Where the worker is now. */
  async view(signal: AbortSignal): Promise<PortalView> {
    if (!this.#ports.mayRunTemplates()) {
      return { kind: 'restricted' };
    }
    return this.#guarded(async () => {
      if (!this.#session.current) {
        return this.#signInView();
      }
      const lateAnswer = await this.#answers.sendUnsent(signal);
      const told = lateAnswer && { lateAnswer };
      if (this.#job) {
        this.#done += lateAnswer?.kind === 'taken' ? 1 : 0;
        return { ...this.#labelingView(this.#job), ...told };
      }
      const { jobs, email } = await this.#jobs(signal);
      const wanted = this.#wanted;
      const place = this.#place.get();
      const job = jobs.find(({ labelingJobName, jobReferenceCode }) =>
        wanted === undefined ? jobReferenceCode === place?.jobReferenceCode : labelingJobName === wanted,
      );
      this.#wanted = undefined;
      if (job) {
        return { ...this.#begin(job), ...told };
      }
      this.#lastJobName = wanted;
      const notice = wanted === undefined ? undefined : ({ kind: 'noWork', labelingJobName: wanted } as const);
      return { kind: 'jobs', email, jobs, ...(notice && { notice }), ...told };
    });
  }

  async signIn(email: string, password: string, signal: AbortSignal): Promise<PortalView> {
    return this.#guarded(async () => (await this.#session.signIn(email, password, signal)) ?? this.view(signal));
  }

  async setNewPassword(newPassword: string, signal: AbortSignal): Promise<PortalView> {
    return this.#guarded(async () => (await this.#session.setNewPassword(newPassword, signal)) ?? this.view(signal));
  }

  async signOut(signal: AbortSignal): Promise<PortalView> {
    this.#leave();
    await this.#session.signOut(signal);
    return this.view(signal);
  }

  async listJobs(signal: AbortSignal, notice?: PortalNotice): Promise<PortalView> {
    return this.#guarded(async () => {
      const { jobs, email } = await this.#jobs(signal);
      return { kind: 'jobs', email, jobs, ...(notice && { notice }) };
    });
  }

  async start(jobReferenceCode: string, signal: AbortSignal): Promise<PortalView> {
    return this.#guarded(async () => {
      const { jobs, email } = await this.#jobs(signal);
      const job = jobs.find((each) => each.jobReferenceCode === jobReferenceCode);
      return job ? this.#begin(job) : { kind: 'jobs', email, jobs };
    });
  }

  async finish(signal: AbortSignal): Promise<PortalView> {
    const name = this.#currentJob().labelingJobName;
    this.#leave();
    return this.listJobs(signal, { kind: 'finished', labelingJobName: name });
  }

  async stop(signal: AbortSignal): Promise<PortalView> {
    const { jobReferenceCode, labelingJobName } = this.#currentJob();
    try {
      await this.#session.call((portal, session) => portal.stopWorking(session, jobReferenceCode, signal), signal);
    } catch (error) {
      if (!Failure.is(error, 'portal.refused')) {
        throw error;
      }
      return this.leave(signal); // The job is this worker's no longer: there is nothing to give back.
    }
    this.#leave();
    return this.listJobs(signal, { kind: 'stopped', labelingJobName });
  }

  /** Away from a job that there is nothing to give back to. */
  async leave(signal: AbortSignal): Promise<PortalView> {
    this.#leave();
    return this.listJobs(signal);
  }

  /** What has become of the job, and of the task on screen. */
  async standing(taskId: string | undefined, signal: AbortSignal): Promise<Standing> {
    const { jobReferenceCode } = this.#currentJob();
    const of = { jobReferenceCode, ...(taskId !== undefined && { taskId }) };
    return this.#session.call((portal, session) => portal.standing(session, of, signal), signal);
  }

  async take(count: number, signal: AbortSignal): Promise<TakenTasks> {
    const { jobReferenceCode } = this.#currentJob();
    const [template, tasks] = await Promise.all([
      this.#templateOf(jobReferenceCode, signal),
      this.#session.call((portal, session) => portal.takeTasks(session, { jobReferenceCode, count }, signal), signal),
    ]);
    const sheets = await Promise.all(tasks.map((task) => this.#sheet(template, task)));
    return { sheets, progress: this.#progress };
  }

  async accept(taskId: string, signal: AbortSignal): Promise<{ readonly acceptedAt: string }> {
    const { acceptedAt = new Date().toISOString() } = await this.#answers.accept(taskId, signal);
    return { acceptedAt };
  }

  async submit(taskId: string, answer: JsonObject, signal: AbortSignal): Promise<{ readonly isUndoable: boolean }> {
    const { isUndoable } = await this.#answers.send(taskId, answer, signal);
    this.#setDone(this.#done + 1);
    return { isUndoable };
  }

  async decline(taskId: string, signal: AbortSignal): Promise<void> {
    await this.#session.call((portal, session) => portal.declineTask(session, taskId, signal), signal);
    this.#setDone(this.#done + 1);
  }

  async release(taskId: string, signal: AbortSignal): Promise<PortalView> {
    const { labelingJobName } = this.#currentJob();
    await this.#session.call((portal, session) => portal.releaseTask(session, taskId, signal), signal);
    this.#leave();
    return this.listJobs(signal, { kind: 'released', labelingJobName });
  }

  async undo(signal: AbortSignal): Promise<TaskSheet> {
    const { jobReferenceCode } = this.#currentJob();
    const template = await this.#templateOf(jobReferenceCode, signal);
    const task = await this.#session.call(
      (portal, session) => portal.undoLastAnswer(session, jobReferenceCode, signal),
      signal,
    );
    this.#setDone(Math.max(0, this.#done - 1));
    return this.#sheet(template, task);
  }

  async readAsset(taskId: string, index: number, signal: AbortSignal): Promise<TaskAsset> {
    const uri = this.#assets.get(taskId)?.[index];
    if (!uri) {
      throw new Error(`No template asked for object ${index} of task "${taskId}"`);
    }
    return this.#ports.readAsset({ ...uri, taskId }, signal);
  }

  /** The job that the worker was last at. */
  get labelingJobName(): string | undefined {
    return this.#lastJobName;
  }

  async #jobs(signal: AbortSignal): Promise<{ readonly jobs: readonly PortalJob[]; readonly email: string }> {
    return this.#session.call(async (portal, session) => {
      const jobs = await portal.listJobs(session, signal);
      return { jobs, email: session.email };
    }, signal);
  }

  async #signInView(): Promise<PortalView> {
    return { ...(await this.#session.signInView()), ...(this.#answers.hasUnsent && { hasUnsent: true }) };
  }

  #begin(job: PortalJob): PortalView {
    this.#job = job;
    this.#lastJobName = job.labelingJobName;
    this.#total = job.finishedTasks + job.remainingTasks;
    this.#setDone(job.finishedTasks);
    return this.#labelingView(job);
  }

  #labelingView(job: PortalJob): PortalView {
    const { email } = this.#session;
    return { kind: 'labeling', email, job, progress: this.#progress, autoAdvance: this.#ports.autoAdvance() };
  }

  get #progress() {
    return { done: this.#done, total: Math.max(this.#total, this.#done) };
  }

  #setDone(done: number): void {
    this.#done = done;
    if (this.#job) {
      this.#place.set({ jobReferenceCode: this.#job.jobReferenceCode });
    }
  }

  #leave(): void {
    this.#clear();
    this.#place.set(undefined);
  }

  #clear(): void {
    this.#job = undefined;
    this.#answers.clear();
    this.#assets.clear();
  }

  get #place(): KeptPlace {
    return this.#ports.placeOf(this.#session.email);
  }

  #currentJob(): PortalJob {
    if (!this.#job) {
      throw new Error('No job has been started');
    }
    return this.#job;
  }

  async #templateOf(jobReferenceCode: string, signal: AbortSignal): Promise<string> {
    if (this.#template?.jobReferenceCode !== jobReferenceCode) {
      const { content } = await this.#session.call(
        (portal, session) => portal.template(session, jobReferenceCode, signal),
        signal,
      );
      this.#template = { jobReferenceCode, content };
    }
    return this.#template.content;
  }

  async #sheet(template: string, task: PortalTask): Promise<TaskSheet> {
    const sheet = sheetOf(task, await this.#ports.renderTemplate(template, task.taskInput));
    this.#assets.set(task.taskId, sheet.assets);
    return sheet;
  }

  /** Signing out can happen at any time; then that is where the worker is. */
  async #guarded(work: () => Promise<PortalView>): Promise<PortalView> {
    try {
      return await work();
    } catch (error) {
      if (Failure.is(error, 'portal.signedOut')) {
        return this.#signInView();
      }
      throw error;
    }
  }
}

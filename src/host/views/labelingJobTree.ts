import * as vscode from 'vscode';
import type { LabelingJob } from '../../core/ports.js';
import { parseS3Uri, type S3Uri } from '../../core/s3Uri.js';
import type { Connection } from '../support/connection.js';
import { accessible } from './accessible.js';
import { isThere, outputFile } from './jobFiles.js';
import { isActive, jobFileItem, jobFolderItem, jobItem, jobNodeId } from './labelingJobItems.js';
import type { JobFileRole, JobFolderNode, LabelingJobNode } from './nodes.js';
import { moreItem, problemItem } from './sharedItems.js';

interface Listing {
  readonly nodes: readonly LabelingJobNode[];
  readonly token?: string;
}

export interface JobChange {
  readonly before: LabelingJob;
  readonly after: LabelingJob;
}

/** Labeling jobs, newest first, and under each the files it reads and writes. */
export class LabelingJobTree implements vscode.TreeDataProvider<LabelingJobNode>, vscode.Disposable {
  readonly #connection: Connection;
  readonly #listening: vscode.Disposable;
  readonly #changed = new vscode.EventEmitter<LabelingJobNode | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #jobChanged = new vscode.EventEmitter<JobChange>();
  /** A job that was listed before has other counters or another status now. */
  readonly onDidChangeJob = this.#jobChanged.event;
  readonly #jobWanted = new vscode.EventEmitter<LabelingJobNode>();
  /** Somebody asked to see this row. */
  readonly onDidAskForJob = this.#jobWanted.event;
  /** Names of jobs that were created here and have not ended yet, as far as is known. */
  readonly #own = new Set<string>();
  /** As they were listed last, by ARN. */
  #jobs: ReadonlyMap<string, LabelingJob> = new Map();
  /** What polling found, to be drawn without asking again. */
  #polled: readonly LabelingJob[] | undefined;
  readonly #responses = new Map<string, Listing>();
  #loads = new AbortController();

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#listening = connection.onDidChange(() => this.reset());
  }

  /** AWS counts requests, and its jobs move slowly. */
  get pollDelayMs(): number {
    return this.#connection.kind === 'local' ? 2_000 : 15_000;
  }

  get hasActiveJobs(): boolean {
    return [...this.#jobs.values()].some(isActive);
  }

  /** Whether a job that was created here goes on: its end is worth telling of, whatever is on screen. */
  get hasOwnActiveJobs(): boolean {
    return this.#own.size > 0;
  }

  /** From now on it is looked after until its end. */
  follow(jobName: string): void {
    this.#own.add(jobName);
    this.refresh();
  }

  show(job: LabelingJob): void {
    this.#jobWanted.fire({ kind: 'labelingJob', job });
  }

  refresh(node?: LabelingJobNode): void {
    const parent = node?.kind === 'problem' ? node.parent : node;
    if (parent === undefined) {
      this.#loads.abort();
      this.#loads = new AbortController();
      this.#responses.clear();
    } else if (parent.kind === 'labelingJob') {
      this.#responses.delete(parent.job.arn);
    }
    this.#changed.fire(parent);
  }

  /** Forgets all jobs: they were another account's. */
  reset(): void {
    this.#jobs = new Map();
    this.#polled = undefined;
    this.#own.clear();
    this.refresh();
  }

  /** Asks how the jobs are, and draws them anew where one moved on. */
  async poll(): Promise<void> {
    const jobs = await this.#list();
    const isSame = jobs.length === this.#jobs.size && jobs.every((job) => !this.#hasMoved(job));
    if (!isSame) {
      this.#note(jobs); // And not only when they are drawn: nobody may be looking.
      this.#polled = jobs;
      this.#changed.fire(undefined);
    }
  }

  /** Where the job's result is or will be. */
  async outputManifest(job: LabelingJob): Promise<S3Uri | undefined> {
    if (job.outputManifest) {
      return job.outputManifest;
    }
    const { labelingJobs } = await this.#connection.services();
    const { request } = await labelingJobs.describe(job.name, this.#loads.signal);
    return outputFile(job.name, request.s3OutputPath, 'manifests/output/output.manifest');
  }

  /** Whether its result can be opened: a job may end before it has one, or because its bucket is being deleted. */
  async hasOutput(job: LabelingJob): Promise<boolean> {
    try {
      const output = await this.outputManifest(job);
      const { objects } = await this.#connection.services();
      return output !== undefined && (await isThere(objects, output, new AbortController().signal));
    } catch {
      return false; // Then it cannot be opened now; why, its own row says.
    }
  }

  async loadMore(parent: JobFolderNode, token: string): Promise<void> {
    const before = this.#responses.get(parent.job.arn);
    if (before?.token !== token) {
      return; // A second click while the first one's page was loading.
    }
    const page = await this.#workerResponses(parent, token);
    this.#responses.set(parent.job.arn, { ...page, nodes: [...before.nodes, ...page.nodes] });
    this.#changed.fire(parent);
  }

  async getChildren(parent?: LabelingJobNode): Promise<LabelingJobNode[]> {
    try {
      switch (parent?.kind) {
        case undefined:
          return await this.#listJobs();
        case 'labelingJob':
          return await this.#files(parent.job);
        case 'jobFolder':
          return await this.#responseRows(parent);
        case 'jobFile':
        case 'more':
        case 'problem':
          return [];
      }
    } catch (error) {
      return [{ kind: 'problem', parent, error }];
    }
  }

  /** VS Code asks where the row is that it is to reveal: only a job's is, and that is at the top. */
  getParent(node: LabelingJobNode): LabelingJobNode | undefined {
    switch (node.kind) {
      case 'labelingJob':
        return undefined;
      case 'jobFile':
      case 'jobFolder':
        return { kind: 'labelingJob', job: node.job };
      case 'more':
      case 'problem':
        return node.parent;
    }
  }

  getTreeItem(node: LabelingJobNode): vscode.TreeItem {
    return accessible(itemOf(node));
  }

  dispose(): void {
    this.#listening.dispose();
    this.#loads.abort();
    this.#changed.dispose();
    this.#jobChanged.dispose();
    this.#jobWanted.dispose();
  }

  async #listJobs(): Promise<LabelingJobNode[]> {
    const jobs = this.#polled ?? (await this.#list());
    this.#polled = undefined;
    this.#note(jobs);
    return jobs.map((job) => ({ kind: 'labelingJob', job }));
  }

  #note(jobs: readonly LabelingJob[]): void {
    for (const job of jobs.filter((it) => this.#hasMoved(it))) {
      const before = this.#jobs.get(job.arn);
      if (before) {
        this.#responses.delete(job.arn);
        this.#jobChanged.fire({ before, after: job });
      }
    }
    this.#jobs = new Map(jobs.map((job) => [job.arn, job]));
    for (const { name } of jobs.filter((job) => !isActive(job))) {
      this.#own.delete(name);
    }
  }

  async #list(): Promise<readonly LabelingJob[]> {
    const { signal } = this.#loads;
    const { labelingJobs } = await this.#connection.services();
    const jobs = await labelingJobs.list(signal);
    signal.throwIfAborted(); // They may be of an account that is no longer looked at.
    return jobs;
  }

  #hasMoved(job: LabelingJob): boolean {
    const before = this.#jobs.get(job.arn);
    return !before || hasMoved(before, job);
  }

  async #files(job: LabelingJob): Promise<LabelingJobNode[]> {
    const { signal } = this.#loads;
    const { labelingJobs, objects } = await this.#connection.services();
    const { request } = await labelingJobs.describe(job.name, signal);
    const output = job.outputManifest ?? outputFile(job.name, request.s3OutputPath, 'manifests/output/output.manifest');
    const responses = outputFile(job.name, request.s3OutputPath, 'annotations/worker-response/');
    const places: readonly (readonly [JobFileRole, S3Uri | undefined])[] = [
      ['inputManifest', parseS3Uri(request.manifestS3Uri)],
      ['outputManifest', output],
      ['template', parseS3Uri(request.uiTemplateS3Uri)],
      ['labelCategories', parseS3Uri(request.labelCategoryConfigS3Uri)],
    ];
    const files = await Promise.all(
      places.map(async ([role, uri]) =>
        uri && (await isThere(objects, uri, signal)) ? [{ kind: 'jobFile' as const, job, role, uri }] : [],
      ),
    );
    if (responses && files.every(({ length }) => length === 0)) {
      // Where the whole bucket is gone, this fails, and the row that comes of it says so.
      await objects.listObjects({ bucket: responses.bucket, prefix: responses.key, pageSize: 1 }, signal);
    }
    return [...files.flat(), ...(responses ? [{ kind: 'jobFolder' as const, job, uri: responses }] : [])];
  }

  async #responseRows(folder: JobFolderNode): Promise<LabelingJobNode[]> {
    const listing = this.#responses.get(folder.job.arn) ?? (await this.#workerResponses(folder));
    this.#responses.set(folder.job.arn, listing);
    const { nodes, token } = listing;
    return token === undefined ? [...nodes] : [...nodes, { kind: 'more', parent: folder, token }];
  }

  async #workerResponses({ job, uri }: JobFolderNode, token?: string): Promise<Listing> {
    const { signal } = this.#loads;
    const { objects } = await this.#connection.services();
    const page = await objects.listObjects(
      { bucket: uri.bucket, prefix: uri.key, pageSize: pageSize(), ...(token !== undefined && { token }) },
      signal,
    );
    return {
      nodes: page.objects.map(({ bucket, key }) => ({
        kind: 'jobFile' as const,
        job,
        role: 'workerResponse' as const,
        uri: { bucket, key },
      })),
      ...(page.nextToken !== undefined && { token: page.nextToken }),
    };
  }
}

function itemOf(node: LabelingJobNode): vscode.TreeItem {
  switch (node.kind) {
    case 'labelingJob':
      return jobItem(node);
    case 'jobFile':
      return jobFileItem(node);
    case 'jobFolder':
      return jobFolderItem(node);
    case 'more':
      return moreItem(jobNodeId(node), node);
    case 'problem':
      return problemItem(jobNodeId(node), node);
  }
}

function hasMoved(before: LabelingJob, after: LabelingJob): boolean {
  return (
    before.status !== after.status ||
    before.failureReason !== after.failureReason ||
    before.counters.totalLabeled !== after.counters.totalLabeled ||
    before.counters.unlabeled !== after.counters.unlabeled ||
    before.counters.failedNonRetryableError !== after.counters.failedNonRetryableError ||
    before.outputManifest?.key !== after.outputManifest?.key
  );
}

function pageSize(): number {
  return vscode.workspace.getConfiguration('groundTruth').get('explorer.pageSize', 300);
}

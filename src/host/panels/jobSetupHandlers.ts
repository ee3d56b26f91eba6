import * as vscode from 'vscode';
import { Failure } from '../../core/failure.js';
import { checkDraft, filledLabels } from '../../core/jobs/checkDraft.js';
import { createLabelingJob } from '../../core/jobs/createLabelingJob.js';
import { listPictures, readJobManifest, type InputSummary } from '../../core/jobs/jobInput.js';
import { jobTemplate } from '../../core/jobs/jobTemplate.js';
import { folderPrefix, readDraft, withInputFolder, type LabelingJobDraft } from '../../core/jobs/labelingJobDraft.js';
import { onlyPictureFolder } from '../../core/jobs/onlyPictureFolder.js';
import { withoutGone } from '../../core/jobs/withoutGone.js';
import { planLabelingJob, type JobInput } from '../../core/jobs/labelingJobPlan.js';
import { isBegunJob, recordedRole } from '../../core/lab/ledgerEntries.js';
import type { LabelingJob, Services, Target } from '../../core/ports.js';
import { formatS3Uri, parseS3Uri, type S3Uri } from '../../core/s3Uri.js';
import { storageEndpoint } from '../../core/storage.js';
import type { Handlers, Host } from '../../protocol/channel.js';
import type { CreationResult, InputPlace, JobSetup, PictureBytes, TeamChoice } from '../../protocol/jobSetup.js';
import type { Connection } from '../support/connection.js';
import type { Ledger } from '../support/ledger.js';
import type { PriceFile } from '../support/priceFile.js';
import { noticeFor } from '../support/notices.js';
import { allowPages } from '../support/pagesRule.js';
import type { ShownQuestions } from '../support/shownQuestions.js';
import { manageTrust, type RenderTemplate } from '../support/trust.js';
import type { LabelingJobTree } from '../views/labelingJobTree.js';
import type { PrivateTeamNode } from '../views/nodes.js';
import type { Doctors } from './doctors.js';
import { consentToRole } from './roleConsent.js';
import { pickFolder, pickObject } from './s3Picker.js';

export interface JobSetupDeps {
  readonly connection: Connection;
  readonly ledger: Ledger;
  /** Of the workspace. */
  readonly memory: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
  readonly labelingJobs: Pick<LabelingJobTree, 'follow' | 'refresh' | 'show'>;
  readonly renderTemplate: RenderTemplate;
  readonly doctors: Pick<Doctors, 'lookAtDraft'>;
  readonly questions: Pick<ShownQuestions, 'besideDiff' | 'besideText'>;
  readonly prices: PriceFile;
}

/** What the handlers need of their panel. */
export interface JobSetupPage {
  /** The draft to begin with. */
  readonly open: (kept: LabelingJobDraft | undefined) => LabelingJobDraft;
  readonly keep: (draft: LabelingJobDraft) => Promise<void>;
  readonly emit: Host<JobSetup>['emit'];
  readonly bundle: () => Promise<string>;
}

/** As large as a picture of a labeling job may be (reference §1.7). */
const largestPictureBytes = 40 * 1024 * 1024;

export function jobSetupHandlers(deps: JobSetupDeps, page: JobSetupPage): Handlers<JobSetup> {
  const { connection } = deps;
  return explained(deps, {
    'form.open': async ({ kept }, signal) => {
      const target = await connection.target(signal);
      return {
        draft: await withInputThatIs(await connection.services(), page.open(kept), signal),
        connection: target.kind,
        mayRunTemplates: vscode.workspace.isTrusted,
        ...(target.kind === 'local'
          ? { endpoint: objectsEndpoint(target) }
          : { prices: { region: target.region, ...(await deps.prices.read()) } }),
      };
    },
    'draft.keep': (draft) => page.keep(draft),
    'jobNames.list': async (_, signal) => jobNames(await connection.services(), signal),
    'buckets.list': async (_, signal) => bucketNames(await connection.services(), signal),
    'teams.list': async (_, signal) => teamChoices(await connection.services(), signal),
    'roles.list': async (_, signal) => (await connection.services()).executionRoles.list(signal),
    'input.read': async (place, signal) => {
      const services = await connection.services();
      const { summary } = await readInput(
        services,
        place,
        (pictures) => page.emit('input.counted', { pictures }),
        signal,
      );
      return summary;
    },
    'picture.read': async (uri, signal) => readPicture(await connection.services(), uri, signal),
    'preview.render': ({ draft, picture }) =>
      deps.renderTemplate(jobTemplate(readDraft(draft)), {
        taskObject: formatS3Uri(picture),
        labels: filledLabels(draft.labels),
      }),
    'frame.bundle': () => page.bundle(),
    'folder.pick': async (from) => pickFolder(await connection.services(), from),
    'manifest.pick': async (from) =>
      pickObject(await connection.services(), from, {
        title: vscode.l10n.t('Choose a manifest'),
        accepts: (key) => /\.(?:manifest|jsonl?)$/iu.test(key),
      }),
    'picture.pick': async (from) =>
      pickObject(await connection.services(), from, {
        title: vscode.l10n.t('Choose an example picture'),
        accepts: (key) => /\.(?:jpe?g|png|gif|webp)$/iu.test(key),
      }),
    'team.create': async () => void (await vscode.commands.executeCommand('groundTruth.createPrivateTeam')),
    'team.addMembers': async ({ arn }, signal) => {
      const { privateTeams } = await connection.services();
      const team = (await privateTeams.list(signal)).find((candidate) => candidate.arn === arn);
      const row: PrivateTeamNode | undefined = team && { kind: 'privateTeam', team };
      await vscode.commands.executeCommand('groundTruth.addMembers', row);
    },
    'prices.edit': () => deps.prices.edit(),
    'bucket.create': async () => void (await vscode.commands.executeCommand('groundTruth.createBucket')),
    'trust.manage': () => manageTrust(),
    'job.create': (draft, signal) => create(deps, page, readDraft(draft), signal),
    'draft.examine': async (draft, signal) => {
      const found = await deps.doctors.lookAtDraft(readDraft(draft), signal);
      return found.map(({ id, status, where, cause }) => ({
        id,
        status: status === 'error' ? 'error' : 'warning',
        where,
        cause,
      }));
    },
    'doctor.run': async () => void (await vscode.commands.executeCommand('groundTruth.runDoctor', { kind: 'draft' })),
    'job.startLabeling': async ({ name }, signal) => {
      const job = await jobNamed(await connection.services(), name, signal);
      await vscode.commands.executeCommand('groundTruth.startLabeling', { kind: 'labelingJob', job });
    },
    'job.simulateWorkers': async ({ name }, signal) => {
      const job = await jobNamed(await connection.services(), name, signal);
      await vscode.commands.executeCommand('groundTruth.simulateWorkers', { kind: 'labelingJob', job });
    },
    'job.show': async ({ name }, signal) => {
      deps.labelingJobs.show(await jobNamed(await connection.services(), name, signal));
    },
  });
}

/** The page shows what failed as it is told, so it is told in the words of a notification; the log has the rest. */
function explained({ log }: JobSetupDeps, handlers: Handlers<JobSetup>): Handlers<JobSetup> {
  const explain = (error: unknown): never => {
    if (error instanceof Error && error.name === 'AbortError') {
      throw error;
    }
    log.error(error instanceof Error ? error : String(error));
    throw new Error(noticeFor(error).message, { cause: error });
  };
  const wrapped = Object.entries(handlers).map(([method, handle]) => [
    method,
    (params: never, signal: AbortSignal) => Promise.resolve(handle(params, signal)).catch(explain),
  ]);
  return Object.fromEntries(wrapped) as Handlers<JobSetup>;
}

/** Lets go of a bucket that is gone, and fills in where the pictures are, where that is no question. */
async function withInputThatIs(
  services: Services,
  kept: LabelingJobDraft,
  signal: AbortSignal,
): Promise<LabelingJobDraft> {
  try {
    const draft = withoutGone(kept, { buckets: await bucketNames(services, signal) });
    const place = draft.inputBucket === '' ? await onlyPictureFolder(services.objects, signal) : undefined;
    return place === undefined
      ? draft
      : { ...withInputFolder(draft, place.bucket, place.prefix), inputKind: draft.inputKind };
  } catch {
    return kept; // The list of buckets, which is asked for next, says what is wrong.
  }
}

async function jobNames({ labelingJobs }: Services, signal: AbortSignal): Promise<readonly string[]> {
  return (await labelingJobs.list(signal)).map(({ name }) => name);
}

async function bucketNames({ objects }: Services, signal: AbortSignal): Promise<readonly string[]> {
  return (await objects.listBuckets(signal)).map(({ name }) => name);
}

async function teamChoices({ privateTeams }: Services, signal: AbortSignal): Promise<readonly TeamChoice[]> {
  const teams = await privateTeams.list(signal);
  return Promise.all(
    teams.map(async (team) => {
      const members = await privateTeams.members(team, signal);
      return { arn: team.arn, name: team.name, members: members.filter(({ isEnabled }) => isEnabled).length };
    }),
  );
}

async function readInput(
  { objects }: Services,
  place: InputPlace,
  onProgress: (pictures: number) => void,
  signal: AbortSignal,
): Promise<{ readonly summary: InputSummary; readonly input: JobInput }> {
  if (place.kind === 'manifest') {
    const { buckets, ...summary } = await readJobManifest(objects, place.uri, onProgress, signal);
    return { summary, input: { kind: 'manifest', pictureBuckets: buckets } };
  }
  const { all, ...summary } = await listPictures(objects, place, onProgress, signal);
  return { summary, input: { kind: 'pictures', pictures: all } };
}

async function readPicture({ objects }: Services, uri: S3Uri, signal: AbortSignal): Promise<PictureBytes> {
  const head = await objects.headObject(uri, signal);
  if (head !== undefined && head.bytes > largestPictureBytes) {
    throw new Failure('picture.tooLarge', { uri: formatS3Uri(uri), bytes: head.bytes, most: largestPictureBytes });
  }
  const { bytes, contentType } = await objects.readObject(uri, {}, signal);
  return { bytes: new Uint8Array(bytes), contentType: contentType ?? 'application/octet-stream' };
}

async function jobNamed({ labelingJobs }: Services, name: string, signal: AbortSignal): Promise<LabelingJob> {
  return labelingJobs.describe(name, signal);
}

async function create(
  deps: JobSetupDeps,
  page: JobSetupPage,
  draft: LabelingJobDraft,
  signal: AbortSignal,
): Promise<CreationResult> {
  const { services, record } = await deps.ledger.open(signal);
  const place = inputPlace(draft);
  const [names, buckets, { summary, input }] = await Promise.all([
    jobNames(services, signal),
    bucketNames(services, signal),
    readInput(services, place, () => undefined, signal),
  ]);
  const name = draft.jobName.trim();
  if (isBegunJob(record.entries(), name) && names.includes(name)) {
    // Whoever asked for it was cut short before the reply came: it is the same job, not one that has taken the name.
    const { arn } = await services.labelingJobs.describe(name, signal);
    await record.made({ kind: 'labelingJob', name });
    deps.labelingJobs.follow(name);
    return { kind: 'created', name, arn };
  }
  const problems = checkDraft(draft, { jobNames: names, buckets, input: summary });
  if (problems.length > 0) {
    return { kind: 'refused', problems };
  }
  const plan = planLabelingJob(draft, input, jobTemplate(draft), new Date());
  const { connection } = deps;
  const questions = announced(deps.questions, () => page.emit('creation.step', { kind: 'question' }));
  const target = await connection.target(signal);
  if (target.kind === 'aws' && plan.role.kind === 'create') {
    const role = { buckets: plan.role.buckets, region: target.region };
    if (!(await consentToRole(questions, role, signal))) {
      return { kind: 'declined' };
    }
  }
  for (const bucket of plan.pictureBuckets) {
    if (!(await allowPages(services, { bucket, target, questions }, signal))) {
      throw new Failure('pages.notAllowed', { bucket });
    }
  }
  const roleName = plan.role.kind === 'create' ? recordedRole(record.entries(), plan.role.buckets) : undefined;
  try {
    const watcher = {
      onStep: (step: JobSetup['events']['creation.step']) => page.emit('creation.step', step),
      onRole: (role: JobSetup['events']['role.created']) => page.emit('role.created', role),
      keeper: record,
      ...(roleName !== undefined && { roleName }),
    };
    const { arn } = await createLabelingJob(services, plan, watcher, signal);
    deps.labelingJobs.follow(plan.request.labelingJobName);
    return { kind: 'created', name: plan.request.labelingJobName, arn };
  } finally {
    deps.labelingJobs.refresh();
  }
}

/** The page says that somebody is waited for, and not for what. */
function announced(questions: JobSetupDeps['questions'], announce: () => void): JobSetupDeps['questions'] {
  return {
    besideDiff(...asked) {
      announce();
      return questions.besideDiff(...asked);
    },
    besideText(...asked) {
      announce();
      return questions.besideText(...asked);
    },
  };
}

/** What the draft names may be wrong: then there is nothing there to read, and `checkDraft` says why. */
function inputPlace(draft: LabelingJobDraft): InputPlace {
  const manifest = draft.inputKind === 'manifest' ? parseS3Uri(draft.inputManifest.trim()) : undefined;
  return manifest === undefined
    ? { kind: 'folder', bucket: draft.inputBucket, prefix: folderPrefix(draft.inputFolder) }
    : { kind: 'manifest', uri: manifest };
}

/** With it begin the addresses of objects. */
function objectsEndpoint({ server, storage }: Extract<Target, { readonly kind: 'local' }>): string {
  return storage ? storageEndpoint(storage.storage) : server.endpoint;
}

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { Failure } from '../../core/failure.js';
import { parseBuiltInFunction } from '../../core/labels/builtInFunctions.js';
import { parseLabelCategories } from '../../core/labels/labelCategories.js';
import type { LabelingJob, PrivateTeam, Services } from '../../core/ports.js';
import { parseS3Uri } from '../../core/s3Uri.js';
import { type AccuracyProblem, parseAccuracy } from '../../core/simulation/accuracy.js';
import { mostSimulatedWorkers, simulatedMembers } from '../../core/simulation/simulatedTeam.js';
import type { SimulatedWorker } from '../../core/simulation/simulatedWorker.js';
import { simulate, type SimulatedMember, type SimulationProgress } from '../../core/simulation/simulation.js';
import { answered } from '../support/answered.js';
import { untilAborted } from '../support/abort.js';
import { withProgress } from '../support/progress.js';
import { askText, type Choice, nextStep, pickOne, tell } from '../support/prompts.js';
import { withServices } from '../support/withServices.js';
import { takesAnswers, totalObjects } from '../views/labelingJobItems.js';
import type { LabelingJobNode } from '../views/nodes.js';
import type { Deps } from './deps.js';
import { askForJob, type JobQuestion, jobOf } from './jobQuestion.js';

/** Lets workers who are not there label a job of Local Ground Truth, so that one person sees a team at work. */
export function simulateWorkers(deps: Deps) {
  return async (node?: LabelingJobNode): Promise<void> => {
    if (deps.connection.kind !== 'local') {
      tell(
        vscode.l10n.t('Workers can only be simulated on Local Ground Truth: on AWS, people label.'),
        nextStep(vscode.l10n.t('Choose Connection…'), 'groundTruth.chooseConnection'),
      );
      return;
    }
    const job = jobOf(node) ?? (await askForJob(deps, jobToSimulate()));
    if (job) {
      const { team, ...looked } = await withServices(
        vscode.l10n.t('Looking at "{0}"', job.name),
        deps.connection,
        (services, signal) => lookAt(job, services, signal),
      );
      const answers = await ask(looked);
      if (answers) {
        await answered(() => run(deps, { job, team, answers }));
      }
    }
  };
}

function jobToSimulate(): JobQuestion {
  const none = vscode.l10n.t('Every labeling job has ended: there is nothing left to label.');
  return { title: vscode.l10n.t('Simulate Workers'), isWanted: takesAnswers, none };
}

async function lookAt(job: LabelingJob, { labelingJobs, objects, privateTeams }: Services, signal: AbortSignal) {
  const { request } = await labelingJobs.describe(job.name, signal);
  const uri = parseS3Uri(request.labelCategoryConfigS3Uri);
  const taskType = parseBuiltInFunction(request.annotationConsolidationLambdaArn)?.taskType;
  if (!uri || (taskType !== 'ImageMultiClass' && taskType !== 'TextMultiClass')) {
    throw new Failure('simulation.otherTask', { job: job.name });
  }
  const { bytes } = await objects.readObject(uri, {}, signal);
  const categories = parseLabelCategories(new TextDecoder().decode(bytes), { minimumLabels: 1 });
  const labels = categories.map(({ label }) => label);
  const team = (await privateTeams.list(signal)).find(({ arn }) => arn === job.workteamArn);
  if (!team) {
    throw new Failure('job.teamGone', { job: job.name });
  }
  return { team, labels, workersPerObject: request.numberOfHumanWorkersPerDataObject };
}

interface Answers {
  readonly count: number;
  readonly worker: SimulatedWorker;
  readonly seed: number;
}

interface Question {
  readonly labels: readonly string[];
  readonly workersPerObject: number;
}

async function ask({ labels, workersPerObject }: Question): Promise<Answers | undefined> {
  const count = await askText({
    title: stepTitle(1),
    prompt: vscode.l10n.t(
      'How many workers? Each object wants {0}. They join the team as "simulated-01" and so on, and stay in it.',
      workersPerObject,
    ),
    value: String(Math.max(5, workersPerObject)), // Enough to finish every object, also where nobody else is there.
    validate: (text) =>
      isWhole(text) && Number(text) >= 1 && Number(text) <= mostSimulatedWorkers
        ? undefined
        : vscode.l10n.t('A whole number from 1 to {0}.', mostSimulatedWorkers),
  });
  const accuracy = count && (await askText(accuracyQuestion(labels)));
  const secondsPerTask = accuracy && (await pickOne(stepTitle(3), vscode.l10n.t('Time for one object'), speeds()));
  if (secondsPerTask === undefined || secondsPerTask === '') {
    return undefined;
  }
  const declines = await askText({
    title: stepTitle(4),
    prompt: vscode.l10n.t('How many of 100 objects does a worker decline?'),
    value: '0',
    validate: (text) =>
      text !== '' && Number(text) >= 0 && Number(text) <= 100 ? undefined : vscode.l10n.t('A number from 0 to 100.'),
  });
  const seed =
    declines &&
    (await askText({
      title: stepTitle(5),
      prompt: vscode.l10n.t('Seed: with the same one, the same workers answer the same objects the same way.'),
      value: '1',
      validate: (text) => (isWhole(text) ? undefined : vscode.l10n.t('A whole number.')),
    }));
  const parsed = parseAccuracy(accuracy ?? '', labels.length);
  if (!seed || 'problem' in parsed) {
    return undefined;
  }
  const worker = { confusion: parsed.confusion, declineRate: Number(declines) / 100, secondsPerTask };
  return { count: Number(count), worker, seed: Number(seed) };
}

function accuracyQuestion(labels: readonly string[]) {
  return {
    title: stepTitle(2),
    prompt: vscode.l10n.t(
      'How often are they right? From 0 to 1, for all labels, or for each ({0}), or as a confusion matrix in JSON.',
      labels.join(', '),
    ),
    value: '0.85',
    validate: (text: string) => {
      const parsed = parseAccuracy(text, labels.length);
      return 'problem' in parsed ? accuracyTexts[parsed.problem](labels.length) : undefined;
    },
  };
}

const accuracyTexts: { readonly [Problem in AccuracyProblem]: (labels: number) => string } = {
  range: () => vscode.l10n.t('Only numbers from 0 to 1, such as 0.85.'),
  count: (labels) => vscode.l10n.t('One number for all labels, or {0}: one for each.', labels),
  matrix: (labels) =>
    vscode.l10n.t('A matrix has {0} rows of {0} numbers, such as [[0.9, 0.1], [0.2, 0.8]] for two labels.', labels),
  rowSum: () => vscode.l10n.t('The numbers of each row must add up to 1.'),
};

function speeds(): readonly Choice<number>[] {
  return [
    { label: vscode.l10n.t('As fast as it goes'), value: 0 },
    { label: vscode.l10n.t('About 1 second'), value: 1 },
    { label: vscode.l10n.t('About 5 seconds, as people do'), value: 5 },
  ];
}

function stepTitle(step: number): string {
  return vscode.l10n.t('Simulate Workers ({0}/5)', step);
}

function isWhole(text: string): boolean {
  return /^\d{1,9}$/u.test(text);
}

interface Simulation {
  readonly job: LabelingJob;
  readonly team: PrivateTeam;
  readonly answers: Answers;
}

async function run(deps: Deps, simulation: Simulation): Promise<void> {
  const { job } = simulation;
  const { answered: answers, declined } = await withProgress(
    vscode.l10n.t('Simulated workers label "{0}"', job.name),
    (signal, report) => labelAsTeam(deps, simulation, report, signal),
  );
  deps.labelingJobs.refresh();
  tell(
    answers + declined === 0
      ? vscode.l10n.t(
          'The simulated workers found nothing to do in "{0}": it is over, or they have done all they may.',
          job.name,
        )
      : vscode.l10n.t(
          'Simulated workers gave {0} answers to "{1}" and declined {2} objects.',
          answers,
          job.name,
          declined,
        ),
    nextStep(vscode.l10n.t('Show Output Manifest'), 'groundTruth.showOutputManifest', { kind: 'labelingJob', job }),
  );
}

async function labelAsTeam(
  { connection, privateTeams }: Deps,
  { job, team, answers }: Simulation,
  report: (fraction: number, message?: string) => void,
  signal: AbortSignal,
): Promise<SimulationProgress> {
  const services = await untilAborted(connection.services(), signal);
  const portal = await connection.portal(signal);
  const members = simulatedMembers(answers.count, answers.worker, temporaryPassword());
  await join(members, { services, team }, report, signal);
  privateTeams.refresh();
  const { request } = await services.labelingJobs.describe(job.name, signal);
  const most = totalObjects(job) * request.numberOfHumanWorkersPerDataObject;
  return simulate(
    { labelingJobName: job.name, members, seed: answers.seed },
    { portal, wait: (ms, waiting) => sleep(ms, undefined, { signal: waiting }) },
    ({ answered: given, declined }) =>
      report(Math.min(1, given / most), vscode.l10n.t('{0} answers, {1} declined', given, declined)),
    signal,
  );
}

async function join(
  members: readonly SimulatedMember[],
  { services, team }: { readonly services: Services; readonly team: PrivateTeam },
  report: (fraction: number, message?: string) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const [index, member] of members.entries()) {
    report(0, vscode.l10n.t('{0} of {1} join the team', index + 1, members.length));
    await services.privateTeams.addMember(team, member, signal);
  }
}

/** Of this run alone: nobody else has to sign in as them. It keeps to every policy that Cognito knows. */
function temporaryPassword(): string {
  return `${randomUUID()}-Aa1`;
}

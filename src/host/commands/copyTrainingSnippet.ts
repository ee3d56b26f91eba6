import * as vscode from 'vscode';
import type { TrainingReading } from '../../core/export/manifestExports.js';
import { fromObjectUri, objectScheme } from '../../core/objectUri.js';
import { formatS3Uri, parseS3Uri } from '../../core/s3Uri.js';
import type { TrainingTask } from '../../core/training/trainingJob.js';
import { type SnippetLanguage, trainingSnippet } from '../../core/training/trainingSnippet.js';
import { manifestBytes } from '../editors/manifestContent.js';
import type { ShownManifest } from '../editors/shownManifest.js';
import { withProgress } from '../support/progress.js';
import { askText, type Choice, complain, nextStep, pickOne, tell, warn } from '../support/prompts.js';
import type { Deps } from './deps.js';
import { shownManifest } from './manifestQuestion.js';

/** Writes what starts a SageMaker training on the manifest in front, copies it, and shows it. */
export function copyTrainingSnippet(deps: Deps) {
  return async (): Promise<void> => {
    const shown = shownManifest(deps);
    const { attribute } = shown?.query ?? {};
    if (!shown) {
      return;
    }
    if (attribute === undefined) {
      complain(vscode.l10n.t('This manifest has no labels yet: nothing can be trained on it.'));
      return;
    }
    const facts = await readFacts(deps, shown, attribute);
    const { task } = facts;
    if (task === undefined) {
      complain(
        vscode.l10n.t(
          'No built-in algorithm of SageMaker learns from the labels "{0}" as they are. Export them for a framework of your own instead.',
          attribute,
        ),
        nextStep(vscode.l10n.t('Export…'), 'groundTruth.exportManifest'),
      );
      return;
    }
    const title = vscode.l10n.t('Training Snippet for "{0}"', attribute);
    const language = await pickOne(title, vscode.l10n.t('What runs it'), languages());
    const trainManifest =
      language && (await askForManifest(title, vscode.l10n.t('The manifest to train on'), ownUri(shown)));
    const validationManifest =
      trainManifest &&
      (await askForManifest(
        title,
        vscode.l10n.t('The manifest to validate with, for example of a split'),
        trainManifest.replace(/[^/]*$/u, 'validation.manifest'),
      ));
    if (language && trainManifest !== undefined && validationManifest !== undefined) {
      const places = { attribute, trainManifest, validationManifest };
      await show(language, snippetOf(language, await regionOf(deps), { ...facts, task }, places));
      tellOf(facts);
    }
  };
}

interface Places {
  readonly attribute: string;
  readonly trainManifest: string;
  readonly validationManifest: string;
}

function readFacts({ connection, manifestExports }: Deps, { uri }: ShownManifest, attribute: string) {
  return withProgress(vscode.l10n.t('Reading the labels'), async (signal): Promise<TrainingReading> => {
    const manifest = await manifestBytes(uri, async () => (await connection.services()).objects);
    return manifestExports.readTraining(
      attribute,
      { manifest, readObject: readNothing, onProgress: () => undefined },
      signal,
    );
  });
}

function snippetOf(
  language: SnippetLanguage,
  region: string,
  { task, samples, classes }: TrainingReading & { readonly task: TrainingTask },
  { attribute, trainManifest, validationManifest }: Places,
): string {
  const { bucket = 'bucket' } = parseS3Uri(trainManifest) ?? {};
  const plan = {
    task,
    jobName: `${attribute.replaceAll(/[^a-zA-Z0-9-]/gu, '-').slice(0, 40)}-training`,
    roleArn: 'arn:aws:iam::<account>:role/<a role that SageMaker may assume>',
    region,
    trainManifest,
    validationManifest,
    outputPath: formatS3Uri({ bucket, key: 'models/' }),
    labelAttributeName: attribute,
    trainingSamples: samples,
    classes,
    shuffleSeed: 1,
  };
  return trainingSnippet(plan, language);
}

async function regionOf({ connection }: Deps): Promise<string> {
  const target = await connection.target(new AbortController().signal);
  return target.kind === 'local' ? target.server.region : target.region;
}

async function show(language: SnippetLanguage, content: string): Promise<void> {
  await vscode.env.clipboard.writeText(content);
  const languageId = language === 'awsCli' ? 'shellscript' : 'python';
  const document = await vscode.workspace.openTextDocument({ language: languageId, content });
  await vscode.window.showTextDocument(document, { preview: true });
}

function tellOf({ unusable }: TrainingReading): void {
  if (unusable > 0) {
    warn(
      vscode.l10n.t(
        'The snippet is copied. But {0} lines of this manifest would break the training: split it first, which leaves them out.',
        unusable.toLocaleString('en'),
      ),
      nextStep(vscode.l10n.t('Split…'), 'groundTruth.splitManifest'),
    );
    return;
  }
  tell(vscode.l10n.t('The snippet is copied. Give it your role before you run it.'));
}

function ownUri({ uri }: ShownManifest): string {
  return uri.scheme === objectScheme ? formatS3Uri(fromObjectUri(uri)) : 's3://bucket/train.manifest';
}

function askForManifest(title: string, prompt: string, value: string): Promise<string | undefined> {
  return askText({
    title,
    prompt,
    value,
    validate: (typed) =>
      (parseS3Uri(typed)?.key ?? '') === '' ? vscode.l10n.t('Give an object: s3://bucket/name.manifest') : undefined,
  });
}

/** What is told of a manifest's labels needs none of its objects. */
function readNothing(): Promise<never> {
  return Promise.reject(new Error('Labels alone are read'));
}

function languages(): readonly Choice<SnippetLanguage>[] {
  return [
    { value: 'pythonSdk', label: 'SageMaker Python SDK' },
    { value: 'boto3', label: 'boto3' },
    { value: 'awsCli', label: 'AWS CLI' },
  ];
}

import * as vscode from 'vscode';
import type { ComparisonChoice } from '../editors/editorComparison.js';
import type { ShownManifest } from '../editors/shownManifest.js';
import { type Choice, nextStep, pickOne, tell } from '../support/prompts.js';
import { objectUri } from '../support/s3FileSystem.js';
import { withServices } from '../support/withServices.js';
import type { BucketNode, LabelingJobNode } from '../views/nodes.js';
import type { Deps } from './deps.js';
import { addressOf } from './explorer.js';
import { askForJob } from './jobQuestion.js';
import { shownManifest } from './manifestQuestion.js';

type Wanted =
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'open'; readonly uri: vscode.Uri }
  | { readonly kind: 'job' | 'file' };

/** Compares a manifest, by default the one in front, with another one or with another of its label attributes. */
export function compareManifest(deps: Deps) {
  return async (from?: BucketNode | LabelingJobNode | vscode.Uri, choice?: unknown): Promise<void> => {
    const address = from instanceof vscode.Uri ? from : addressOf(from);
    if (address) {
      const uri = address instanceof vscode.Uri ? address : objectUri(address);
      await vscode.commands.executeCommand('vscode.openWith', uri, 'groundTruth.manifest');
    }
    const shown = shownManifest(deps);
    if (!shown) {
      return;
    }
    const chosen = isChoice(choice) ? choice : await askWhat(deps, shown);
    if (chosen) {
      deps.comparisons.compare(chosen);
    }
  };
}

/** Menus of VS Code's Explorer hand over all files that are selected: that is no choice. */
function isChoice(value: unknown): value is ComparisonChoice {
  return typeof value === 'object' && value !== null && 'there' in value && 'attributes' in value;
}

async function askWhat(deps: Deps, shown: ShownManifest): Promise<ComparisonChoice | undefined> {
  const { attributes } = await shown.scan.summary(new AbortController().signal);
  const names = attributes.map(({ name }) => name);
  const here = shown.query.attribute ?? names.at(-1);
  const title = vscode.l10n.t('Compare Manifest With');
  const placeholder = vscode.l10n.t('Another manifest, or another label attribute');
  const others = names.filter((name) => name !== here);
  const wanted = await pickOne(title, placeholder, choices(deps.comparisons.open, shown, others));
  switch (wanted?.kind) {
    case undefined:
      return undefined;
    case 'attribute':
      return { there: shown.uri, attributes: { here, there: wanted.name } };
    case 'open':
      return { there: wanted.uri, attributes: { here, there: here } };
    case 'job': {
      const there = await outputManifestOfJob(deps, title);
      return there && { there, attributes: { here, there: undefined } };
    }
    case 'file': {
      const options = { title, openLabel: vscode.l10n.t('Compare'), defaultUri: vscode.Uri.joinPath(shown.uri, '..') };
      const [there] = (await vscode.window.showOpenDialog(options)) ?? [];
      return there && { there, attributes: { here, there: here } };
    }
  }
}

function choices(
  open: readonly vscode.Uri[],
  shown: ShownManifest,
  others: readonly string[],
): readonly Choice<Wanted>[] {
  return [
    ...others.map((name) => ({
      label: `$(tag) ${name}`,
      description: vscode.l10n.t('of this manifest'),
      value: { kind: 'attribute', name } as const,
    })),
    ...open
      .filter((uri) => uri.toString() !== shown.uri.toString())
      .map((uri) => ({
        label: `$(table) ${uri.path.slice(uri.path.lastIndexOf('/') + 1)}`,
        description: uri.toString(true),
        value: { kind: 'open', uri } as const,
      })),
    { label: `$(output) ${vscode.l10n.t('Output Manifest of a Labeling Job…')}`, value: { kind: 'job' } },
    { label: `$(file) ${vscode.l10n.t('File…')}`, value: { kind: 'file' } },
  ];
}

async function outputManifestOfJob(deps: Deps, title: string): Promise<vscode.Uri | undefined> {
  const job = await askForJob(deps, { title, isWanted: () => true, none: '' });
  if (!job) {
    return undefined;
  }
  const output = await withServices(vscode.l10n.t('Looking for results'), deps.connection, async (services, signal) =>
    deps.labelingJobs.outputManifest(await services.labelingJobs.describe(job.name, signal)),
  );
  if (!output) {
    tell(
      vscode.l10n.t('"{0}" has no output manifest yet. Choose another job, or compare when it has labels.', job.name),
      nextStep(vscode.l10n.t('Compare With…'), 'groundTruth.compareManifest'),
    );
    return undefined;
  }
  return objectUri(output);
}

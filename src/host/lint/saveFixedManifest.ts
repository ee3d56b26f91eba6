import * as vscode from 'vscode';
import { writeWhole } from '../../core/newFile.js';
import { answered } from '../support/answered.js';
import { askForNewManifest, createManifest } from '../support/newManifest.js';
import { withProgress } from '../support/progress.js';
import { nextStep, tell } from '../support/prompts.js';
import { chosenManifest, currentBytes, nameOf } from './chosenManifest.js';
import type { LintCommandDeps } from './lintCommands.js';

/** A copy of a manifest of any size with all made right that there is a fix for; the manifest stays as it is. */
export function saveFixedManifest(deps: LintCommandDeps) {
  return async (from?: vscode.Uri): Promise<void> => {
    const title = vscode.l10n.t('Save Fixed Copy');
    const uri = await chosenManifest(title, from);
    const name = uri && `${nameOf(uri).replace(/\.manifest$/u, '')}-fixed.manifest`;
    const place = uri && name !== undefined ? await askForNewManifest(title, uri, name) : undefined;
    if (uri && place) {
      await answered(() => save(deps, uri, place));
    }
  };
}

async function save({ lint, createFile, ledger }: LintCommandDeps, uri: vscode.Uri, place: vscode.Uri): Promise<void> {
  const { lints, store } = lint;
  const { fixes } = await withProgress(vscode.l10n.t('Saving "{0}"', nameOf(place)), async (signal, report) => {
    const manifest = await currentBytes(uri, store);
    const options = { manifest, location: nameOf(uri), onProgress: (part: number) => report(part) };
    const file = await createManifest(place, { createFile, ledger }, signal);
    return writeWhole(file, lints.fixedCopy(options, signal), signal);
  });
  tell(
    vscode.l10n.t(
      '"{0}" is saved. Fixes in it: {1}. "{2}" itself is as it was.',
      nameOf(place),
      fixes.toLocaleString('en'),
      nameOf(uri),
    ),
    { title: vscode.l10n.t('Open'), run: () => vscode.commands.executeCommand('vscode.open', place) },
    nextStep(vscode.l10n.t('Check It'), 'groundTruth.checkManifest', place),
  );
}

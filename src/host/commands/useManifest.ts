import * as vscode from 'vscode';
import { type Choice, pickOne } from '../support/prompts.js';
import type { Deps } from './deps.js';
import { shownManifest } from './manifestQuestion.js';
import type { CommandId } from './signatures.js';

/** All that can be done with the rows that a manifest editor shows. */
export function useManifest(deps: Deps) {
  return async (): Promise<void> => {
    if (!shownManifest(deps)) {
      return;
    }
    const command = await pickOne(
      vscode.l10n.t('Use the Rows That Are Shown'),
      vscode.l10n.t('What to do with them, in their order'),
      choices(),
    );
    if (command !== undefined) {
      await vscode.commands.executeCommand(command);
    }
  };
}

function choices(): readonly Choice<CommandId>[] {
  return [
    {
      label: `$(save-as) ${vscode.l10n.t('Save Review As…')}`,
      detail: vscode.l10n.t('What was decided of the labels, in a manifest of its own'),
      value: 'groundTruth.saveReview',
    },
    {
      label: `$(refresh) ${vscode.l10n.t('Relabel These Objects…')}`,
      detail: vscode.l10n.t('The input of another labeling job, which keeps the labels that are there beside its own'),
      value: 'groundTruth.relabelObjects',
    },
    {
      label: `$(export) ${vscode.l10n.t('Export…')}`,
      detail: vscode.l10n.t('CSV, image folders, COCO, YOLO, Pascal VOC, Hugging Face, Label Studio'),
      value: 'groundTruth.exportManifest',
    },
    {
      label: `$(split-horizontal) ${vscode.l10n.t('Split…')}`,
      detail: vscode.l10n.t('Manifests for training, validation and test, each class in the same shares'),
      value: 'groundTruth.splitManifest',
    },
    {
      label: `$(checklist) ${vscode.l10n.t('Check Manifest')}`,
      detail: vscode.l10n.t('What is wrong with the whole manifest, in the Problems view, and a fixed copy of it'),
      value: 'groundTruth.checkManifest',
    },
    {
      label: `$(copy) ${vscode.l10n.t('Copy Training Snippet…')}`,
      detail: vscode.l10n.t('What starts a SageMaker training on this manifest'),
      value: 'groundTruth.copyTrainingSnippet',
    },
  ];
}

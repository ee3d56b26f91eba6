import * as vscode from 'vscode';
import type { ShownManifest } from '../editors/shownManifest.js';
import { nextStep, tell } from '../support/prompts.js';
import type { Deps } from './deps.js';

/** The manifest in front; where there is none, what to do about it is told. */
export function shownManifest({ manifests }: Pick<Deps, 'manifests'>): ShownManifest | undefined {
  const { shown } = manifests;
  if (!shown) {
    tell(
      vscode.l10n.t('No manifest is in front. Open one in the manifest editor first.'),
      nextStep(vscode.l10n.t('Show Output Manifest'), 'groundTruth.showOutputManifest'),
    );
  }
  return shown;
}

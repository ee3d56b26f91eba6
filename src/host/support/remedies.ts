import * as vscode from 'vscode';
import type { CommandId } from '../commands/signatures.js';

/** What can be done about an error. */
export type Remedy =
  /** What failed is done again, with all that was answered for it. */
  | { readonly kind: 'tryAgain' }
  /** The same command, which asks anew. */
  | { readonly kind: 'startOver'; readonly title: string }
  /** VS Code asks whether the workspace is trusted. */
  | { readonly kind: 'manageTrust' }
  /** The same lab on this machine. */
  | { readonly kind: 'useLocal' }
  /** JSON, for whoever gives permissions. */
  | { readonly kind: 'copyPolicy'; readonly policy: string }
  /** The settings, at this one. */
  | { readonly kind: 'setting'; readonly setting: string }
  | { readonly kind: 'command'; readonly title: string; readonly command: CommandId };

export function certificateSetting(): Remedy {
  return { kind: 'setting', setting: 'groundTruth.storage.certificateAuthorities' };
}

export function chooseConnection(): Remedy {
  return { kind: 'command', title: vscode.l10n.t('Choose Connection…'), command: 'groundTruth.chooseConnection' };
}

export function signIn(): Remedy {
  return { kind: 'command', title: vscode.l10n.t('Sign In…'), command: 'groundTruth.signIn' };
}

export function runDoctor(): Remedy {
  return { kind: 'command', title: vscode.l10n.t('Run Doctor…'), command: 'groundTruth.runDoctor' };
}

export function refresh(): Remedy {
  return { kind: 'command', title: vscode.l10n.t('Refresh'), command: 'groundTruth.refresh' };
}

export function openPortal(): Remedy {
  return { kind: 'command', title: vscode.l10n.t('Open Labeling Portal'), command: 'groundTruth.openLabelingPortal' };
}

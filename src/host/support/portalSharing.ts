import { homedir } from 'node:os';
import { resolve } from 'node:path';
import * as vscode from 'vscode';
import { Failure } from '../../core/failure.js';
import type { SharedPortalSettings } from '../../core/portal/sharedPortalSettings.js';
import type { LocalServer } from '../../core/ports.js';
import { nextStep, warn } from './prompts.js';

/** What the settings say of other machines; `undefined` where the portal is for this one only. */
export function portalSharing(): SharedPortalSettings | undefined {
  const settings = vscode.workspace.getConfiguration('groundTruth');
  const text = (name: string) => settings.get(`local.${name}`, '').trim();
  const listen = text('listen');
  if (listen === '') {
    return undefined;
  }
  const [certificate, key] = [text('tlsCertificate'), text('tlsKey')];
  if (certificate === '' || key === '') {
    const reason = vscode.l10n.t(
      'the setting "groundTruth.local.listen" opens the labeling portal to other machines, which needs "groundTruth.local.tlsCertificate" and "groundTruth.local.tlsKey". Set them, or empty it.',
    );
    throw new Failure('local.notStarted', { reason, log: '' });
  }
  return { listen, certificateFile: fromHome(certificate), keyFile: fromHome(key) };
}

/** A path of the settings: a relative one, or one with a tilde, counts from the home folder. */
export function fromHome(path: string): string {
  return resolve(homedir(), path.replace(/^~(?=$|[\\/])/u, homedir()));
}

/** Whoever has opened the portal is reminded each time that it opens. */
export function warnOfSharing({ sharedPortal }: LocalServer): void {
  if (sharedPortal === undefined) {
    return;
  }
  warn(
    vscode.l10n.t(
      'Other machines can open the labeling portal, at "{0}", because of the setting "groundTruth.local.listen". Empty it if that is not meant.',
      sharedPortal,
    ),
    nextStep(vscode.l10n.t('Copy Portal Link'), 'groundTruth.copyPortalLink'),
    {
      title: vscode.l10n.t('Open Settings'),
      run: () => vscode.commands.executeCommand('workbench.action.openSettings', 'groundTruth.local'),
    },
  );
}

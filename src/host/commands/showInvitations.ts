import * as vscode from 'vscode';
import { nextStep, pickOne, tell } from '../support/prompts.js';
import { type Invitations, type ReceivedInvitation, tellOfInvitation } from '../support/invitations.js';
import type { Deps } from './deps.js';

export function showInvitations({ connection, invitations }: Deps) {
  return async (): Promise<void> => {
    if (connection.kind === 'aws') {
      tell(
        vscode.l10n.t('AWS sends invitations by e-mail, from no-reply@verificationemail.com.'),
        nextStep(vscode.l10n.t('Open Labeling Portal'), 'groundTruth.openLabelingPortal'),
      );
      return;
    }
    const chosen = await chooseInvitation(invitations);
    if (chosen) {
      tellOfInvitation(chosen);
    }
  };
}

/** One of those that arrived on this machine. */
export async function chooseInvitation(invitations: Invitations): Promise<ReceivedInvitation | undefined> {
  const received = await invitations.list();
  if (received.length === 0) {
    tell(
      vscode.l10n.t('Nobody has been invited yet. Whoever joins a private team gets an invitation.'),
      nextStep(vscode.l10n.t('Create Private Team…'), 'groundTruth.createPrivateTeam'),
    );
    return undefined;
  }
  const choices = received.map((invitation) => ({
    label: `$(mail) ${invitation.email}`,
    description: invitation.receivedAt.toLocaleString(),
    detail: vscode.l10n.t('Temporary password: {0}', invitation.temporaryPassword),
    value: invitation,
  }));
  const placeholder = vscode.l10n.t('Local Ground Truth sends no mail: its invitations are here');
  return pickOne(vscode.l10n.t('Invitations'), placeholder, choices);
}

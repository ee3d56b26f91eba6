import * as vscode from 'vscode';
import { nextStep, tell } from './prompts.js';

/** The mail of Local Ground Truth, which leaves this machine for no mailbox. */
export interface Invitations {
  /** Newest first. */
  list(): Promise<readonly ReceivedInvitation[]>;
}

export interface ReceivedInvitation {
  readonly email: string;
  readonly temporaryPassword: string;
  readonly receivedAt: Date;
}

/** When one arrives, and when one is looked up. */
export function tellOfInvitation({ email, temporaryPassword }: ReceivedInvitation): void {
  tell(
    vscode.l10n.t('"{0}" is invited to label. Temporary password: {1}', email, temporaryPassword),
    nextStep(vscode.l10n.t('Open Portal'), 'groundTruth.openLabelingPortal', { kind: 'invitedWorker', email }),
    {
      title: vscode.l10n.t('Copy Password'),
      run: () => vscode.env.clipboard.writeText(temporaryPassword),
    },
  );
}

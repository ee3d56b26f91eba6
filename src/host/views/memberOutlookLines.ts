import * as vscode from 'vscode';
import type { Holders, JobOutlook, MemberOutlook, SignInState } from '../../core/portal/memberOutlook.js';

/** What a member of a team sees in the portal, and the reason for each job of which that is nothing. */
export function outlookLines({ signIn, jobs }: MemberOutlook): readonly string[] {
  return [
    signInLine(signIn),
    ...(jobs.length === 0 ? [vscode.l10n.t('Sees nothing: no labeling job of this team is going on.')] : []),
    ...jobs.map((job) => vscode.l10n.t('"{0}": {1}', job.labelingJobName, jobLine(job))),
  ];
}

function signInLine(state: SignInState): string {
  switch (state) {
    case 'disabled':
      return vscode.l10n.t('Disabled: cannot sign in.');
    case 'invited':
      return vscode.l10n.t('Has not signed in yet: the temporary password is in the invitation.');
    case 'invitationExpired':
      return vscode.l10n.t('Cannot sign in: the temporary password has expired. Resend the invitation.');
    case 'signedOut':
      return vscode.l10n.t('Is signed out.');
    case 'signedIn':
      return vscode.l10n.t('Is signed in.');
  }
}

function jobLine(job: JobOutlook): string {
  switch (job.kind) {
    case 'tasks':
      return vscode.l10n.t('has tasks for this worker ({0})', job.count);
    case 'notInTeam':
      return vscode.l10n.t('is for the team "{0}", which this worker is not in', job.workteam);
    case 'initializing':
      return vscode.l10n.t('reads its input; the first batch opens after it');
    case 'ended':
      return endLine(job);
    case 'betweenBatches':
      return job.pendingObjects > 0
        ? vscode.l10n.t('opens its next batch; {0} objects are still to come', job.pendingObjects)
        : vscode.l10n.t('has all answers and writes its results');
    case 'heldByOthers':
      return vscode.l10n.t('the rest is with others (objects: {0}{1})', job.objects, inWork(job.heldBy));
    case 'teamTooSmall':
      return vscode.l10n.t(
        'everything that is open is done; each object wants {0} workers, and the team has {1}: add members',
        job.workersPerObject,
        job.members,
      );
    case 'batchWaits':
      return vscode.l10n.t(
        'everything that is open is done; the batch waits for others (answers wanted: {0}{1}; objects to come: {2})',
        job.missingAnswers,
        inWork(job.heldBy),
        job.pendingObjects,
      );
  }
}

function endLine({ status, failureReason }: Extract<JobOutlook, { readonly kind: 'ended' }>): string {
  switch (status) {
    case 'Completed':
      return vscode.l10n.t('is completed');
    case 'Stopping':
      return vscode.l10n.t('is being stopped');
    case 'Stopped':
      return vscode.l10n.t('was stopped');
    case 'Failed':
      return vscode.l10n.t('failed: {0}', failureReason ?? vscode.l10n.t('it does not say why'));
  }
}

/** `; in work: ben@example.org 2` */
function inWork(heldBy: Holders): string {
  const who = heldBy.map(({ email, tasks }) => `${email} ${tasks}`).join(', ');
  return who === '' ? '' : vscode.l10n.t('; in work: {0}', who);
}

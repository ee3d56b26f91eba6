import * as vscode from 'vscode';
import { Failure, type FailureCode, type FailureDetails } from '../../core/failure.js';
import type { CommandId } from '../commands/signatures.js';
import { formatBytes } from './format.js';

export interface Notice {
  readonly message: string;
  readonly actions?: readonly { readonly title: string; readonly command: CommandId }[];
}

// A code without a text does not compile.
const notices: { readonly [Code in FailureCode]: (details: FailureDetails[Code]) => Notice } = {
  'aws.signedOut': ({ profile }) => ({
    message: vscode.l10n.t(
      'The credentials of the AWS profile "{0}" are missing or have expired. Sign in again.',
      profile,
    ),
    actions: [chooseConnection()],
  }),
  'aws.accessDenied': ({ action, resource }) => ({
    message: vscode.l10n.t(
      'AWS does not allow you {0} on "{1}". Ask for that permission, or choose another connection.',
      action,
      resource,
    ),
    actions: [chooseConnection()],
  }),
  'aws.unreachable': ({ endpoint, reason }) => ({
    message: vscode.l10n.t(
      '"{0}" cannot be reached ({1}). Check the network, or choose another connection.',
      endpoint,
      reason,
    ),
    actions: [chooseConnection()],
  }),
  'aws.refused': ({ action, name, reason }) => ({
    message: vscode.l10n.t('{0} was refused ({1}): {2}', action, name, reason),
  }),
  'bucket.nameTaken': ({ bucket }) => ({
    message: vscode.l10n.t(
      'Somebody else has a bucket named "{0}". Bucket names are unique across all of AWS: choose another.',
      bucket,
    ),
    actions: [{ title: vscode.l10n.t('Create Bucket…'), command: 'groundTruth.createBucket' }],
  }),
  'bucket.notFound': ({ bucket }) => ({
    message: vscode.l10n.t('There is no bucket "{0}". It may have been deleted: refresh the explorer.', bucket),
    actions: [{ title: vscode.l10n.t('Refresh'), command: 'groundTruth.refresh' }],
  }),
  'object.notFound': ({ uri }) => ({
    message: vscode.l10n.t('There is no object "{0}". It may have been deleted: refresh the explorer.', uri),
    actions: [{ title: vscode.l10n.t('Refresh'), command: 'groundTruth.refresh' }],
  }),
  'picture.tooLarge': ({ uri, bytes, most }) => ({
    message: vscode.l10n.t(
      '"{0}" has {1}, more than the {2} that a picture to be labeled may have. Upload a smaller one.',
      uri,
      formatBytes(bytes),
      formatBytes(most),
    ),
  }),
  'object.changed': ({ uri }) => ({
    message: vscode.l10n.t('"{0}" was replaced while it was being read. Open it again.', uri),
  }),
  'role.notUsable': ({ role }) => ({
    message: vscode.l10n.t(
      'Ground Truth cannot act as the role "{0}": it is gone, or it does not trust SageMaker. Choose "Create a role…" at Role, and try again.',
      role,
    ),
  }),
  'local.notStarted': ({ reason }) => ({
    message: vscode.l10n.t('Local Ground Truth did not start: {0}', reason),
    actions: [{ title: vscode.l10n.t('Retry'), command: 'groundTruth.refresh' }],
  }),
  'portal.unreachable': ({ endpoint, reason }) => ({
    message: vscode.l10n.t(
      'The labeling portal at "{0}" cannot be reached ({1}). Nothing that was submitted is lost: open it again.',
      endpoint,
      reason,
    ),
    actions: [{ title: vscode.l10n.t('Open Labeling Portal'), command: 'groundTruth.openLabelingPortal' }],
  }),
  'portal.refused': ({ action, reason }) => ({
    message: vscode.l10n.t('The labeling portal refused "{0}": {1}', action, reason),
    actions: [{ title: vscode.l10n.t('Open Labeling Portal'), command: 'groundTruth.openLabelingPortal' }],
  }),
  'portal.signedOut': ({ email }) => ({
    message: vscode.l10n.t('"{0}" is signed out of the labeling portal. Sign in again to go on where you were.', email),
    actions: [{ title: vscode.l10n.t('Open Labeling Portal'), command: 'groundTruth.openLabelingPortal' }],
  }),
  'portal.wrongPassword': ({ email }) => ({
    message: vscode.l10n.t(
      'The user name or password of "{0}" is not right. A temporary password is in the invitation.',
      email,
    ),
    actions: [{ title: vscode.l10n.t('Show Invitations'), command: 'groundTruth.showInvitations' }],
  }),
  'portal.weakPassword': ({ reason }) => ({ message: vscode.l10n.t('Choose another password: {0}', reason) }),
  'portal.taskGone': ({ reason }) => ({ message: vscode.l10n.t('This task is no longer yours: {0}', reason) }),
  'portal.nothingToUndo': ({ reason }) => ({ message: vscode.l10n.t('There is nothing to undo: {0}', reason) }),
};

export class Notifier {
  readonly #log: vscode.LogOutputChannel;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  /** The same function, for callers that nobody waits for: it reports instead of rejecting. */
  reporting<Args extends readonly unknown[]>(run: (...args: Args) => Promise<void>): (...args: Args) => Promise<void> {
    return async (...args) => {
      try {
        await run(...args);
      } catch (error) {
        void this.report(error); // Awaiting it would hold up the caller until the message is closed.
      }
    };
  }

  /** The one place where an error becomes something that the user sees. */
  async report(error: unknown): Promise<void> {
    if (isCancellation(error)) {
      return;
    }
    this.#log.error(error instanceof Error ? error : String(error));
    const { message, actions = [] } = noticeFor(error);
    const showLog = vscode.l10n.t('Show Log');
    const chosen = await vscode.window.showErrorMessage(message, ...actions.map(({ title }) => title), showLog);
    if (chosen === showLog) {
      this.#log.show();
      return;
    }
    const action = actions.find(({ title }) => title === chosen);
    if (action) {
      await vscode.commands.executeCommand(action.command);
    }
  }
}

export function noticeFor(error: unknown): Notice {
  return Failure.is(error)
    ? describe(error)
    : { message: vscode.l10n.t('Something went wrong: {0}', error instanceof Error ? error.message : String(error)) };
}

function describe<Code extends FailureCode>({ code, details }: Failure<Code>): Notice {
  return notices[code](details);
}

function chooseConnection() {
  return { title: vscode.l10n.t('Choose Connection…'), command: 'groundTruth.chooseConnection' } as const;
}

function isCancellation(error: unknown): boolean {
  return error instanceof vscode.CancellationError || (error instanceof Error && error.name === 'AbortError');
}

import * as vscode from 'vscode';
import { Failure, type FailureCode, type FailureDetails } from '../../core/failure.js';
import { credentialsName } from './credentialNames.js';
import { formatBytes } from './format.js';
import {
  certificateSetting,
  chooseConnection,
  openPortal,
  refresh,
  type Remedy,
  runDoctor,
  signIn,
} from './remedies.js';
import { deniedNotice, refusedNotice } from './refusedNotices.js';

/** What the user is told of an error, and can do about it. */
export interface Notice {
  readonly message: string;
  /** The likeliest first; or why there is nothing to do. */
  readonly remedy: readonly [Remedy, ...Remedy[]] | { readonly noneBecause: string };
}

export function noticeFor(error: unknown): Notice {
  return Failure.is(error)
    ? describe(error)
    : {
        message: vscode.l10n.t('Something went wrong: {0}', error instanceof Error ? error.message : String(error)),
        remedy: [tryAgain],
      };
}

function describe<Code extends FailureCode>({ code, details }: Failure<Code>): Notice {
  return notices[code](details);
}

const tryAgain: Remedy = { kind: 'tryAgain' };

// A code without a text, or without something to do about it, does not compile.
const notices: { readonly [Code in FailureCode]: (details: FailureDetails[Code]) => Notice } = {
  'aws.signedOut': ({ profile, reason }) => ({
    message:
      reason === undefined
        ? vscode.l10n.t(
            'The credentials of {0} are missing or have expired. Sign in, and try again.',
            credentialsName(profile),
          )
        : vscode.l10n.t(
            'There are no credentials of {0} ({1}). Sign in or mend its settings, and try again.',
            credentialsName(profile),
            reason,
          ),
    remedy: [tryAgain, signIn(), chooseConnection()],
  }),
  'aws.accessDenied': deniedNotice,
  'aws.unreachable': ({ endpoint, reason }) => ({
    message: vscode.l10n.t(
      '"{0}" cannot be reached ({1}). Check the network, or choose another connection.',
      endpoint,
      reason,
    ),
    remedy: [tryAgain, chooseConnection()],
  }),
  'aws.certificate': ({ endpoint, reason }) => ({
    message: vscode.l10n.t(
      'The certificate of "{0}" is not trusted ({1}). If it is of an authority of your own, name that one\'s PEM file in the setting "groundTruth.storage.certificateAuthorities", and try again.',
      endpoint,
      reason,
    ),
    remedy: [tryAgain, certificateSetting(), chooseConnection()],
  }),
  'aws.overloaded': ({ action, name, reason }) => ({
    message: vscode.l10n.t(
      '{0} could not be done: AWS is overloaded or failing just now ({1}: {2}), and stayed so while it was tried again. Wait a minute, and try again.',
      action,
      name,
      reason.replace(/\.$/u, ''),
    ),
    remedy: [tryAgain],
  }),
  'aws.clockWrong': ({ endpoint }) => ({
    message: vscode.l10n.t(
      'The clock of this machine is far from that of "{0}", which therefore refuses what is signed here. Set the date, the time and the time zone of this machine, and try again.',
      endpoint,
    ),
    remedy: [tryAgain],
  }),
  'aws.refused': refusedNotice,
  'bucket.nameTaken': ({ bucket }) => ({
    message: vscode.l10n.t(
      'Somebody else has a bucket named "{0}". Bucket names are unique across all of AWS: choose another.',
      bucket,
    ),
    remedy: [{ kind: 'startOver', title: vscode.l10n.t('Choose Another Name…') }],
  }),
  'bucket.elsewhere': ({ bucket, region }) => ({
    message:
      region === undefined
        ? vscode.l10n.t(
            'The bucket "{0}" is in another region than this connection. Choose a connection to its region.',
            bucket,
          )
        : vscode.l10n.t(
            'The bucket "{0}" is in the region "{1}", and this connection is to another. Choose a connection to that region.',
            bucket,
            region,
          ),
    remedy: [chooseConnection(), tryAgain],
  }),
  'lab.retained': ({ name, by }) => ({
    message: vscode.l10n.t('"{0}" stays, because {1} uses it. Delete that first, and try again.', name, by.join(', ')),
    remedy: [tryAgain],
  }),
  'bucket.notFound': ({ bucket }) => ({
    message: vscode.l10n.t('There is no bucket "{0}". It may have been deleted: refresh the explorer.', bucket),
    remedy: [refresh(), chooseConnection()],
  }),
  'bucket.notEmptied': ({ bucket, left, key, reason }) => ({
    message: vscode.l10n.t(
      '{0} objects or versions in "{1}" could not be deleted, among them "{2}" ({3}). Ask for the permission, or wait until they are no longer locked, and try again.',
      left,
      bucket,
      key,
      reason.replace(/\.$/u, ''),
    ),
    remedy: [tryAgain],
  }),
  'object.notFound': ({ uri }) => ({
    message: vscode.l10n.t('There is no object "{0}". It may have been deleted: refresh the explorer.', uri),
    remedy: [refresh()],
  }),
  'picture.tooLarge': ({ uri, bytes, most }) => ({
    message: vscode.l10n.t(
      '"{0}" has {1}, more than the {2} that a picture to be labeled may have. Upload a smaller one.',
      uri,
      formatBytes(bytes),
      formatBytes(most),
    ),
    remedy: [{ kind: 'command', title: vscode.l10n.t('Upload Images…'), command: 'groundTruth.uploadImages' }],
  }),
  'object.changed': ({ uri }) => ({
    message: vscode.l10n.t('"{0}" was replaced while it was being read. Open it again.', uri),
    remedy: [tryAgain],
  }),
  'fix.outdated': ({ what }) => ({
    message: vscode.l10n.t(
      '"{0}" has changed since it was looked at, so nothing was written. Look again at how it is now.',
      what,
    ),
    remedy: [tryAgain],
  }),
  'pages.notAllowed': ({ bucket }) => ({
    message: vscode.l10n.t(
      'Nothing was created: without the CORS rule workers’ pages show no picture of "{0}". Create the job again and apply the rule, or take pictures of another bucket.',
      bucket,
    ),
    remedy: [tryAgain],
  }),
  'manifest.lineTooLong': ({ location, line }) => ({
    message: vscode.l10n.t(
      'Line {0} of "{1}" is longer than what is read of one line, so no fixed copy was made. Ground Truth takes no line of more than 100,000 characters: delete it, and try again.',
      (line + 1).toLocaleString('en'),
      location,
    ),
    remedy: [tryAgain],
  }),
  'manifest.unreadable': ({ path, isGone, reason }) => ({
    message: isGone
      ? vscode.l10n.t('There is no file "{0}" any more. Put it back and try again, or compare with another one.', path)
      : vscode.l10n.t(
          '"{0}" cannot be read ({1}). Mend that and try again, or compare with another one.',
          path,
          reason,
        ),
    remedy: [tryAgain],
  }),
  'worker.died': ({ reason }) => ({
    message: vscode.l10n.t(
      'What was at work on this in the background has ended before its time ({0}). Try again; if it ends again, close what else needs much memory on this machine first.',
      reason.replace(/\.$/u, ''),
    ),
    remedy: [tryAgain],
  }),
  'role.notUsable': ({ role }) => ({
    message: vscode.l10n.t(
      'Ground Truth cannot act as the role "{0}": it is gone, or it does not trust SageMaker. Choose "Create a role…" at Role, and try again.',
      role,
    ),
    remedy: [
      { kind: 'command', title: vscode.l10n.t('Create Labeling Job…'), command: 'groundTruth.createLabelingJob' },
      runDoctor(),
    ],
  }),
  'storage.keysMissing': ({ endpoint }) => ({
    message: vscode.l10n.t(
      'The access key of "{0}" is not kept on this machine. Choose the connection again, and enter it.',
      endpoint,
    ),
    remedy: [chooseConnection(), tryAgain],
  }),
  'storage.keysRefused': ({ endpoint, name }) => ({
    message: vscode.l10n.t(
      '"{0}" does not accept the access key ({1}). Choose the connection again, and enter the right one.',
      endpoint,
      name,
    ),
    remedy: [chooseConnection(), tryAgain],
  }),
  'storage.noAuthorities': ({ path, reason }) => ({
    message: vscode.l10n.t(
      'The file "{0}" of the setting "groundTruth.storage.certificateAuthorities" cannot be read ({1}). Name another, or empty the setting, and try again.',
      path,
      reason,
    ),
    remedy: [tryAgain, certificateSetting()],
  }),
  'template.restricted': () => ({
    message: vscode.l10n.t(
      'This workspace is restricted, so no worker task template is run. Trust the workspace to run them, in the sandbox that they are kept in.',
    ),
    remedy: [{ kind: 'manageTrust' }],
  }),
  'local.notStarted': ({ reason }) => ({
    message: vscode.l10n.t(
      'Local Ground Truth did not start ({0}). Mend that and try again; the log says more.',
      reason.replace(/\.$/u, ''),
    ),
    remedy: [tryAgain, chooseConnection()],
  }),
  'portal.unreachable': ({ endpoint, reason }) => ({
    message: vscode.l10n.t(
      'The labeling portal at "{0}" cannot be reached ({1}). Nothing that was submitted is lost: open it again.',
      endpoint,
      reason,
    ),
    remedy: [openPortal()],
  }),
  'portal.refused': ({ action, reason }) => ({
    message: vscode.l10n.t('The labeling portal refused "{0}": {1}', action, reason),
    remedy: [openPortal()],
  }),
  'portal.signedOut': ({ email }) => ({
    message: vscode.l10n.t('"{0}" is signed out of the labeling portal. Sign in again to go on where you were.', email),
    remedy: [openPortal()],
  }),
  'portal.wrongPassword': ({ email }) => ({
    message: vscode.l10n.t(
      'The user name or password of "{0}" is not right. A temporary password is in the invitation.',
      email,
    ),
    remedy: [{ kind: 'command', title: vscode.l10n.t('Show Invitations'), command: 'groundTruth.showInvitations' }],
  }),
  'portal.weakPassword': ({ reason }) => ({
    message: vscode.l10n.t('Choose another password: {0}', reason),
    remedy: { noneBecause: 'The page that asked for a password asks for another.' },
  }),
  'portal.taskGone': ({ reason }) => ({
    message: vscode.l10n.t('This task is no longer yours: {0}', reason),
    remedy: { noneBecause: 'The page goes on with the next task.' },
  }),
  'portal.nothingToUndo': ({ reason }) => ({
    message: vscode.l10n.t('There is nothing to undo: {0}', reason),
    remedy: { noneBecause: 'All is as it was, and labeling goes on.' },
  }),
  'job.teamGone': ({ job }) => ({
    message: vscode.l10n.t('The team of "{0}" is gone, so nobody can label it any more. Create another job.', job),
    remedy: [
      { kind: 'command', title: vscode.l10n.t('Create Labeling Job…'), command: 'groundTruth.createLabelingJob' },
    ],
  }),
  'simulation.otherTask': ({ job }) => ({
    message: vscode.l10n.t(
      'Simulated workers choose one label for each object, and "{0}" asks for something else. Simulate an image or text classification; tasks of other kinds are answered by a person, or by a script through the portal.',
      job,
    ),
    remedy: [{ kind: 'command', title: vscode.l10n.t('Start Labeling'), command: 'groundTruth.startLabeling' }],
  }),
};

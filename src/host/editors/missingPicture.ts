import * as vscode from 'vscode';
import { Failure, type FailureCode } from '../../core/failure.js';
import type { MissingCause, Picture } from '../../protocol/manifestEditor.js';
import { noticeFor } from '../support/notices.js';

export type MissingPicture = Extract<Picture, { readonly kind: 'missing' }>;

/** What is not read on purpose; its message is for the user. */
export class NotRead extends Error {
  readonly because: MissingCause;

  constructor(because: MissingCause, message: string) {
    super(message);
    this.because = because;
  }
}

/** What a failed reading of the picture at `reference` means for the user, who may try again. */
export function missingPicture(error: unknown, reference: string): MissingPicture {
  if (error instanceof NotRead) {
    return missing(error.because, error.message);
  }
  if (error instanceof vscode.FileSystemError) {
    return missingFile(error, reference);
  }
  return missing(
    (Failure.is(error) ? causes[error.code] : undefined) ?? 'other',
    absent(error) ?? noticeFor(error).message,
  );
}

/** What a manifest names and the connection does not have: the explorer, where notices lead, knows no more of it. */
function absent(error: unknown): string | undefined {
  if (Failure.is(error, 'bucket.notFound')) {
    return vscode.l10n.t(
      'There is no bucket "{0}" in this connection. Choose another connection, or correct the address in the manifest.',
      error.details.bucket,
    );
  }
  if (Failure.is(error, 'object.notFound')) {
    return vscode.l10n.t(
      'There is no object "{0}" in this connection. Upload it, choose another connection, or correct the address in the manifest.',
      error.details.uri,
    );
  }
  return undefined;
}

export function missing(cause: MissingCause, reason: string): MissingPicture {
  return { kind: 'missing', cause, reason };
}

/** All others may be anything: a service that refuses, or a bug. */
const causes: { readonly [Code in FailureCode]?: MissingCause } = {
  'object.notFound': 'notFound',
  'bucket.notFound': 'notFound',
  'aws.accessDenied': 'noAccess',
  'aws.signedOut': 'noAccess',
  'bucket.elsewhere': 'noAccess',
  'aws.unreachable': 'unreachable',
  'aws.overloaded': 'unreachable',
  'aws.clockWrong': 'unreachable',
  'local.notStarted': 'unreachable',
};

// The codes are those of https://code.visualstudio.com/api/references/vscode-api#FileSystemError.
function missingFile({ code, message }: vscode.FileSystemError, reference: string): MissingPicture {
  switch (code) {
    case 'FileNotFound':
    case 'FileNotADirectory':
      return missing(
        'notFound',
        vscode.l10n.t(
          'There is no file "{0}" beside the manifest. Put it there, or correct its path in the manifest.',
          reference,
        ),
      );
    case 'NoPermissions':
      return missing(
        'noAccess',
        vscode.l10n.t('"{0}" may not be read by you. Change its permissions, and refresh the pictures.', reference),
      );
    case 'FileIsADirectory':
      return missing('notAPicture', vscode.l10n.t('"{0}" is a folder, and no picture.', reference));
    default:
      return missing(
        code === 'Unavailable' ? 'unreachable' : 'other',
        vscode.l10n.t('"{0}" cannot be read just now: {1}', reference, message),
      );
  }
}

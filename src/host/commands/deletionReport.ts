import * as vscode from 'vscode';
import { Failure } from '../../core/failure.js';
import type { LabResource } from '../../core/lab/labResources.js';
import { noticeFor } from '../support/notices.js';
import { describe, plainLabel } from './labResourceText.js';

/** What could not be deleted. */
export interface Left {
  readonly resource: LabResource;
  readonly why: string;
}

/** In a line, with what can be done about it. */
export function whyLeft(error: unknown): string {
  if (Failure.is(error, 'aws.accessDenied')) {
    return vscode.l10n.t(
      'You lack the permission {0} on "{1}". Ask for it, and delete again.',
      error.details.action,
      error.details.resource,
    );
  }
  if (Failure.is(error, 'aws.refused') && error.details.name === 'BucketNotEmpty') {
    return vscode.l10n.t('Something goes on writing into it. Stop that, such as a labeling job, and delete again.');
  }
  return noticeFor(error).message;
}

export interface Report {
  readonly deleted: readonly LabResource[];
  readonly left: readonly Left[];
  readonly jobs: readonly LabResource[];
  readonly unclear: readonly LabResource[];
}

/** What remains and why, and what is gone, as Markdown. */
export function reportText({ deleted, left, jobs, unclear }: Report): string {
  const pools = new Set(deleted.flatMap((it) => (it.kind === 'userPool' ? (it.id ?? []) : [])));
  const remains = [
    ...left.map(({ resource, why }) => line(resource, why)),
    ...jobs.map((resource) =>
      line(
        resource,
        vscode.l10n.t(
          'It has ended, and costs nothing. AWS has no way to delete a labeling job; its name stays taken.',
        ),
      ),
    ),
    ...unclear.map((resource) =>
      line(
        resource,
        vscode.l10n.t(
          'It was begun and cut short, and what is there now does not have the tags of the extension, so that it may be somebody else’s. If it is not, delete it by its name: "Delete Lab Resources…", "Something else, by its name…".',
        ),
      ),
    ),
    ...deleted.flatMap((it) =>
      it.kind === 'team' && it.userPoolId !== undefined && !pools.has(it.userPoolId)
        ? [
            vscode.l10n.t(
              '- Members of "{0}" are still users of the user pool "{1}", which stays.',
              it.name,
              it.userPoolId,
            ),
          ]
        : [],
    ),
  ];
  return [
    `# ${vscode.l10n.t('What remains of the lab, and why')}`,
    '',
    ...(remains.length > 0 ? remains : [vscode.l10n.t('Nothing.')]),
    '',
    `# ${vscode.l10n.t('What was deleted')}`,
    '',
    ...(deleted.length > 0 ? deleted.map((resource) => line(resource)) : [vscode.l10n.t('Nothing.')]),
    '',
  ].join('\n');
}

function line(resource: LabResource, why?: string): string {
  const head = `- **${plainLabel(resource)}** (${describe(resource).description})`;
  return why === undefined ? head : `${head}: ${why}`;
}

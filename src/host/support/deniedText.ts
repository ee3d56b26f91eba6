import * as vscode from 'vscode';
import type { FailureDetails } from '../../core/failure.js';

/** What of AWS the user may not do, and what helps: a permission more, or whoever has set what stands in the way. */
export function deniedText({ action, resource, because }: FailureDetails['aws.accessDenied']): string {
  return because === undefined
    ? vscode.l10n.t(
        'AWS does not allow you {0} on "{1}". Ask for that permission, or choose another connection.',
        action,
        resource,
      )
    : vscode.l10n.t(
        'AWS does not allow you {0} on "{1}" ({2}). A permission more does not help against that: ask whoever has set it, or choose another connection.',
        action,
        resource,
        because,
      );
}

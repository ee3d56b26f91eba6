import * as vscode from 'vscode';

/** Whose credentials they are, as messages name them: a profile's, or the environment's. */
export function credentialsName(profile: string | undefined): string {
  return profile === undefined
    ? vscode.l10n.t('the environment variables of AWS')
    : vscode.l10n.t('the AWS profile "{0}"', profile);
}

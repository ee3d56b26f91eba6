import * as vscode from 'vscode';
import { emailProblem, parseEmails, repeatedEmail } from '../../core/lab/teamRequest.js';

/** What is wrong with the addresses of people who are to be invited, or nothing. */
export function emailsText(text: string): string | undefined {
  const emails = parseEmails(text);
  if (emails.length === 0) {
    return vscode.l10n.t('Type at least one e-mail address.');
  }
  if (emails.length > 50) {
    return vscode.l10n.t('At most 50 members can be invited at once.');
  }
  const twice = repeatedEmail(emails);
  return (
    emails.map(emailText).find((problem) => problem !== undefined) ??
    (twice && vscode.l10n.t('"{0}" and "{1}" are one mailbox: keep one of them.', ...twice))
  );
}

/** Whoever is invited so must type it so: Ground Truth tells capitals from small letters when they sign in. */
export function emailsNote(text: string): string | undefined {
  const email = parseEmails(text).find((one) => one !== one.toLowerCase());
  return email === undefined
    ? undefined
    : vscode.l10n.t('Signing in tells capitals from small letters: "{0}" has to be typed just so each time.', email);
}

export function emailText(email: string): string | undefined {
  return emailProblem(email) === undefined ? undefined : vscode.l10n.t('"{0}" is no e-mail address.', email);
}

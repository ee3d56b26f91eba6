import type { Mail } from './outbox.js';
import type { UserPool } from './userPools.js';

interface Invited {
  readonly username: string;
  readonly password: string;
  readonly email: string;
  readonly sentAt: Date;
}

const defaultSubject = 'Your temporary password';
const defaultMessage = 'Your username is {username} and temporary password is {####}.';

export function invitation({ settings }: UserPool, { username, password, email, sentAt }: Invited): Mail {
  const template = settings.AdminCreateUserConfig?.InviteMessageTemplate;
  // Functions, because a `$` in a password would mean something in a replacement text.
  const html = (template?.EmailMessage ?? defaultMessage)
    .replaceAll('{username}', () => escapeHtml(username))
    .replaceAll('{####}', () => escapeHtml(password));
  return { to: email, subject: template?.EmailSubject ?? defaultSubject, html, sentAt };
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

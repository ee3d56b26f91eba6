/** What was typed, as addresses: separated by commas, semicolons or white space, each once. */
export function parseEmails(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,;]+/u).filter((part) => part !== ''))];
}

/**
 * Two spellings of one address, if there are any: to mailboxes, case makes no difference. Signing in tells them apart,
 * so both would be invited, as two workers.
 */
export function repeatedEmail(emails: readonly string[]): readonly [string, string] | undefined {
  const first = new Map<string, string>();
  for (const email of emails) {
    const folded = email.toLowerCase();
    const other = first.get(folded);
    if (other !== undefined) {
      return [other, email];
    }
    first.set(folded, email);
  }
  return undefined;
}

/** Coarse on purpose: what Cognito can send to is for Cognito to say. */
export function emailProblem(email: string): 'form' | undefined {
  return email.length <= 128 && /^[^\s@<>"]+@[^\s@<>".]+(?:\.[^\s@<>".]+)+$/u.test(email) ? undefined : 'form';
}

/** A subject of Cognito's mails has 140 characters (its model, EmailVerificationSubjectType), 49 of them ours. */
export const mostOrganizationCharacters = 91;

/** It stands in the subject of the invitation, and in the description of the team. */
export function organizationProblem(name: string): 'missing' | 'length' | 'characters' | undefined {
  if (name === '') {
    return 'missing';
  }
  if (name.length > mostOrganizationCharacters) {
    return 'length';
  }
  return /^[\p{L}\p{M}\p{S}\p{N}\p{P}\s]+$/u.test(name) ? undefined : 'characters';
}

/** By SageMaker's pattern for WorkteamName, which is the group's name too. */
export function teamNameProblem(name: string): 'length' | 'characters' | undefined {
  if (name.length < 1 || name.length > 63) {
    return 'length';
  }
  return /^[a-zA-Z0-9](?:-*[a-zA-Z0-9])*$/u.test(name) ? undefined : 'characters';
}

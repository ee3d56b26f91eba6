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

/** By SageMaker's pattern for WorkteamName, which is the group's name too. */
export function teamNameProblem(name: string): 'length' | 'characters' | undefined {
  if (name.length < 1 || name.length > 63) {
    return 'length';
  }
  return /^[a-zA-Z0-9](?:-*[a-zA-Z0-9])*$/u.test(name) ? undefined : 'characters';
}

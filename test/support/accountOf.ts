import type { Account } from '../../src/core/account.js';

/** An account of this number, without an alias, whose credentials do not expire. */
export function accountOf(accountId: string, differences: Partial<Account> = {}): Account {
  return {
    identity: async () => ({ accountId, arn: `arn:aws:iam::${accountId}:user/somebody` }),
    alias: async () => undefined,
    credentialsEnd: async () => undefined,
    ...differences,
  };
}

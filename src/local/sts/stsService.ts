import type { Identity, QueryService } from '../http/services.js';

export function stsService(identity: Identity): QueryService {
  return {
    signingName: 'sts',
    version: '2011-06-15',
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    operations: {
      GetCallerIdentity: () => ({
        Arn: `arn:aws:iam::${identity.accountId}:root`,
        UserId: identity.accountId,
        Account: identity.accountId,
      }),
    },
  };
}

import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.js';
import type { Identity, QueryService } from '../http/services.js';
import { managedPolicyOperations, rolePolicyOperations } from './policies.js';
import { roleOperations } from './roles.js';
import { roleTagOperations } from './roleTags.js';
import { simulationOperations } from './simulation.js';

export interface IamDependencies {
  readonly database: DatabaseSync;
  readonly identity: Identity;
  readonly clock: Clock;
}

export function iamService(dependencies: IamDependencies): QueryService {
  return {
    signingName: 'iam',
    version: '2010-05-08',
    xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    operations: {
      ...roleOperations(dependencies),
      ...roleTagOperations(dependencies),
      ...rolePolicyOperations(dependencies),
      ...managedPolicyOperations(dependencies),
      // The account of this machine has no name for people, and no operation that could give it one.
      ListAccountAliases: () => ({ AccountAliases: [], IsTruncated: 'false' }),
      ...simulationOperations(dependencies),
    },
  };
}

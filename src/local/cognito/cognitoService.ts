import type { JsonService } from '../http/services.js';
import { groupOperations } from './groups.js';
import { membershipOperations } from './memberships.js';
import type { CognitoDependencies } from './requests.js';
import { userPoolClientOperations } from './userPoolClients.js';
import { userPoolOperations } from './userPools.js';
import { userOperations } from './users.js';

export function cognitoService(dependencies: CognitoDependencies): JsonService {
  return {
    target: 'AWSCognitoIdentityProviderService',
    signingName: 'cognito-idp',
    operations: {
      ...userPoolOperations(dependencies),
      ...userPoolClientOperations(dependencies),
      ...groupOperations(dependencies),
      ...userOperations(dependencies),
      ...membershipOperations(dependencies),
    },
  };
}

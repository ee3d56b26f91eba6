import type { JsonOperation, JsonService } from '../http/services.js';
import { withoutNulls } from '../nulls.js';
import { groupOperations } from './groups.js';
import { membershipOperations } from './memberships.js';
import type { CognitoDependencies } from './requests.js';
import { tagOperations } from './tags.js';
import { userPoolClientOperations } from './userPoolClients.js';
import { userPoolOperations } from './userPools.js';
import { userOperations } from './users.js';

export function cognitoService(dependencies: CognitoDependencies): JsonService {
  const operations: Record<string, JsonOperation> = {
    ...userPoolOperations(dependencies),
    ...userPoolClientOperations(dependencies),
    ...groupOperations(dependencies),
    ...userOperations(dependencies),
    ...membershipOperations(dependencies),
    ...tagOperations(dependencies),
  };
  return {
    target: 'AWSCognitoIdentityProviderService',
    signingName: 'cognito-idp',
    operations: Object.fromEntries(
      Object.entries(operations).map(([name, operation]) => [name, (input) => operation(withoutNulls(input))]),
    ),
  };
}

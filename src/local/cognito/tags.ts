import type { JsonObject } from '../../core/json.js';
import type { JsonOperation } from '../http/services.js';
import { checkedPoolTags } from './poolTags.js';
import { cognitoFields, type CognitoDependencies, invalidParameter } from './requests.js';
import { existingPool, putPoolTags, userPoolArn } from './userPools.js';

/** Tags of user pools: those that CreateUserPool and UpdateUserPool know as `UserPoolTags`. */
export function tagOperations(dependencies: CognitoDependencies): Record<string, JsonOperation> {
  const { database } = dependencies;
  const requested = (input: JsonObject) => {
    const arn = cognitoFields(input).text('ResourceArn', { min: 20, max: 2_048 });
    const id = arn.slice(arn.lastIndexOf('/') + 1);
    if (arn !== userPoolArn(id, dependencies.identity)) {
      throw invalidParameter(`${arn} is not the ARN of a user pool of this account and region.`);
    }
    return existingPool(database, id);
  };
  return {
    ListTagsForResource: (input) => ({ Tags: requested(input).settings.UserPoolTags ?? {} }),

    TagResource(input) {
      const { id, settings } = requested(input);
      putPoolTags(database, id, { ...settings.UserPoolTags, ...checkedPoolTags(input['Tags']) });
      return {};
    },

    UntagResource(input) {
      const { id, settings } = requested(input);
      const { TagKeys: keys } = input;
      if (!Array.isArray(keys) || keys.length === 0) {
        throw invalidParameter('TagKeys must name at least one key.');
      }
      const left = Object.entries(settings.UserPoolTags ?? {}).filter(([key]) => !keys.includes(key));
      putPoolTags(database, id, Object.fromEntries(left));
      return {};
    },
  };
}

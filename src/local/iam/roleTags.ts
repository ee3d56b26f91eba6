import type { QueryOperation } from '../http/services.js';
import { inTransaction } from '../store/database.js';
import { deleteTag, tagsOf } from '../tagRecords.js';
import type { IamDependencies } from './iamService.js';
import { iamFields, listed } from './requests.js';
import { existingRole, roleArn, roleName } from './roles.js';
import { putTags, tagKeysIn, tagsIn } from './tags.js';

export function roleTagOperations({ database, identity }: IamDependencies): Record<string, QueryOperation> {
  const requested = (form: ReadonlyMap<string, string>): string =>
    roleArn(existingRole(database, roleName(form)), identity);
  return {
    ListRoleTags: (form) => listed('Tags', tagsOf(database, requested(form)), iamFields(form)),

    TagRole(form) {
      const arn = requested(form);
      inTransaction(database, () => putTags(database, arn, tagsIn(form)));
      return undefined;
    },

    UntagRole(form) {
      const arn = requested(form);
      const keys = tagKeysIn(form);
      inTransaction(database, () => {
        for (const key of keys) {
          deleteTag(database, arn, key);
        }
      });
      return undefined;
    },
  };
}

import type { DatabaseSync } from 'node:sqlite';
import { rowExists } from '../records.js';
import { inTransaction } from '../store/database.js';
import { addTags, deleteTag, mostTags, type Tag, tagsOf } from '../tagRecords.js';
import type { Operations } from './requests.js';
import { invalid, listedPage, type SageMakerDependencies, sageMakerArn } from './responses.js';

export function tagOperations(dependencies: SageMakerDependencies): Operations<'AddTags' | 'ListTags' | 'DeleteTags'> {
  const { database } = dependencies;
  return {
    AddTags({ ResourceArn: arn, Tags: tags }) {
      checkResource(arn, dependencies);
      inTransaction(database, () => putTags(database, arn, tags));
      return { Tags: tagsOf(database, arn) };
    },

    ListTags(request) {
      checkResource(request.ResourceArn, dependencies);
      const page = listedPage('ListTags', tagsOf(database, request.ResourceArn), request);
      return { Tags: page.items, NextToken: page.nextToken };
    },

    DeleteTags({ ResourceArn: arn, TagKeys: keys }) {
      checkResource(arn, dependencies);
      inTransaction(database, () => {
        for (const key of keys) {
          deleteTag(database, arn, key);
        }
      });
      return {};
    },
  };
}

/** Adds to the tags that are there, in its caller's transaction. */
export function putTags(database: DatabaseSync, arn: string, tags: readonly Tag[]): void {
  if (new Set(tags.map(({ Key: key }) => key)).size < tags.length) {
    throw invalid('A key can be given to one tag only.');
  }
  const reserved = tags.find(({ Key: key }) => /^aws:/iu.test(key));
  if (reserved !== undefined) {
    throw invalid(`The tag key ${reserved.Key} is not for users: those that begin with "aws:" are AWS's own.`);
  }
  if (!addTags(database, arn, tags)) {
    throw invalid(`A resource can have at most ${mostTags} tags.`);
  }
}

/** Where each kind of resource is, by what stands before its name in the ARN. */
const resources: Readonly<Record<string, string>> = {
  'labeling-job': 'SELECT 1 FROM labeling_jobs WHERE lower(name) = ?',
  'workteam/private-crowd': 'SELECT 1 FROM workteams WHERE name = ? COLLATE BINARY',
  'human-task-ui': 'SELECT 1 FROM human_task_uis WHERE name = ?',
};

function checkResource(arn: string, dependencies: SageMakerDependencies): void {
  const resource = arn.split(':').slice(5).join(':');
  const kind = resource.slice(0, resource.lastIndexOf('/'));
  // Workforces can be tagged when they are made, but not listed: AWS has it so.
  if (kind === 'workforce') {
    throw invalid('Invalid resource type: workforce');
  }
  const table = Object.hasOwn(resources, kind) ? resources[kind] : undefined;
  const isOwn = arn === sageMakerArn(resource, dependencies);
  if (table === undefined || !isOwn || !rowExists(dependencies.database, table, resource.slice(kind.length + 1))) {
    throw invalid(`Could not find the resource ${arn}.`);
  }
}

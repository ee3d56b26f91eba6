import type { DatabaseSync } from 'node:sqlite';
import { ServiceError } from '../http/serviceError.js';
import { query, rowExists, run } from '../records.js';
import { inTransaction } from '../store/database.js';
import { deleteTags } from '../tagRecords.js';
import { templateAddress } from './humanTaskUiAddress.js';
import { contentSha256, findHumanTaskUi, humanTaskUiArn, type HumanTaskUiRow } from './humanTaskUiRecords.js';
import type { Operations } from './requests.js';
import { listedPage, type SageMakerDependencies, sortedBy } from './responses.js';
import { putTags } from './tags.js';

export interface HumanTaskUiDependencies extends SageMakerDependencies {
  readonly portalUrl: () => string;
}

type HumanTaskUiOperation = 'CreateHumanTaskUi' | 'DescribeHumanTaskUi' | 'ListHumanTaskUis' | 'DeleteHumanTaskUi';

/** Worker task templates that the account keeps under a name. */
export function humanTaskUiOperations(dependencies: HumanTaskUiDependencies): Operations<HumanTaskUiOperation> {
  const { database, clock } = dependencies;
  return {
    CreateHumanTaskUi({ HumanTaskUiName: name, UiTemplate: template, Tags: tags = [] }) {
      const arn = humanTaskUiArn(name, dependencies);
      inTransaction(database, () => {
        if (rowExists(database, 'SELECT 1 FROM human_task_uis WHERE name = ?', name)) {
          throw new ServiceError('ResourceInUse', `A human task UI with the name ${name} exists already.`);
        }
        run(
          database,
          'INSERT INTO human_task_uis (name, content, created_at) VALUES (?, ?, ?)',
          name,
          template.Content,
          clock.now().getTime(),
        );
        putTags(database, arn, tags);
      });
      return { HumanTaskUiArn: arn };
    },

    DescribeHumanTaskUi({ HumanTaskUiName: name }) {
      const row = existingHumanTaskUi(database, name);
      return {
        HumanTaskUiName: row.name,
        HumanTaskUiArn: humanTaskUiArn(row.name, dependencies),
        HumanTaskUiStatus: 'Active',
        CreationTime: row.created_at / 1_000,
        UiTemplate: { Url: templateAddress(row, dependencies), ContentSha256: contentSha256(row) },
      };
    },

    ListHumanTaskUis(request) {
      const { CreationTimeAfter: after = 0, CreationTimeBefore: before = Infinity } = request;
      const rows = query<HumanTaskUiRow>(database, 'SELECT * FROM human_task_uis ORDER BY rowid').all();
      // Unlike the other lists, this one has what was made at the very time "after" which it asks.
      const wanted = rows.filter(({ created_at: at }) => at / 1_000 >= after && at / 1_000 < before);
      const page = listedPage(
        'ListHumanTaskUis',
        sortedBy(wanted, request, { CreationTime: (row) => row.created_at }),
        request,
      );
      return {
        HumanTaskUiSummaries: page.items.map((row) => ({
          HumanTaskUiName: row.name,
          HumanTaskUiArn: humanTaskUiArn(row.name, dependencies),
          CreationTime: row.created_at / 1_000,
        })),
        NextToken: page.nextToken,
      };
    },

    DeleteHumanTaskUi({ HumanTaskUiName: requested }) {
      const { name } = existingHumanTaskUi(database, requested);
      inTransaction(database, () => {
        run(database, 'DELETE FROM human_task_uis WHERE name = ?', name);
        deleteTags(database, humanTaskUiArn(name, dependencies));
      });
      return {};
    },
  };
}

function existingHumanTaskUi(database: DatabaseSync, name: string): HumanTaskUiRow {
  const row = findHumanTaskUi(database, name);
  if (row === undefined) {
    throw new ServiceError('ResourceNotFound', `There is no human task UI with the name ${name}.`);
  }
  return row;
}

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { LabelingJob, LabelingJobStatus } from '../../../src/core/ports.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { connectionTo } from '../../support/hostConnection.js';

interface MenuItem {
  readonly command: string;
  readonly when?: string;
}

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly when?: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when?: string }[];
  };
};
const commands = contributes.commands.map(({ command }) => command);
const menuItems = Object.values(contributes.menus).flat();

describe('package.json', () => {
  before(fakeVscode);

  it('contributes exactly the commands that have a handler', async () => {
    const { createHandlers } = await import('../../../src/host/commands/handlers.js');
    const handlers = createHandlers({} as Parameters<typeof createHandlers>[0]);
    assert.deepEqual(commands.toSorted(), Object.keys(handlers).toSorted());
  });

  it('puts only contributed commands into menus and welcome texts', () => {
    const linked = contributes.viewsWelcome.flatMap(({ contents }) =>
      [...contents.matchAll(/command:([\w.]+)/gu)].map(([, command]) => command),
    );
    const used = new Set([...menuItems.map(({ command }) => command), ...linked]);
    assert.deepEqual(
      [...used].filter((command) => command === undefined || !commands.includes(command)),
      [],
    );
  });

  it('asks only for context keys that VS Code or we set', () => {
    const known = new Set([
      'groundTruth.connection',
      'view',
      'viewItem',
      'activeCustomEditorId',
      'explorerResourceIsFolder',
      'resourceExtname',
      'resourceScheme',
    ]);
    const clauses = [...menuItems, ...contributes.viewsWelcome, ...Object.values(contributes.views).flat()]
      .flatMap(({ when = 'false' }) => when.split(/&&|\|\|/u))
      .map((clause) => clause.trim());
    const keys = clauses.map((clause) => /^!?([\w.]+)/u.exec(clause)?.[1] ?? clause);
    assert.deepEqual(
      keys.filter((key) => key !== 'false' && !known.has(key)),
      [],
    );
  });

  it("offers menus for the rows that the trees have, and for no other tree's", async () => {
    const rows = await rowsOfTrees();
    const clauses = contributes.menus['view/item/context']?.map(({ when = '' }) => when) ?? [];
    assert.deepEqual(
      clauses.filter((when) => !/^view (?:==|=~) \S+ && viewItem =~ \S+$/u.test(when)),
      [],
    );
    assert.deepEqual(
      clauses.filter((when) => allows(when, { view: 'somebodyElses.view', viewItem: '' })),
      [],
    );
    for (const row of rows) {
      const foreign = { ...row, view: 'somebodyElses.view' };
      assert.deepEqual(
        clauses.filter((when) => allows(when, foreign)),
        [],
      );
      // A job's folder is only opened and closed.
      if (row.viewItem !== 'jobFolder') {
        assert.ok(
          clauses.some((when) => allows(when, row)),
          `no menu for "${row.viewItem}"`,
        );
      }
    }
    for (const when of clauses) {
      assert.ok(
        rows.some((row) => allows(when, row)),
        `no row for ${when}`,
      );
    }
  });

  it('offers to start and to stop only a job that is still going on', async () => {
    const { jobItem } = await import('../../../src/host/views/labelingJobItems.js');
    const offered = (status: LabelingJobStatus) => {
      const { contextValue: viewItem = '' } = jobItem({ kind: 'labelingJob', job: jobWith(status) });
      const items = contributes.menus['view/item/context'] ?? [];
      return items.filter(({ when = '' }) => allows(when, { view: 'groundTruth.labelingJobs', viewItem }));
    };
    const canStop = (status: LabelingJobStatus) =>
      offered(status).some(({ command }) => command === 'groundTruth.stopLabelingJob');
    const statuses = ['Initializing', 'InProgress', 'Stopping', 'Stopped', 'Completed', 'Failed'] as const;
    assert.deepEqual(statuses.filter(canStop), ['Initializing', 'InProgress']);
  });
});

interface Row {
  readonly view: string;
  readonly viewItem: string;
}

/** The context values as the trees give them. */
async function rowsOfTrees(): Promise<readonly Row[]> {
  const buckets = await import('../../../src/host/views/bucketItems.js');
  const jobs = await import('../../../src/host/views/labelingJobItems.js');
  const { PrivateTeamTree } = await import('../../../src/host/views/privateTeamTree.js');
  const teams = new PrivateTeamTree(connectionTo());
  const bucket = { kind: 'bucket', bucket: { name: 'b' } } as const;
  const folder = { kind: 'folder', bucket: 'b', prefix: 'p/' } as const;
  const uri = { bucket: 'b', key: 'k' };
  const job = jobWith('InProgress');
  const team = { name: 't', arn: 'arn:t', description: '' };
  const member = { email: 'a@b.c', sub: 's', isEnabled: true };
  const items = {
    buckets: [
      ...['', 'a'].flatMap((filter) => [buckets.bucketItem(bucket, filter), buckets.folderItem(folder, filter)]),
      ...['a.jpg', 'a.manifest'].map((key) =>
        buckets.objectItem({ kind: 'object', object: { bucket: 'b', key, bytes: 1 } }),
      ),
    ],
    labelingJobs: [
      ...(['InProgress', 'Completed'] as const).map((status) =>
        jobs.jobItem({ kind: 'labelingJob', job: jobWith(status) }),
      ),
      ...(['inputManifest', 'template'] as const).map((role) => jobs.jobFileItem({ kind: 'jobFile', job, role, uri })),
      jobs.jobFolderItem({ kind: 'jobFolder', job, uri }),
    ],
    privateTeams: [
      teams.getTreeItem({ kind: 'privateTeam', team }),
      ...['CONFIRMED', 'FORCE_CHANGE_PASSWORD'].map((status) =>
        teams.getTreeItem({ kind: 'teamMember', team, member: { ...member, status } }),
      ),
    ],
  };
  const { problemItem } = await import('../../../src/host/views/sharedItems.js');
  const { contextValue: problem = '' } = problemItem('id', { kind: 'problem', parent: undefined, error: new Error() });
  const problems = Object.keys(items).map((view) => ({ view: `groundTruth.${view}`, viewItem: problem }));
  const ofThings = Object.entries(items).flatMap(([view, ofView]) =>
    ofView.map(({ contextValue = '' }) => ({ view: `groundTruth.${view}`, viewItem: contextValue })),
  );
  return [...ofThings, ...problems];
}

function jobWith(status: LabelingJobStatus): LabelingJob {
  const counters = { totalLabeled: 0, humanLabeled: 0, machineLabeled: 0, failedNonRetryableError: 0, unlabeled: 1 };
  const [createdAt, modifiedAt] = [new Date(0), new Date(0)];
  return { name: 'j', arn: 'arn:j', status, createdAt, modifiedAt, counters, workteamArn: 'arn:t' };
}

/** As VS Code reads a clause that is made of `==` and `=~` alone. */
function allows(when: string, row: Row): boolean {
  return when.split(' && ').every((clause) => {
    const [, key = '', equal, pattern] = /^(view|viewItem) (?:== (\S+)|=~ \/(.+)\/)$/u.exec(clause) ?? [];
    const value = key === 'view' ? row.view : row.viewItem;
    return pattern === undefined ? value === equal : new RegExp(pattern, 'u').test(value);
  });
}

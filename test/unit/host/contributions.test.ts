import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fakeVscode } from '../../support/fakeVscode.js';

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

  it('offers menus for the rows that the trees have', async () => {
    const patterns = menuItems.flatMap(({ when = '' }) =>
      [...when.matchAll(/viewItem =~ \/(.+?)\/(?:\s|$)/gu)].map(([, pattern = '']) => new RegExp(pattern, 'u')),
    );
    const rows = [
      'bucket',
      'bucket filtered',
      'folder',
      'folder filtered',
      'object',
      'object manifest',
      'labelingJob',
      'labelingJob active',
      'jobFile',
      'jobFile manifest',
      'privateTeam',
      'teamMember',
    ];
    assert.ok(patterns.length > 0);
    for (const row of rows) {
      assert.ok(
        patterns.some((pattern) => pattern.test(row)),
        `no menu for "${row}"`,
      );
    }
    for (const pattern of patterns) {
      assert.ok(
        rows.some((row) => pattern.test(row)),
        `no row for ${pattern}`,
      );
    }
  });
});

import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { inTransaction } from '../../../../src/local/store/database.js';
import { GroupCommit } from '../../../../src/local/store/groupCommit.js';

describe('GroupCommit', () => {
  let database: DatabaseSync;
  let syncs = 0;
  let commits: GroupCommit;

  beforeEach(() => {
    database = new DatabaseSync(':memory:');
    database.exec('CREATE TABLE t (n INTEGER PRIMARY KEY)');
    syncs = 0;
    commits = new GroupCommit(database, async () => {
      syncs++;
      await Promise.resolve();
    });
  });

  afterEach(() => database.close());

  const insert = (n: number): number => {
    database.prepare('INSERT INTO t VALUES (?)').run(n);
    return n;
  };
  const rows = () =>
    database
      .prepare('SELECT n FROM t ORDER BY n')
      .all()
      .map((row) => row['n']);

  it('makes one commit of changes that come together', async () => {
    const results = await Promise.all([1, 2, 3].map((n) => commits.run(() => insert(n))));
    assert.deepEqual(results, [1, 2, 3]);
    assert.deepEqual(rows(), [1, 2, 3]);
    assert.equal(syncs, 1);
  });

  it('takes changes that come while it commits along with the next', async () => {
    const nested: Promise<number>[] = [];
    await commits.run(() => {
      nested.push(
        commits.run(() => insert(2)),
        commits.run(() => insert(3)),
      );
      return insert(1);
    });
    await Promise.all(nested);
    assert.deepEqual(rows(), [1, 2, 3]);
    assert.equal(syncs, 2);
  });

  it('undoes a change that throws, and it alone', async () => {
    const outcomes = await Promise.allSettled([
      commits.run(() => insert(1)),
      commits.run(() => {
        insert(2);
        throw new Error('refused');
      }),
      commits.run(() => insert(3)),
    ]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.deepEqual(rows(), [1, 3]);
  });

  it('undoes all of a change that throws, transactions within it too', async () => {
    await assert.rejects(
      commits.run(() => {
        inTransaction(database, () => insert(1));
        throw new Error('refused');
      }),
    );
    inTransaction(database, () => insert(2));
    assert.deepEqual(rows(), [2]);
  });

  it('keeps nothing of a commit that fails, and goes on', async () => {
    database.exec('CREATE TABLE child (n INTEGER REFERENCES t (n) DEFERRABLE INITIALLY DEFERRED)');
    database.exec('PRAGMA foreign_keys = ON');
    const outcomes = await Promise.allSettled([
      commits.run(() => insert(1)),
      commits.run(() => database.exec('INSERT INTO child VALUES (99)')),
    ]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    await commits.run(() => insert(2));
    assert.deepEqual(rows(), [2]);
  });

  it('is idle when all is committed', async () => {
    void commits.run(() => insert(1));
    await commits.idle();
    assert.deepEqual(rows(), [1]);
    await commits.idle();
  });
});

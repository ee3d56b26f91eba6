import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { listPage, type ListQuery } from '../../../../src/local/s3/listPage.js';
import { ObjectRecords } from '../../../../src/local/store/objectRecords.js';

describe('a page of a listing', () => {
  const bucket = 'b';
  let database: DatabaseSync;
  let objects: ObjectRecords;

  beforeEach(() => {
    database = new DatabaseSync(':memory:');
    database.exec('CREATE TABLE s3_bucket (name TEXT PRIMARY KEY)');
    database.prepare('INSERT INTO s3_bucket VALUES (?)').run(bucket);
    objects = new ObjectRecords(database);
  });

  afterEach(() => database.close());

  const put = (...keys: readonly string[]): void =>
    keys.forEach((key) => {
      objects.put(bucket, { key, bytes: 1, etag: 'e', modifiedAt: 0, blobs: [], headers: {}, metadata: {}, acl: [] });
    });

  /** Rows that cannot be read: a listing that tries throws. */
  const putUnreadable = (...keys: readonly string[]): void => {
    put(...keys);
    const spoil = database.prepare(`UPDATE s3_object SET details = '{' WHERE key = ?`);
    keys.forEach((key) => spoil.run(key));
  };

  const page = (query: Partial<ListQuery>) => {
    const all = { bucket, prefix: '', delimiter: '', after: '', limit: 1000, ...query };
    const { objects: found, prefixes, last } = listPage(objects, all);
    return { keys: found.map(({ key }) => key), prefixes, last };
  };

  it('has its keys in the order of their bytes, after a key', () => {
    put('l/b', 'l/a', 'l/ü', 'l/🐕', 'l/\u{FFFD}', 'm');
    assert.deepEqual(page({ prefix: 'l/' }).keys, ['l/a', 'l/b', 'l/ü', 'l/\u{FFFD}', 'l/🐕']);
    assert.deepEqual(page({ prefix: 'l/', after: 'l/a', limit: 2 }), {
      keys: ['l/b', 'l/ü'],
      prefixes: [],
      last: 'l/ü',
    });
  });

  it('reads one row of each folder, whatever else lies in it', () => {
    put('a/1', 'b/1', 'c');
    putUnreadable('a/2', 'a/3', 'b/2');
    assert.deepEqual(page({ delimiter: '/' }), { keys: ['c'], prefixes: ['a/', 'b/'], last: undefined });
  });

  it('reads no row beyond the one that tells whether there are more', () => {
    put('a', 'b', 'c');
    putUnreadable('d');
    assert.deepEqual(page({ limit: 2 }), { keys: ['a', 'b'], prefixes: [], last: 'b' });
  });
});

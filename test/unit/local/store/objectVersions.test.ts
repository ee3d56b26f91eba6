import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { ObjectRecords } from '../../../../src/local/store/objectRecords.js';
import { type ListedVersion, ObjectVersions } from '../../../../src/local/store/objectVersions.js';
import type { BucketRecord, ObjectRecord, Versioning } from '../../../../src/local/store/records.js';
import { isVersionId, newVersionId, rankInVersionId } from '../../../../src/local/store/versionId.js';
import { isDeleteMarker, versionIdOf, VersionRecords } from '../../../../src/local/store/versionRecords.js';

/** What S3 is to have, in a few lines: of each key its versions, the newest first. */
interface Kept {
  readonly id: string;
  /** The name of its file; `undefined` of a delete marker. */
  readonly file: string | undefined;
}

type Step =
  | { readonly do: 'versioning'; readonly state: Versioning }
  | { readonly do: 'put' | 'delete'; readonly key: string; readonly at: number }
  | { readonly do: 'deleteVersion'; readonly key: string; readonly pick: number };

const keys = ['a', 'a/b', '\u{FFFD}', '🐕'];
const key = fc.constantFrom(...keys);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('versioning'), state: fc.constantFrom('Enabled', 'Suspended') }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('put', 'delete'), key, at: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('deleteVersion'), key, pick: fc.nat(5) }) },
);

describe('the versions of objects', () => {
  it('are what S3 has after any puts and deletions, each file of theirs kept and no other', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const lab = openLab();
        try {
          steps.forEach((each) => lab.run(each));
          assert.deepEqual(lab.listed(), lab.expected());
          assert.deepEqual(lab.listedOneByOne(), lab.expected());
          assert.deepEqual(lab.files(), lab.expectedFiles());
          keys.forEach((name) => assert.deepEqual(lab.current(name), lab.expectedCurrent(name)));
          assert.equal(lab.versions.hasAny('b'), lab.expected().length > 0);
        } finally {
          lab.database.close();
        }
      }),
    );
  });

  it('have ids with their rank in them, that tell nobody else’s', () => {
    const rank = Date.now() * 1000;
    const id = newVersionId(rank);
    assert.ok(isVersionId(id), id);
    assert.equal(rankInVersionId(id), rank);
    assert.notEqual(newVersionId(rank), id);
    assert.equal(rankInVersionId('null'), undefined);
    assert.equal(rankInVersionId('3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrH'), undefined);
    assert.equal(isVersionId('older'), false);
  });
});

function openLab() {
  const database = new DatabaseSync(':memory:');
  database.exec(`CREATE TABLE s3_bucket (name TEXT PRIMARY KEY); INSERT INTO s3_bucket VALUES ('b')`);
  const objects = new ObjectRecords(database);
  const noncurrent = new VersionRecords(database);
  const files = new Set<string>();
  const blobs = { release: (name: string) => assert.ok(files.delete(name), `"${name}" is released once`) };
  const versions = new ObjectVersions({ objects, noncurrent, blobs });
  const model = new Map<string, readonly Kept[]>();
  let bucket: BucketRecord = { name: 'b', region: 'us-east-1', createdAt: 0, settings: { acl: [] } };
  let count = 0;

  const expect = (name: string, id: string | undefined, file: string | undefined): void => {
    const others = model.get(name) ?? [];
    const rest = id === undefined ? [] : id === 'null' ? others.filter((kept) => kept.id !== 'null') : others;
    model.set(name, id === undefined && file === undefined ? [] : [{ id: id ?? 'null', file }, ...rest]);
  };

  return {
    database,
    versions,
    run(each: Step): void {
      switch (each.do) {
        case 'versioning':
          bucket = { ...bucket, settings: { ...bucket.settings, versioning: each.state } };
          break;
        case 'put': {
          const file = `0/${count++}`;
          files.add(file);
          const mark = versions.put(bucket, objectOf(each.key, file, each.at));
          expect(each.key, mark?.id, file);
          break;
        }
        case 'delete':
          expect(each.key, versions.delete(bucket, { key: each.key, modifiedAt: each.at })?.version.id, undefined);
          break;
        case 'deleteVersion': {
          const kept = model.get(each.key) ?? [];
          const id = kept[each.pick]?.id ?? newVersionId(1);
          const deleted = versions.deleteVersion('b', each.key, id);
          assert.equal(deleted && versionIdOf(deleted), kept[each.pick]?.id);
          model.set(
            each.key,
            kept.filter((version) => version.id !== id),
          );
          break;
        }
      }
    },
    listed: () => [...versions.list({ bucket: 'b', prefix: '' })].map(rowOf),
    /** Each page has one version, and goes on after it. */
    listedOneByOne() {
      const rows: ReturnType<typeof rowOf>[] = [];
      let start: { readonly from: string; readonly below: number } | undefined;
      for (;;) {
        const [next] = versions.list({ bucket: 'b', prefix: '', ...start });
        if (next === undefined) {
          return rows;
        }
        rows.push(rowOf(next));
        const below = versions.rankOf('b', next.key, versionIdOf(next.record));
        assert.ok(below !== undefined);
        start = { from: next.key, below };
      }
    },
    expected: () =>
      keys.flatMap((name) =>
        (model.get(name) ?? []).map(({ id, file }, index) => ({ key: name, id, file, isLatest: index === 0 })),
      ),
    files: () => [...files].toSorted(),
    expectedFiles: () =>
      [...model.values()]
        .flat()
        .flatMap(({ file }) => file ?? [])
        .toSorted(),
    current: (name: string) => objects.find('b', name)?.blobs[0]?.name,
    expectedCurrent: (name: string) => model.get(name)?.[0]?.file,
  };
}

function rowOf({ key: name, record, isLatest }: ListedVersion) {
  return {
    key: name,
    id: versionIdOf(record),
    file: isDeleteMarker(record) ? undefined : record.blobs[0]?.name,
    isLatest,
  };
}

function objectOf(name: string, file: string, modifiedAt: number): ObjectRecord {
  const blobs = [{ name: file, bytes: 1 }];
  return { key: name, bytes: 1, etag: 'e', modifiedAt, blobs, headers: {}, metadata: {}, acl: [] };
}

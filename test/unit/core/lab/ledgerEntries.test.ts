import assert from 'node:assert/strict';
import { labObjects, type LabResource } from '../../../../src/core/lab/labResources.js';
import {
  type LedgerEntry,
  readEntries,
  recordedRole,
  withEntries,
  withoutResource,
} from '../../../../src/core/lab/ledgerEntries.js';

const role: LabResource = { kind: 'role', name: 'role', arn: 'arn:role' };
const team: LabResource = { kind: 'team', name: 'team' };
const bucket: LabResource = { kind: 'bucket', name: 'bucket' };
const object: LabResource = { kind: 'objects', bucket: 'elsewhere', folder: 'a/', names: ['1.jpg'] };
const [monday, tuesday] = ['2026-11-30T10:00:00.000Z', '2026-12-01T10:00:00.000Z'];

describe('the entries of the ledger', () => {
  it('are one for each thing', () => {
    assert.deepEqual(withEntries(of(bucket, team), of(team, bucket, role)), of(bucket, team, role));
  });

  it('are read from what earlier versions kept', () => {
    const kept: readonly (LedgerEntry | LabResource)[] = [
      bucket,
      { kind: 'workforce' },
      { resource: team, at: monday },
    ];
    assert.deepEqual(readEntries(kept), [...of(bucket, { kind: 'workforce' }), { resource: team, at: monday }]);
  });

  it('say of what was begun that it is there, from when it was begun on', () => {
    const begun: LedgerEntry = { resource: { ...role, arn: '' }, at: monday, isBegun: true };
    assert.deepEqual(withEntries([begun], [{ resource: role, at: tuesday, tags: { a: 'b' } }]), [
      { resource: role, at: monday, tags: { a: 'b' } },
    ]);
  });

  it('do not take what is there for begun, nor what is begun for begun anew', () => {
    const again: LedgerEntry = { resource: team, at: tuesday, isBegun: true };
    for (const entry of [
      { resource: team, at: monday },
      { resource: team, at: monday, isBegun: true },
    ] as const) {
      assert.deepEqual(withEntries([entry], [again]), [entry]);
    }
  });

  it('hold no object whose bucket goes as a whole', () => {
    const inOwn: LabResource = { kind: 'objects', bucket: 'bucket', folder: '', names: ['a.jpg'] };
    assert.deepEqual(withEntries(of(bucket), of(inOwn, object)), of(bucket, object));
  });

  it('tell things of the same name apart', () => {
    const sameName: LabResource = { kind: 'role', name: 'team', arn: 'arn' };
    assert.deepEqual(withoutResource(of(team, sameName), team), of(sameName));
  });

  it('are one for each folder, however many objects that has', () => {
    const keys = Array.from({ length: 200_000 }, (_, index) => `pictures/${index}.jpg`);
    const recorded = withEntries([], of(...labObjects('b', [...keys, 'top.jpg', 'a/b/c.jpg'])));
    assert.deepEqual(
      recorded.map(({ resource: it }) => it.kind === 'objects' && [it.folder, it.names.length]),
      [
        ['pictures/', 200_000],
        ['', 1],
        ['a/b/', 1],
      ],
    );
    const again = withEntries(recorded, of(...labObjects('b', ['pictures/0.jpg', 'pictures/new.jpg'])));
    assert.deepEqual(
      again.map(({ resource: it }) => it.kind === 'objects' && it.names.length),
      [200_001, 1, 1],
    );
  });

  it('keep the objects that came to a folder while others of it were deleted', () => {
    const [shown] = labObjects('b', ['a/1', 'a/2']);
    assert.ok(shown);
    const meanwhile = withEntries(of(shown), of(...labObjects('b', ['a/3'])));
    assert.deepEqual(withoutResource(meanwhile, shown), of(...labObjects('b', ['a/3'])));
    assert.deepEqual(withoutResource(of(shown), shown), []);
  });

  it('name the last role that was made for just these buckets', () => {
    const roleFor = (name: string, ...buckets: readonly string[]): LabResource => ({ ...role, name, buckets });
    const entries = of(role, roleFor('first', 'a', 'b'), roleFor('last', 'b', 'a'), roleFor('more', 'a', 'b', 'c'));
    assert.equal(recordedRole(entries, ['a', 'b']), 'last');
    assert.equal(recordedRole(entries, ['a']), undefined);
  });
});

function of(...resources: readonly LabResource[]): readonly LedgerEntry[] {
  return resources.map((resource) => ({ resource }));
}

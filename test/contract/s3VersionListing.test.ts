import assert from 'node:assert/strict';
import {
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandInput,
} from '@aws-sdk/client-s3';
import { refuses } from '../support/s3.js';
import { versionedSuite } from '../support/versionedBucket.js';

describe('a listing of versions', () => {
  const suite = versionedSuite();
  const ids = new Map<string, readonly (string | undefined)[]>();

  const list = (query: Omit<ListObjectVersionsCommandInput, 'Bucket'> = {}) =>
    suite.s3.send(new ListObjectVersionsCommand({ Bucket: suite.bucket, ...query }));

  /** Of each of these keys the versions that were put, the newest first. */
  const madeOf = (...keys: readonly string[]) =>
    keys.flatMap((key) => (ids.get(key) ?? []).map((id) => `${key} ${id}`));

  before(async () => {
    await suite.setVersioning('Suspended');
    for (const [key, states] of [
      ['a', ['Suspended', 'Enabled', 'Enabled']],
      ['folder/1', ['Enabled', 'Enabled']],
      ['folder/2', ['Enabled']],
      ['ü', ['Enabled', 'Suspended', 'Enabled', 'marker']],
      ['🐕', ['Enabled']],
    ] as const) {
      const made: string[] = [];
      for (const state of states) {
        await suite.setVersioning(state === 'Suspended' ? state : 'Enabled');
        made.unshift((state === 'marker' ? await hide(key) : await suite.put(key, state)) ?? 'null');
      }
      ids.set(key, made);
    }
  });

  async function hide(key: string): Promise<string | undefined> {
    return (await suite.s3.send(new DeleteObjectCommand(suite.at(key)))).VersionId;
  }

  /** All pages of so many at most. */
  async function pages(query: Omit<ListObjectVersionsCommandInput, 'Bucket'>) {
    const found: string[] = [];
    const latest: string[] = [];
    const folders: (string | undefined)[] = [];
    let markers: Pick<ListObjectVersionsCommandInput, 'KeyMarker' | 'VersionIdMarker'> | undefined = {};
    while (markers !== undefined) {
      const page = await list({ ...query, ...markers });
      const { Versions = [], DeleteMarkers = [], CommonPrefixes = [] } = page;
      const both = [...Versions, ...DeleteMarkers];
      assert.ok(both.length + CommonPrefixes.length <= (query.MaxKeys ?? 1000));
      found.push(...both.map(({ Key, VersionId }) => `${Key} ${VersionId}`));
      latest.push(...both.flatMap(({ Key = '', IsLatest }) => (IsLatest === true ? [Key] : [])));
      folders.push(...CommonPrefixes.map(({ Prefix }) => Prefix));
      markers =
        page.IsTruncated === true
          ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
          : undefined;
    }
    return { found, latest, folders };
  }

  for (const MaxKeys of [1, 2, 3, 1000]) {
    it(`has all of them once, key by key, in pages of ${MaxKeys}`, async () => {
      const { found, latest } = await pages({ MaxKeys });
      const all = madeOf('a', 'folder/1', 'folder/2', 'ü', '🐕');
      assert.deepEqual(found.toSorted(), all.toSorted());
      assert.deepEqual(latest.toSorted(), [...ids.keys()].toSorted());
      if (MaxKeys === 1) {
        assert.deepEqual(found, all); // The newest first; clients have versions and markers of a page apart.
      }
    });

    it(`has what lies below a delimiter as one, in pages of ${MaxKeys}`, async () => {
      const { found, folders } = await pages({ MaxKeys, Delimiter: '/' });
      assert.deepEqual(found.toSorted(), madeOf('a', 'ü', '🐕').toSorted());
      assert.deepEqual(folders, ['folder/']);
    });

    it(`has those of a prefix alone, in pages of ${MaxKeys}`, async () => {
      assert.deepEqual((await pages({ MaxKeys, Prefix: 'folder/' })).found, madeOf('folder/1', 'folder/2'));
    });
  }

  it('begins after a key, or after a version of it', async () => {
    const afterKey = await list({ KeyMarker: 'a', Prefix: 'folder' });
    assert.deepEqual(
      afterKey.Versions?.map(({ Key, VersionId }) => `${Key} ${VersionId}`),
      madeOf('folder/1', 'folder/2'),
    );
    const [, second] = ids.get('a') ?? [];
    const afterVersion = await list({ KeyMarker: 'a', VersionIdMarker: second, MaxKeys: 1 });
    assert.deepEqual([afterVersion.Versions?.[0]?.VersionId, afterVersion.Versions?.[0]?.IsLatest], ['null', false]);
    const afterLast = await list({ KeyMarker: 'a', VersionIdMarker: 'null', MaxKeys: 1 });
    assert.equal(afterLast.Versions?.[0]?.Key, 'folder/1');
    const beyond = await list({ KeyMarker: 'a', VersionIdMarker: second, Prefix: 'folder' });
    assert.equal(beyond.Versions?.length, 3); // What comes before the prefix is not in it.
  });

  it('goes on behind a version that is gone', async () => {
    const key = 'gone/key';
    const [one, two, three] = [await suite.put(key, '1'), await suite.put(key, '2'), await suite.put(key, '3')];
    const first = await list({ Prefix: 'gone/', MaxKeys: 2 });
    assert.deepEqual([first.NextKeyMarker, first.NextVersionIdMarker], [key, two]);
    for (const VersionId of [three, two]) {
      await suite.s3.send(new DeleteObjectCommand({ ...suite.at(key), VersionId }));
    }
    await suite.put(key, 'newer'); // What has come since is before the marker.
    const rest = await list({ Prefix: 'gone/', KeyMarker: key, VersionIdMarker: two });
    assert.deepEqual(
      rest.Versions?.map(({ VersionId, IsLatest }) => [VersionId, IsLatest]),
      [[one, false]],
    );
  });

  it('passes over nothing where the version "null" of the marker is gone', async () => {
    const key = 'null/key';
    const one = await suite.put(key, '1');
    await suite.setVersioning('Suspended');
    await suite.put(key, '2');
    const first = await list({ Prefix: 'null/', MaxKeys: 1 });
    assert.equal(first.NextVersionIdMarker, 'null');
    await suite.s3.send(new DeleteObjectCommand({ ...suite.at(key), VersionId: 'null' }));
    const rest = await list({ Prefix: 'null/', KeyMarker: key, VersionIdMarker: 'null' });
    assert.deepEqual(
      rest.Versions?.map(({ VersionId, IsLatest }) => [VersionId, IsLatest]),
      [[one, true]],
    );
  });

  it('refuses markers that make no sense', async () => {
    const [VersionIdMarker] = ids.get('a') ?? [];
    await refuses(list({ VersionIdMarker }), 'InvalidArgument', 400);
    await refuses(list({ KeyMarker: 'a', VersionIdMarker: 'odd' }), 'InvalidArgument', 400);
  });
});

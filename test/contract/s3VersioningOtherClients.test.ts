import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awsCommands, pythonCommands } from '../support/awsCli.js';
import { awsCli, boto3 } from '../support/otherClients.js';
import { s3Suite } from '../support/s3.js';

describe('versions by other clients', () => {
  const suite = s3Suite('unused');
  let folder = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 's3-versions-'));
  });

  after(() => rm(folder, { recursive: true, force: true }));

  const cli =
    (command: string) =>
    (...args: readonly string[]) =>
      awsCli(suite.server, args, command);

  for (const [index, command] of awsCommands.entries()) {
    it(`are kept, read, brought back and deleted by the AWS CLI (${command})`, async () => {
      const bucket = `cli-${index}`;
      const at = ['--bucket', bucket, '--key', 'a b.txt'];
      const aws = cli(command);
      const json = async (...args: readonly string[]) =>
        JSON.parse(await aws('s3api', ...args, '--output', 'json')) as Answer;
      await aws('s3', 'mb', `s3://${bucket}`);
      await aws('s3api', 'put-bucket-versioning', '--bucket', bucket, '--versioning-configuration', 'Status=Enabled');
      assert.equal((await json('get-bucket-versioning', '--bucket', bucket)).Status, 'Enabled');
      const ids: string[] = [];
      for (const text of ['one', 'two']) {
        const file = join(folder, text);
        await writeFile(file, text);
        ids.push((await json('put-object', ...at, '--body', file)).VersionId ?? '');
      }
      await aws('s3', 'rm', `s3://${bucket}/a b.txt`);
      assert.equal(await aws('s3', 'ls', `s3://${bucket}`), '');
      await assert.rejects(aws('s3', 'rb', `s3://${bucket}`), /BucketNotEmpty/u);
      const out = join(folder, 'out');
      await aws('s3api', 'get-object', ...at, '--version-id', ids[0] ?? '', out);
      assert.equal(await readFile(out, 'utf8'), 'one');

      // Pages of one, put together by the CLI.
      const listed = await json('list-object-versions', '--bucket', bucket, '--page-size', '1');
      assert.deepEqual(
        listed.Versions?.map(({ VersionId, IsLatest }) => [VersionId, IsLatest]),
        ids.toReversed().map((id) => [id, false]),
      );
      const [marker] = listed.DeleteMarkers ?? [];
      assert.equal(marker?.IsLatest, true);
      await aws('s3api', 'delete-object', ...at, '--version-id', marker.VersionId);
      await aws('s3', 'cp', `s3://${bucket}/a b.txt`, out, '--only-show-errors');
      assert.equal(await readFile(out, 'utf8'), 'two');

      const Objects = ids.map((VersionId) => ({ Key: 'a b.txt', VersionId }));
      const gone = await json('delete-objects', '--bucket', bucket, '--delete', JSON.stringify({ Objects }));
      assert.deepEqual(gone.Deleted, Objects);
      await aws('s3', 'rb', `s3://${bucket}`);
    });
  }

  for (const [index, python] of pythonCommands.entries()) {
    it(`are what boto3 makes of them (${python})`, async () => {
      const output = await boto3(
        suite.server,
        `
bucket = 'boto-${index}'
s3 = boto('s3')
s3.create_bucket(Bucket=bucket)
s3.put_object(Bucket=bucket, Key='k', Body=b'before')
s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={'Status': 'Enabled'})
new = s3.put_object(Bucket=bucket, Key='k', Body=b'after')['VersionId']
assert s3.get_object(Bucket=bucket, Key='k', VersionId='null')['Body'].read() == b'before'
s3.copy(dict(Bucket=bucket, Key='k', VersionId='null'), bucket, 'k')
assert s3.get_object(Bucket=bucket, Key='k')['Body'].read() == b'before'
s3.delete_object(Bucket=bucket, Key='k')
def failure(**more):
    try: s3.head_object(Bucket=bucket, Key='k', **more)
    except botocore.exceptions.ClientError as error:
        answer = error.response['ResponseMetadata']
        return answer['HTTPStatusCode'], answer['HTTPHeaders'].get('x-amz-delete-marker')
assert failure() == (404, 'true'), failure()
pages = list(s3.get_paginator('list_object_versions').paginate(Bucket=bucket, PaginationConfig={'PageSize': 2}))
assert len(pages) == 2
markers = [m['VersionId'] for page in pages for m in page.get('DeleteMarkers', [])]
versions = [v['VersionId'] for page in pages for v in page.get('Versions', [])]
assert failure(VersionId=markers[0]) == (405, 'true')
assert len(markers) == 1 and len(versions) == 3 and versions[1:] == [new, 'null'], (markers, versions)
many = boto3.resource('s3', endpoint_url=s3.meta.endpoint_url).Bucket(bucket)
many.object_versions.delete()
assert 'Versions' not in s3.list_object_versions(Bucket=bucket)
s3.delete_bucket(Bucket=bucket)
print('done')
`,
        python,
      );
      assert.equal(output.trim(), 'done');
    });
  }
});

interface Answer {
  readonly Status?: string;
  readonly VersionId?: string;
  readonly Versions?: readonly Version[];
  readonly DeleteMarkers?: readonly Version[];
  readonly Deleted?: readonly unknown[];
}

interface Version {
  readonly VersionId: string;
  readonly IsLatest: boolean;
}

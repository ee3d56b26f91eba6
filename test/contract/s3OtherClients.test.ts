import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awsCli, boto3 } from '../support/otherClients.js';
import { objectUrl, s3Suite } from '../support/s3.js';

describe('S3 by the AWS CLI', () => {
  const suite = s3Suite('sdk');
  const aws = (...args: readonly string[]) => awsCli(suite.server, args);
  let folder = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 's3-cli-'));
    await mkdir(join(folder, 'in', 'deep er'), { recursive: true });
    await writeFile(join(folder, 'in', 'dog.jpg'), 'dog');
    await writeFile(join(folder, 'in', 'deep er', 'käse & co.txt'), 'cheese');
    await writeFile(join(folder, 'in', 'large.bin'), randomBytes(9 * 1024 * 1024)); // Over 8 MB, it goes in parts.
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it('makes a bucket, copies a folder there and back, and syncs', async () => {
    await aws('s3', 'mb', 's3://cli');
    await aws('s3', 'cp', '--recursive', '--no-progress', join(folder, 'in'), 's3://cli/pictures');
    await aws('s3', 'cp', '--recursive', '--no-progress', 's3://cli/pictures', join(folder, 'out'));
    for (const name of ['dog.jpg', 'large.bin', join('deep er', 'käse & co.txt')]) {
      assert.deepEqual(await readFile(join(folder, 'out', name)), await readFile(join(folder, 'in', name)), name);
    }
    const again = await aws('s3', 'sync', '--no-progress', join(folder, 'in'), 's3://cli/pictures');
    assert.equal(again, ''); // Everything is there already.
    assert.match(await aws('s3', 'ls', '--recursive', 's3://cli'), /9437184 pictures\/large\.bin/u);
  });

  it('copies, moves and removes within a bucket', async () => {
    await aws('s3', 'cp', 's3://cli/pictures/large.bin', 's3://cli/copy.bin');
    await aws('s3', 'mv', 's3://cli/copy.bin', 's3://cli/moved.bin');
    const { ContentLength } = JSON.parse(
      await aws('s3api', 'head-object', '--bucket', 'cli', '--key', 'moved.bin'),
    ) as { ContentLength: number };
    assert.equal(ContentLength, 9 * 1024 * 1024);
    await assert.rejects(aws('s3api', 'head-object', '--bucket', 'cli', '--key', 'copy.bin'), /404/u);
    await aws('s3', 'rm', '--recursive', 's3://cli');
    assert.equal(await aws('s3', 'ls', 's3://cli'), '');
    await aws('s3', 'rb', 's3://cli');
  });

  it('makes an object public step by step', async () => {
    await aws('s3api', 'put-object', '--bucket', 'sdk', '--key', 'good.png', '--body', join(folder, 'in', 'dog.jpg'));
    await aws('s3api', 'delete-public-access-block', '--bucket', 'sdk');
    const Rules = 'Rules=[{ObjectOwnership=BucketOwnerPreferred}]';
    await aws('s3api', 'put-bucket-ownership-controls', '--bucket', 'sdk', '--ownership-controls', Rules);
    await aws('s3api', 'put-object-acl', '--bucket', 'sdk', '--key', 'good.png', '--acl', 'public-read');
    assert.equal(await (await fetch(objectUrl(suite.server, 'sdk', 'good.png'))).text(), 'dog');
  });

  it('presigns an address that opens', async () => {
    const url = (await aws('s3', 'presign', 's3://sdk/good.png')).trim();
    assert.equal(await (await fetch(url)).text(), 'dog');
  });

  it('says which name is wrong, and which key', async () => {
    await assert.rejects(aws('s3api', 'create-bucket', '--bucket', 'Wrong_Name'), /InvalidBucketName/u);
    const impostor = { ...suite.server, secretAccessKey: 'wrong' };
    await assert.rejects(awsCli(impostor, ['s3', 'ls']), /SignatureDoesNotMatch/u);
  });
});

describe('S3 by boto3', () => {
  const suite = s3Suite('boto');
  const python = (script: string) => boto3(suite.server, `s3 = boto('s3')\n${script}`);

  it('puts, reads, lists and deletes', async () => {
    const output = await python(`
keys = ['a', 'b/ü & +', 'b/../c', '日本']
for key in keys:
    s3.put_object(Bucket='boto', Key=key, Body=key.encode(), Metadata={'m': 'v'}, ContentType='text/plain')
for key in keys:
    got = s3.get_object(Bucket='boto', Key=key)
    assert got['Body'].read().decode() == key and got['Metadata'] == {'m': 'v'}, key
assert [o['Key'] for o in s3.list_objects_v2(Bucket='boto')['Contents']] == sorted(keys)
assert [o['Key'] for o in s3.list_objects(Bucket='boto')['Contents']] == sorted(keys)
s3.delete_objects(Bucket='boto', Delete={'Objects': [{'Key': key} for key in keys]})
print(s3.list_objects_v2(Bucket='boto')['KeyCount'])
`);
    assert.equal(output.trim(), '0');
  });

  it('uploads large files in parts', async () => {
    const output = await python(`
import io, hashlib
body = bytes(range(256)) * 70000
s3.upload_fileobj(io.BytesIO(body), 'boto', 'large')
back = io.BytesIO()
s3.download_fileobj('boto', 'large', back)
print(back.getvalue() == body, s3.head_object(Bucket='boto', Key='large')['ETag'].endswith('-3"'))
`);
    assert.equal(output.trim(), 'True True');
  });

  for (const version of ['s3', 's3v4']) {
    it(`presigns in the signature’s version "${version}"`, async () => {
      await suite.put('presigned', 'by address');
      const url = await boto3(
        suite.server,
        `
from botocore.config import Config
s3 = boto('s3', config=Config(signature_version='${version}'))
print(s3.generate_presigned_url('get_object', Params={'Bucket': 'boto', 'Key': 'presigned'}, ExpiresIn=60))
`,
      );
      assert.equal(await (await fetch(url.trim())).text(), 'by address');
      assert.equal((await fetch(url.trim().replace('presigned', 'other'))).status, 403);
    });
  }

  it('signs headers in the old version', async () => {
    const output = await boto3(
      suite.server,
      `
from botocore.config import Config
s3 = boto('s3', config=Config(signature_version='s3'))
s3.put_object(Bucket='boto', Key='old', Body=b'x')
print(s3.get_object(Bucket='boto', Key='old')['Body'].read().decode(), s3.list_objects_v2(Bucket='boto', Prefix='old')['KeyCount'])
`,
    );
    assert.equal(output.trim(), 'x 1');
  });

  it('gets AWS’s error names', async () => {
    const output = await python(`
def code(call):
    try: call()
    except botocore.exceptions.ClientError as error: return error.response['Error']['Code']
print(code(lambda: s3.get_object(Bucket='boto', Key='none')), code(lambda: s3.list_objects_v2(Bucket='nowhere')))
`);
    assert.equal(output.trim(), 'NoSuchKey NoSuchBucket');
  });
});

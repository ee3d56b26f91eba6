import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAwsProfiles } from '../../../src/node/awsProfiles.js';

describe('AWS profiles', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aws-profiles-'));
  });

  after(() => rm(folder, { recursive: true }));

  it('are those of both files, the default one first', async () => {
    const config = [
      '[profile work]',
      'region = eu-west-1',
      'sso_session = company',
      '[sso-session company]',
      'region = us-east-1',
      '[default]',
      'region=us-east-2',
      '# [profile no]',
    ];
    const credentials = ['[default]', 'aws_access_key_id = x', '[ keys-only ]', 'aws_access_key_id = y'];
    assert.deepEqual(await read(config, credentials), [
      { name: 'default', region: 'us-east-2' },
      { name: 'keys-only' },
      { name: 'work', region: 'eu-west-1' },
    ]);
  });

  it('are none where the files are none', async () => {
    const none = { AWS_CONFIG_FILE: join(folder, 'none'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none') };
    assert.deepEqual(await readAwsProfiles(none), []);
  });

  async function read(config: readonly string[], credentials: readonly string[]) {
    const files = { AWS_CONFIG_FILE: join(folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials') };
    await writeFile(files.AWS_CONFIG_FILE, config.join('\n'));
    await writeFile(files.AWS_SHARED_CREDENTIALS_FILE, credentials.join('\r\n'));
    return readAwsProfiles(files);
  }
});

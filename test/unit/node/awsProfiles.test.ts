import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { readAwsEnvironment, readAwsProfiles, tokenFolders } from '../../../src/node/awsProfiles.js';

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
      { name: 'default', region: 'us-east-2', source: 'keys' },
      { name: 'keys-only', source: 'keys' },
      { name: 'work', region: 'eu-west-1', source: 'sso' },
    ]);
  });

  it('are known by the names that the SDK finds them by', async () => {
    const config = ['[profile "quoted"]', "[profile 'single']", '[stray]', 'region = eu-west-1', '[services local]'];
    assert.deepEqual(
      (await read(config, ['[stray-keys]'])).map(({ name }) => name),
      ['quoted', 'single', 'stray-keys'],
    );
  });

  const sources = [
    { source: 'sso', settings: ['sso_start_url = https://company.awsapps.com/start', 'sso_region = eu-west-1'] },
    { source: 'login', settings: ['login_session = arn:aws:iam::123456789012:user/somebody'] },
    { source: 'process', settings: ['credential_process = /opt/keys --for work'] },
    { source: 'role', settings: ['role_arn = arn:aws:iam::123456789012:role/lab', 'source_profile = base'] },
    { source: 'unknown', settings: ['output = json', 's3 =', '  aws_access_key_id = of-something-else'] },
  ];
  for (const { source, settings } of sources) {
    it(`say where credentials come from: ${source}`, async () => {
      assert.deepEqual(await read(['[profile work]', ...settings], []), [{ name: 'work', source }]);
    });
  }

  const environments = [
    { name: 'nothing', variables: { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: '' }, says: undefined },
    {
      name: 'keys',
      variables: { AWS_ACCESS_KEY_ID: 'x', AWS_DEFAULT_REGION: 'eu-west-1' },
      says: { region: 'eu-west-1' },
    },
    {
      name: 'a role of a container',
      variables: { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://localhost/role' },
      says: {},
    },
  ];
  for (const { name, variables, says } of environments) {
    it(`may not be needed: the environment has ${name}`, () => {
      assert.deepEqual(readAwsEnvironment(variables), says);
    });
  }

  it('have tokens of sign-ins beside them', () => {
    assert.deepEqual(
      tokenFolders().map((place) => place.split(sep).slice(-3)),
      [
        ['.aws', 'sso', 'cache'],
        ['.aws', 'login', 'cache'],
      ],
    );
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

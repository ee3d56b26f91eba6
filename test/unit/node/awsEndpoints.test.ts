import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awsServices } from '../../../src/core/awsEndpoints.js';
import { readAwsEndpoints } from '../../../src/node/awsEndpoints.js';

const config = `
[default]
endpoint_url = http://default.example
[profile work]
region = us-east-1
endpoint_url = http://work.example
services = near
[profile plain]
region = us-east-1
[profile deaf]
endpoint_url = http://deaf.example
ignore_configured_endpoint_urls = true
[services near]
s3 =
  endpoint_url = http://s3.example
  addressing_style = path
cognito_identity_provider =
    endpoint_url=http://cognito.example
`;

const all = (url: string) => Object.fromEntries(awsServices.map((service) => [service, url]));
const ofWork = {
  ...all('http://work.example'),
  s3: 'http://s3.example',
  cognito_identity_provider: 'http://cognito.example',
};

describe('where calls to AWS go', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aws-endpoints-'));
    await writeFile(join(folder, 'config'), config);
  });

  after(() => rm(folder, { recursive: true }));

  const cases = [
    { says: 'the profile and its services', profile: 'work', endpoints: ofWork },
    { says: 'AWS itself, whatever the default profile has', profile: 'plain', endpoints: {} },
    { says: 'the default profile, without another', endpoints: all('http://default.example') },
    { says: 'the profile that the environment names', variables: { AWS_PROFILE: 'work' }, endpoints: ofWork },
    {
      says: 'the environment, before any profile',
      profile: 'work',
      variables: { AWS_ENDPOINT_URL: 'http://all.example', AWS_ENDPOINT_URL_IAM: 'http://iam.example' },
      endpoints: { ...all('http://all.example'), iam: 'http://iam.example' },
    },
    { says: 'AWS itself, where the profile wants that', profile: 'deaf', endpoints: {} },
    {
      says: 'AWS itself, where the environment wants that',
      profile: 'work',
      variables: { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true', AWS_ENDPOINT_URL: 'http://all.example' },
      endpoints: {},
    },
    { says: 'AWS itself, of a profile that is not there', profile: 'nobody', endpoints: {} },
  ];
  for (const { says, profile, variables, endpoints } of cases) {
    it(`is said by ${says}`, async () => {
      const environment = { AWS_CONFIG_FILE: join(folder, 'config'), ...variables };
      assert.deepEqual(await readAwsEndpoints(profile, environment), endpoints);
    });
  }
});

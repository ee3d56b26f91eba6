import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { AdminSetUserPasswordCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { createAwsServices } from '../../src/aws/services.js';
import { examineAll, placeOf } from '../../src/core/doctor/examine.js';
import { reportJson, reportMarkdown, reportText } from '../../src/core/doctor/reportText.js';
import { subjectOf } from '../../src/core/doctor/look.js';
import type { Target } from '../../src/core/ports.js';
import { LocalServerLauncher } from '../../src/node/localServer.js';
import { ownerToken } from '../../src/node/ownerToken.js';
import type { FaultName } from '../../src/local/faults/faultRule.js';
import { setEnvironment } from '../support/environment.js';
import { FaultyLab } from '../support/faults/faultyLab.js';
import { fakeVscode } from '../support/fakeVscode.js';
import { invitedPassword } from '../support/lab.js';
import { deleteDataFolder, type FaultyTestServer, makeDataFolder, startTestServer } from '../support/localServer.js';
import { type RoleGiver, startRoleGiver } from '../support/roleGiver.js';
import { type HostLab, openHostLab } from '../support/secrets/hostLab.js';
import { Secrets } from '../support/secrets/secrets.js';
import { isPrivate, Writings } from '../support/secrets/writings.js';

const { signal } = new AbortController();
const keys = { accessKeyId: 'AKIAMARKEDKEYOFTHELAB', secretAccessKey: 'Marked/Secret+Key=0fTheLab&Nobody"Else' };
const longTerm = { accessKeyId: 'AKIAMARKEDLONGTERMKEY', secretAccessKey: 'Long/Term+Secret=0fTheProfile' };
const sessionToken = 'MarkedSessionToken//9fOfTheAssumedRole==';
const mfaCode = '739150';
const passwords = {
  chosen: 'Chosen&Kittens-88',
  wrong: 'Mistyped/Kittens+88',
  weak: 'weakmk1',
  long: 'Long-8'.repeat(60),
};

const target: Target = { kind: 'aws', profile: 'careful', region: 'us-east-1' };
const faults: readonly FaultName[] = [
  'AccessDenied',
  'ExpiredToken',
  'InternalError',
  'Throttling',
  'ServiceUnavailable',
  'CutReply',
];

/**
 * Where a secret has to be, and why; nowhere else may one be. The files are their owner's alone, and so is the folder.
 */
const holders: readonly { readonly where: RegExp; readonly holds: RegExp; readonly because: string }[] = [
  {
    where: /^identity\.json$/u,
    holds: /^(?:access key|secret key)$/u,
    because: 'it is the key file of Local Ground Truth: what clients sign with has to be known to whoever checks it',
  },
  {
    where: /^server\.json$/u,
    holds: /^(?:access key|secret key)$/u,
    because: 'windows that find a running server in it get the key from it',
  },
  {
    where: /^outbox[\\/][^\\/]+\.eml$/u,
    holds: /^temporary password$/u,
    because: 'it is the mail that AWS would send to the worker, with the password that the worker has to change',
  },
];

// One story: each step stands on the one before, and the last looks at all that they wrote.
describe('secrets', () => {
  const secrets = new Secrets();
  const writings = new Writings();
  let server: FaultyTestServer;
  let roles: RoleGiver;
  let lab: FaultyLab;
  let host: HostLab;
  let restoreEnvironment: () => void;
  let profileFolder: string;

  before(async () => {
    fakeVscode();
    const dataFolder = await makeDataFolder();
    await writeFile(join(dataFolder, 'identity.json'), JSON.stringify({ accountId: '123456789012', ...keys }), {
      mode: 0o600,
    });
    server = await startTestServer({ dataFolder });
    roles = await startRoleGiver({ ...keys, sessionToken });
    profileFolder = await makeDataFolder();
    await writeProfiles(profileFolder);
    restoreEnvironment = setEnvironment({
      AWS_SHARED_CREDENTIALS_FILE: join(profileFolder, 'credentials'),
      AWS_CONFIG_FILE: join(profileFolder, 'config'),
      AWS_ENDPOINT_URL: server.endpoint,
      AWS_ENDPOINT_URL_STS: roles.endpoint,
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      AWS_PROFILE: undefined,
    });
    secrets.add('access key', keys.accessKeyId);
    secrets.add('secret key', keys.secretAccessKey);
    secrets.add('access key of the profile', longTerm.accessKeyId);
    secrets.add('secret key of the profile', longTerm.secretAccessKey);
    secrets.add('session token', sessionToken);
    secrets.add('MFA code', mfaCode);
    secrets.add('owner token', ownerToken(keys));
    for (const [name, password] of Object.entries(passwords)) {
      secrets.add(`${name} password`, password);
    }
    secrets.add('password of the worker who labels', 'ana@example.com-8');
    lab = new FaultyLab(server, { onClient: () => undefined }, { target, askMfaCode: async () => mfaCode });
    host = await openHostLab({ server, services: lab.services, target, writings });
  });

  after(async () => {
    lab.dispose();
    roles.stop();
    restoreEnvironment();
    await server.stop();
    await deleteDataFolder(profileFolder);
  });

  it('of the lab are used: each step fails in each way, is told of, and is done at last', async () => {
    for (const [step, run] of Object.entries(lab.steps).filter(([name]) => name !== 'clean up')) {
      for (const fault of faults) {
        server.setFaults([{ service: '*', operation: '*', fault }]);
        await host.attempt(`${step}, ${fault}`, run);
      }
      server.setFaults([]);
      await run();
    }
    assert.deepEqual(roles.asked[0]?.code, mfaCode);
    assert.ok(writings.places.length > 50, 'failures were met');
  }).timeout(240_000);

  it('of workers are typed: wrong, too weak, too long, and right', async () => {
    const email = 'cy@example.com';
    const temporary = await invitedPassword(server.dataFolder, email);
    secrets.add('temporary password', temporary);
    await host.signIn(email, [passwords.wrong, temporary], [passwords.weak, passwords.chosen]);
    const [session = ''] = [...host.secretStorage.values()];
    const { token } = JSON.parse(session) as { readonly token: string };
    secrets.add('session of the worker', token);
    const cognito = new CognitoIdentityProviderClient(server.clientConfig);
    const [team] = await lab.services.privateTeams.list(signal);
    for (const Password of [passwords.long, passwords.weak]) {
      const command = new AdminSetUserPasswordCommand({ UserPoolId: team?.userPoolId, Username: email, Password });
      await host.attempt('AdminSetUserPassword', () => cognito.send(command));
    }
    cognito.destroy();
  });

  it('of credentials that are no good are tried', async () => {
    roles.refuses = true;
    for (const name of ['careful', 'mistyped', 'unknown-key', 'broken-process', 'failing-process', 'none']) {
      const services = createAwsServices({ ...target, profile: name }, { askMfaCode: async () => mfaCode });
      const before = writings.places.length;
      await host.attempt(`profile ${name}`, () => services.objects.listBuckets(signal));
      await host.attempt(`profile ${name}, SageMaker`, () => services.labelingJobs.list(signal));
      assert.ok(writings.places.length > before, `${name} is refused`);
      services.dispose();
    }
    roles.refuses = false;
  });

  it('are not repeated from files and greetings that are damaged', async () => {
    const half = `{"secretAccessKey": ${keys.secretAccessKey}}`;
    const dataFolder = await makeDataFolder();
    const program = join(dataFolder, 'greeting.cjs');
    const greetings = [half, JSON.stringify({ endpoint: 'nowhere', ...keys })];
    for (const greeting of greetings) {
      await writeFile(program, `console.log(${JSON.stringify(greeting)})`);
      const launcher = new LocalServerLauncher({
        program,
        runtime: process.execPath,
        dataFolder,
        idleMinutes: 1,
        log: (sentence) => writings.note('output channel', sentence),
      });
      await host.attempt('greeting', () => launcher.ensure());
      launcher.dispose();
    }
    await writeFile(join(dataFolder, 'identity.json'), half);
    await host.attempt('key file', () => startTestServer({ dataFolder }));
    await deleteDataFolder(dataFolder);
    const told = writings.textsOf('greeting', 'key file');
    assert.ok(told.length >= greetings.length + 1);
    // A parser quotes a few letters of what it cannot read.
    assert.deepEqual(
      told.filter((text) => text.includes(keys.secretAccessKey.slice(0, 6))),
      [],
    );
  }).timeout(120_000);

  it('stay out of what the doctor says, whatever it meets', async () => {
    for (const fault of [undefined, ...faults]) {
      const [job] = await lab.services.labelingJobs.list(signal);
      const looks = [{ kind: 'account' }, { kind: 'worker' }, { kind: 'job', name: job?.name ?? '' }] as const;
      for (const look of looks) {
        const subject = await subjectOf(look, lab.services, signal);
        server.setFaults(fault === undefined ? [] : [{ service: '*', operation: '*', fault }]);
        const { report } = await examineAll({ services: lab.services, place: placeOf(target), subject }, signal);
        server.setFaults([]);
        assert.ok(report.findings.length > 0);
        for (const [form, written] of Object.entries({ reportJson, reportText, reportMarkdown })) {
          writings.note(`${form} of ${look.kind}, ${fault}`, written(report));
        }
      }
    }
  }).timeout(240_000);

  it('stay out of what commands copy, show and remember', async () => {
    await host.runCommands();
    assert.match(host.copied, /create_labeling_job|create-labeling-job|aws_sagemaker_labeling_job/u);
    assert.ok(host.remembered.length > 0, 'the ledger has what was made');
  });

  it('are nowhere but where they have to be', async () => {
    await writings.noteFolder(server.dataFolder);
    await lab.steps['clean up']?.();
    await writings.noteFolder(server.dataFolder);
    writings.note('log of the server', server.log);
    host.noteAll();
    const stray = writings
      .leaks(secrets)
      .map(({ where, secrets: found }) => ({
        where,
        secrets: found.filter((name) => !holders.some((it) => it.where.test(where) && it.holds.test(name))),
      }))
      .filter(({ secrets: found }) => found.length > 0);
    assert.deepEqual(stray, []);
    assert.ok(
      writings.places.some((where) => where.endsWith('.sqlite')),
      writings.places.join('\n'),
    );
  });

  it('are where they have to be, in files of nobody else', async () => {
    const leaks = writings.leaks(secrets);
    for (const { where, because } of holders) {
      const found = leaks.filter((leak) => where.test(leak.where));
      assert.ok(found.length > 0, `nothing was found where something is, ${because}: does the search work?`);
      const files = new Set(found.map((leak) => join(server.dataFolder, leak.where)));
      for (const file of files) {
        assert.ok(await isPrivate(file), file);
      }
    }
    assert.deepEqual(await readdir(profileFolder), ['config', 'credentials']);
  });
});

async function writeProfiles(folder: string): Promise<void> {
  const role = ['role_arn = arn:aws:iam::123456789012:role/lab', 'source_profile = work'];
  const halfJson = `{"Version":1,"AccessKeyId":"${longTerm.accessKeyId}","SecretAccessKey":"${longTerm.secretAccessKey}"`;
  await writeFile(
    join(folder, 'config'),
    [
      ...profile('careful', [...role, 'mfa_serial = arn:aws:iam::123456789012:mfa/somebody']),
      ...profile('broken-process', [`credential_process = echo '${halfJson}'`]),
      ...profile('failing-process', [`credential_process = sh -c 'echo ${longTerm.secretAccessKey} >&2; exit 1'`]),
    ].join('\n'),
  );
  const credentials = (name: string, { accessKeyId, secretAccessKey }: typeof keys) =>
    `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  await writeFile(
    join(folder, 'credentials'),
    [
      credentials('work', longTerm),
      credentials('mistyped', { ...keys, secretAccessKey: longTerm.secretAccessKey }),
      credentials('unknown-key', longTerm),
    ].join('\n'),
  );
}

function profile(name: string, lines: readonly string[]): readonly string[] {
  return [`[profile ${name}]`, 'region = us-east-1', ...lines, ''];
}

import assert from 'node:assert/strict';
import { Failure, type FailureCode, type FailureDetails } from '../../../src/core/failure.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { user } from '../../support/vscodeModule.js';

type Run = (...args: readonly unknown[]) => Promise<void>;

const showLog = 'Show Log';
const reason = 'the reason';

/** Each failure, and what is offered where a command ends with it. */
const failures: { readonly [Code in FailureCode]: readonly [FailureDetails[Code], ...string[]] } = {
  'aws.signedOut': [{ profile: 'work' }, 'Try Again', 'Sign In…', 'Choose Connection…'],
  'aws.accessDenied': [
    { action: 's3:GetObject', resource: 'b/k' },
    'Try Again',
    'Copy Policy',
    'Run Doctor…',
    'Choose Connection…',
  ],
  'aws.unreachable': [{ endpoint: 'AWS us-east-1', reason }, 'Try Again', 'Choose Connection…'],
  'aws.overloaded': [{ action: 's3:PutObject', name: 'SlowDown', reason }, 'Try Again'],
  'aws.clockWrong': [{ endpoint: 'AWS us-east-1' }, 'Try Again'],
  'bucket.elsewhere': [{ bucket: 'b', region: 'eu-west-1' }, 'Choose Connection…', 'Try Again'],
  'aws.refused': [{ action: 's3:PutObject', name: 'SlowDown', reason }, 'Try Again', 'Start Over'],
  'bucket.nameTaken': [{ bucket: 'b' }, 'Choose Another Name…'],
  'lab.retained': [{ name: 'default', by: ['other-team'] }, 'Try Again'],
  'bucket.notFound': [{ bucket: 'b' }, 'Refresh', 'Choose Connection…'],
  'bucket.notEmptied': [{ bucket: 'b', left: 2, key: 'k', reason }, 'Try Again'],
  'object.notFound': [{ uri: 's3://b/k' }, 'Refresh'],
  'picture.tooLarge': [{ uri: 's3://b/k', bytes: 3, most: 2 }, 'Upload Images…'],
  'object.changed': [{ uri: 's3://b/k' }, 'Try Again'],
  'fix.outdated': [{ what: 's3://b/k' }, 'Try Again'],
  'pages.notAllowed': [{ bucket: 'b' }, 'Try Again'],
  'manifest.lineTooLong': [{ location: 'a.manifest', line: 4 }, 'Try Again'],
  'manifest.unreadable': [{ path: '/a.manifest', isGone: false, reason }, 'Try Again'],
  'worker.died': [{ reason }, 'Try Again'],
  'role.notUsable': [{ role: 'r' }, 'Create Labeling Job…', 'Run Doctor…'],
  'aws.certificate': [
    { endpoint: 'https://minio.example', reason },
    'Try Again',
    'Open Settings',
    'Choose Connection…',
  ],
  'storage.keysMissing': [{ endpoint: 'https://minio.example' }, 'Choose Connection…', 'Try Again'],
  'storage.keysRefused': [
    { endpoint: 'https://minio.example', name: 'InvalidAccessKeyId' },
    'Choose Connection…',
    'Try Again',
  ],
  'storage.noAuthorities': [{ path: 'ca.pem', reason }, 'Try Again', 'Open Settings'],
  'template.restricted': [{}, 'Manage Workspace Trust'],
  'local.notStarted': [{ reason, log: 'what it said' }, 'Try Again', 'Choose Connection…'],
  'portal.unreachable': [{ endpoint: 'http://127.0.0.1:1', reason }, 'Open Labeling Portal'],
  'portal.refused': [{ action: 'takeTasks', reason }, 'Open Labeling Portal'],
  'portal.signedOut': [{ email: 'a@b.c' }, 'Open Labeling Portal'],
  'portal.wrongPassword': [{ email: 'a@b.c', reason }, 'Show Invitations'],
  'portal.weakPassword': [{ reason }],
  'portal.taskGone': [{ taskId: '1', reason }],
  'portal.nothingToUndo': [{ reason }],
  'job.teamGone': [{ job: 'a' }, 'Create Labeling Job…'],
  'simulation.otherTask': [{ job: 'boxes' }, 'Start Labeling'],
};

describe('an error that nobody waits for', () => {
  before(fakeVscode);
  beforeEach(() => user.reset());

  for (const [code, [details, ...steps]] of Object.entries(failures)) {
    it(`that is ${code} is told of, with what can be done: ${steps.join(', ') || 'nothing'}`, async () => {
      const failure = new Failure(code as FailureCode, details);
      const { noticeFor } = await import('../../../src/host/support/notices.js');
      const { answered } = await import('../../../src/host/support/answered.js');
      await reported(async () => answered(() => Promise.reject(failure)));
      const { message, remedy } = noticeFor(failure);
      assert.deepEqual(user.asked, [{ text: message, choices: [...steps, showLog] }]);
      assert.doesNotMatch(message, /undefined|\{\d\}/u);
      assert.equal('noneBecause' in remedy, steps.length === 0, 'where nothing is offered, the table says why');
    });
  }

  it('of an account that may have come too late for Ground Truth leads to this machine', async () => {
    const reasons = [
      new Failure('aws.accessDenied', { action: 'sagemaker:CreateWorkteam', resource: 'a', isPerhapsClosed: true }),
      new Failure('aws.refused', {
        action: 'sagemaker:CreateLabelingJob',
        name: 'ValidationException',
        reason,
        isPerhapsClosed: true,
      }),
    ];
    user.answers = () => 'Use Local Ground Truth';
    for (const failure of reasons) {
      await reported(() => Promise.reject(failure));
      assert.match(user.asked.at(-1)?.text ?? '', /before 30 July 2026.*runs on this machine, too\.$/u);
    }
    const local = { command: 'groundTruth.chooseConnection', args: [{ kind: 'local' }] };
    assert.deepEqual(user.ran, [local, local]);
  });

  it('of what AWS denies has the smallest policy that allows it, where that would help', async () => {
    user.answers = ({ choices }) => choices.find((choice) => choice === 'Copy Policy');
    const because = 'with an explicit deny in a service control policy';
    const arn = 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/p_1';
    const denied = { action: 'cognito-idp:AdminCreateUser', resource: 'ana@example.com' };
    const copied: string[] = [];
    for (const details of [{ ...denied, arn }, denied, { ...denied, because }]) {
      user.clipboard = '{"Statement":[{"Resource":"nothing"}]}';
      await reported(() => Promise.reject(new Failure('aws.accessDenied', details)));
      const { Statement } = JSON.parse(user.clipboard) as { readonly Statement: readonly { Resource: string }[] };
      copied.push(...Statement.map(({ Resource }) => Resource));
    }
    assert.deepEqual(copied, [arn, 'arn:aws:cognito-idp:*:*:userpool/*', 'nothing']);
  });

  it('and that nobody has foreseen can be tried again', async () => {
    await reported(() => Promise.reject(new Error('oh')));
    assert.deepEqual(user.asked, [{ text: 'Something went wrong: oh', choices: ['Try Again', showLog] }]);
  });

  it('leads to what was chosen', async () => {
    user.answers = () => 'Choose Connection…';
    await reported(() => Promise.reject(new Failure('aws.signedOut', { profile: 'work' })));
    assert.deepEqual(user.ran, [{ command: 'groundTruth.chooseConnection', args: [] }]);
  });

  it('is in the log as it was thrown, also where all was answered', async () => {
    const { answered } = await import('../../../src/host/support/answered.js');
    const error = new Error('oh');
    assert.deepEqual(await reported(() => Promise.reject(error)), [error]);
    assert.deepEqual(await reported(() => answered(() => Promise.reject(error))), [error]);
  });

  it('is none where the user changed their mind', async () => {
    const { answered } = await import('../../../src/host/support/answered.js');
    const { CancellationError } = await import('vscode');
    for (const error of [new CancellationError(), new DOMException('', 'AbortError')]) {
      await reported(() => Promise.reject(error));
      await reported(() => answered(() => Promise.reject(error)));
    }
    assert.deepEqual(user.asked, []);
  });
});

describe('what was cancelled half-way', () => {
  before(fakeVscode);
  beforeEach(() => user.reset());

  it('says how far it came, and goes on from there', async () => {
    const { answered } = await import('../../../src/host/support/answered.js');
    const done: string[] = [];
    user.answers = () => (done.length < 4 ? 'Go On' : undefined);
    const logged = await reported(async () => {
      done.push('asked');
      await answered(
        async () => {
          done.push('acted');
          throw new DOMException('', 'AbortError');
        },
        () => `Cancelled after ${done.length} steps.`,
      );
    });
    assert.deepEqual(done, ['asked', 'acted', 'acted', 'acted']);
    assert.deepEqual(user.asked.at(0), { text: 'Cancelled after 2 steps.', choices: ['Go On'] });
    assert.deepEqual(logged, []);
  });
});

describe('trying again', () => {
  const unreachable = new Failure('aws.unreachable', { endpoint: 'AWS us-east-1', reason: 'ENOTFOUND' });

  before(fakeVscode);
  beforeEach(() => user.reset());

  it('does the same with the very same arguments, as often as it fails', async () => {
    const runs: unknown[] = [];
    const node = { kind: 'bucket' };
    user.answers = ({ choices }) => choices[0];
    await reported(
      async (...args) => {
        runs.push(args);
        if (runs.length < 3) {
          throw unreachable;
        }
      },
      node,
      [node],
    );
    const once = [node, [node]];
    assert.deepEqual(runs, [once, once, once]);
    assert.equal((runs[2] as readonly unknown[])[0], node);
  });

  it('asks nothing that was answered', async () => {
    const { answered } = await import('../../../src/host/support/answered.js');
    const done: string[] = [];
    user.answers = ({ choices }) => choices[0];
    await reported(async () => {
      done.push('asked');
      await answered(async () => {
        done.push('acted');
        if (done.length < 4) {
          throw unreachable;
        }
      });
    });
    assert.deepEqual(done, ['asked', 'acted', 'acted', 'acted']);
  });

  it('is not to start over, which asks anew', async () => {
    const { answered } = await import('../../../src/host/support/answered.js');
    const done: string[] = [];
    user.answers = ({ choices }) => (done.length < 4 ? choices.find((choice) => choice === 'Start Over') : undefined);
    await reported(async () => {
      done.push('asked');
      await answered(async () => {
        done.push('acted');
        throw new Failure('aws.refused', { action: 's3:CreateBucket', name: 'InvalidBucketName', reason: 'no' });
      });
    });
    assert.deepEqual(done, ['asked', 'acted', 'asked', 'acted']);
  });

  it('is to start over where nothing was asked', async () => {
    const refused = new Failure('aws.refused', { action: 's3:PutObject', name: 'SlowDown', reason: 'later' });
    await reported(() => Promise.reject(refused));
    assert.deepEqual(user.asked[0]?.choices, ['Try Again', showLog]);
  });
});

/** Runs it as a command is run, until nobody chooses to go on; resolves to what was logged. */
async function reported(run: Run, ...args: readonly unknown[]): Promise<readonly unknown[]> {
  const { Notifier } = await import('../../../src/host/support/notifier.js');
  const logged: unknown[] = [];
  const notifier = new Notifier({ error: (error: unknown) => void logged.push(error), show: () => undefined });
  await notifier.reporting(run)(...args);
  await new Promise(setImmediate);
  return logged;
}

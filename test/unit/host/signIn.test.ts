import assert from 'node:assert/strict';
import type { CredentialSource } from '../../../src/host/support/signIn.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { user } from '../../support/vscodeModule.js';

const { signal } = new AbortController();
const expired =
  'The credentials of the AWS profile "work" are missing or have expired. What you began goes on with new ones.';

describe('signing in to AWS again', () => {
  before(fakeVscode);
  beforeEach(() => user.reset());

  it('needs nobody where it was done meanwhile', async () => {
    const { signedIn } = await asked({ good: true });
    assert.deepEqual([signedIn, user.asked], [true, []]);
  });

  it('is done where the files change and are good, also while the question is open', async () => {
    const { world, running } = begin({});
    user.answers = openQuestion();
    await until(() => user.asked.length === 1);
    world.change();
    world.isGood = true;
    world.change();
    assert.equal(await running, true);
  });

  it('is not done where the user closes the question', async () => {
    const { signedIn } = await asked({});
    assert.deepEqual([signedIn, user.asked[0]?.text], [false, expired]);
  });

  it('says so where trying again changes nothing', async () => {
    const answers = ['Try Again', undefined];
    user.answers = () => answers.shift();
    const { signedIn, world } = await asked({});
    assert.equal(world.again, 1);
    assert.deepEqual(
      [signedIn, user.asked.map(({ text }) => text)],
      [false, [expired, 'The credentials of the AWS profile "work" are still not good.']],
    );
  });

  it('may end in another connection', async () => {
    user.answers = () => 'Choose Connection…';
    const { signedIn } = await asked({});
    assert.deepEqual([signedIn, user.ran], [false, [{ command: 'groundTruth.chooseConnection', args: [] }]]);
  });

  const ways: readonly { readonly source: CredentialSource; readonly runs?: string }[] = [
    { source: 'sso', runs: "aws sso login --profile 'work'" },
    { source: 'login', runs: "aws login --profile 'work'" },
    { source: 'environment' },
  ];
  for (const { source, runs } of ways) {
    it(`knows what to run: ${source}`, async () => {
      const { world, running } = begin({ source });
      user.answers = ({ choices }) => (choices.includes('Sign In') ? 'Sign In' : undefined);
      if (runs === undefined) {
        assert.equal(await running, false);
        assert.deepEqual(user.asked[0]?.choices, ['Try Again', 'Choose Connection…']);
        return;
      }
      await until(() => user.ran.length === 1);
      assert.equal(user.ran[0]?.command, runs);
      world.isGood = true;
      world.change();
      assert.equal(await running, true);
    });
  }

  for (const [source, title] of [
    ['keys', 'Open Credentials File'],
    ['process', 'Open Config File'],
    ['role', 'Open Config File'],
    ['unknown', 'Open Config File'],
  ] as const) {
    it(`leads to the file that says where they come from: ${source}`, async () => {
      const answers = [title, 'Choose Connection…'];
      user.answers = () => answers.shift();
      const abort = new AbortController();
      const { running } = begin({ source, signal: abort.signal });
      await until(() => user.opened.length === 1);
      abort.abort();
      assert.equal(await running, false);
      assert.deepEqual(user.opened, [`/home/somebody/.aws/${source === 'keys' ? 'credentials' : 'config'}`]);
    });
  }

  it('stops watching when nobody wants it any more', async () => {
    const abort = new AbortController();
    const { world, running } = begin({ signal: abort.signal });
    user.answers = openQuestion();
    await until(() => user.asked.length === 1);
    abort.abort();
    assert.deepEqual([await running, world.isWatched], [false, false]);
  });

  it('takes a service out of reach for no answer', async () => {
    const answers = ['Try Again', undefined];
    user.answers = () => answers.shift();
    const { signedIn } = await asked({ works: () => Promise.reject(new Error('no network')) });
    assert.equal(signedIn, false);
  });
});

interface Given {
  readonly source?: CredentialSource;
  readonly good?: boolean;
  readonly signal?: AbortSignal;
  readonly works?: () => Promise<boolean>;
}

async function asked(given: Given) {
  const { world, running } = begin(given);
  return { world, signedIn: await running };
}

function begin({ source = 'sso', good = false, works, ...given }: Given) {
  const world = { isGood: good, isWatched: false, again: 0, change: (): void => undefined };
  const options = {
    choice: { kind: 'aws', profile: 'work', region: 'eu-west-1' } as const,
    source,
    configFile: '/home/somebody/.aws/config',
    credentialsFile: '/home/somebody/.aws/credentials',
    onAgain: () => void (world.again += 1),
    works: works ?? (async () => world.isGood),
    watch: (onChange: () => void) => {
      Object.assign(world, { isWatched: true, change: onChange });
      return { dispose: () => (world.isWatched = false) };
    },
  };
  const running = import('../../../src/host/support/signIn.js').then(({ signIn }) =>
    signIn(options, given.signal ?? signal),
  );
  return { world, running };
}

/** A message that the user leaves open. */
function openQuestion() {
  return () => new Promise<string | undefined>(() => undefined) as unknown as undefined;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

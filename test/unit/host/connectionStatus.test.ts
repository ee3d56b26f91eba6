import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { Account } from '../../../src/core/account.js';
import type { ConnectionChoice, SwitchableConnection } from '../../../src/host/support/switchableConnection.js';
import { accountOf } from '../../support/accountOf.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { EventEmitter, statusBarItems } from '../../support/vscodeModule.js';

const aws: ConnectionChoice = { kind: 'aws', profile: 'work', region: 'eu-west-1' };
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000 + 30_000);

describe('the connection in the status bar', () => {
  before(fakeVscode);

  const cases: readonly {
    readonly name: string;
    readonly account: Partial<Account>;
    readonly text: string;
    readonly isWarning?: boolean;
    readonly command?: string;
  }[] = [
    { name: 'the account by its number', account: {}, text: '$(tag) Ground Truth: 123456789012 · eu-west-1' },
    {
      name: 'its name where it has one, and no time that is long',
      account: { alias: async () => 'company', credentialsEnd: async () => inMinutes(600) },
      text: '$(tag) Ground Truth: company · eu-west-1',
    },
    {
      name: 'how long credentials last',
      account: { credentialsEnd: async () => inMinutes(43) },
      text: '$(tag) Ground Truth: 123456789012 · eu-west-1 · 43 min left',
    },
    {
      name: 'in another colour that they soon end',
      account: { credentialsEnd: async () => inMinutes(5) },
      text: '$(tag) Ground Truth: 123456789012 · eu-west-1 · 5 min left',
      isWarning: true,
    },
    {
      name: 'that they have ended, and signs in by a click',
      account: { credentialsEnd: async () => inMinutes(-10) },
      text: '$(tag) Ground Truth: 123456789012 · eu-west-1 · credentials expired',
      isWarning: true,
      command: 'groundTruth.signIn',
    },
    {
      name: 'the profile where nobody is signed in',
      account: { identity: () => Promise.reject(new Error('expired')) },
      text: '$(tag) Ground Truth: work · eu-west-1',
    },
  ];
  for (const { name, account, text, isWarning = false, command = 'groundTruth.chooseConnection' } of cases) {
    it(`says ${name}`, async () => {
      const { opened, status } = await shown(aws, account);
      assert.equal(item()['text'], '$(tag) Ground Truth: work · eu-west-1');
      opened.fire();
      await settled();
      const { text: shownText, backgroundColor, command: onClick } = item();
      assert.deepEqual([shownText, backgroundColor !== undefined, onClick], [text, isWarning, command]);
      status.dispose();
    });
  }

  describe('when credentials near their end', () => {
    beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.parse('2026-01-01T12:00:00Z') }));
    afterEach(() => mock.timers.reset());

    it('says how long those last that the SDK has got meanwhile, with somebody’s call', async () => {
      const ends = [inMinutes(20), inMinutes(80)];
      let asked = 0;
      const credentialsEnd = async () => ends[Math.min(asked++, 1)];
      const { opened, connection, status } = await shown(aws, { credentialsEnd });
      opened.fire();
      await settled();
      await passMinutes(16);
      assert.equal(item()['text'], '$(tag) Ground Truth: 123456789012 · eu-west-1 · 4 min left');
      Object.assign(connection, { workedAt: Date.now() });
      await passMinutes(1);
      assert.equal(item()['text'], '$(tag) Ground Truth: 123456789012 · eu-west-1 · 63 min left');
      assert.equal(asked, 2);
      status.dispose();
    });

    it('asks for no others itself, which might want a code', async () => {
      let asked = 0;
      const credentialsEnd = async () => {
        asked += 1;
        return new Date('2026-01-01T12:20:30Z');
      };
      const { opened, connection, status } = await shown(aws, { credentialsEnd });
      opened.fire();
      await settled();
      Object.assign(connection, { workedAt: Date.now() + 60_000 }); // Long before the end.
      await passMinutes(30);
      assert.match(String(item()['text']), /credentials expired$/u);
      assert.equal(asked, 1);
      status.dispose();
    });
  });

  it('forgets the account when another connection is chosen', async () => {
    const { opened, changed, connection, status } = await shown(aws, {});
    opened.fire();
    await settled();
    Object.assign(connection, { choice: { kind: 'local' } });
    changed.fire();
    assert.equal(item()['text'], '$(tag) Ground Truth: Local');
    status.dispose();
  });

  it('names the storage where it is elsewhere', async () => {
    const storage = { endpoint: 'https://minio.example:9000', region: 'r', addressing: 'path' } as const;
    const { status } = await shown({ kind: 'local', storage: { ...storage, keys: { kind: 'kept' } } }, {});
    assert.equal(item()['text'], '$(tag) Ground Truth: Local · minio.example:9000');
    status.dispose();
  });

  it('names the environment where there is no profile', async () => {
    const { status } = await shown({ kind: 'aws', region: 'eu-west-1' }, {});
    assert.equal(item()['text'], '$(tag) Ground Truth: environment · eu-west-1');
    status.dispose();
  });
});

async function shown(choice: ConnectionChoice, account: Partial<Account>) {
  const { showConnection } = await import('../../../src/host/support/connectionStatus.js');
  const opened = new EventEmitter<void>();
  const changed = new EventEmitter<void>();
  const connection = {
    choice,
    workedAt: 0,
    onDidOpen: opened.event,
    onDidChange: changed.event,
    services: async () => ({ account: accountOf('123456789012', account) }),
  };
  const status = showConnection(connection as unknown as SwitchableConnection);
  return { opened, changed, connection, status };
}

function item(): Record<string, unknown> {
  return statusBarItems.at(-1) ?? {};
}

/** That go by, as far as timers know. */
async function passMinutes(count: number): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) {
    mock.timers.tick(60_000);
    await settled();
  }
}

function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

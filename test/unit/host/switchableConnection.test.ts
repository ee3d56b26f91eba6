import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/failure.js';
import type { Services } from '../../../src/core/ports.js';
import type { ConnectionChoice } from '../../../src/host/support/switchableConnection.js';
import { failing, FakeConnectors, held } from '../../support/fakeConnectors.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { MemoryMemento } from '../../support/memoryMemento.js';
import { user } from '../../support/vscodeModule.js';

const { signal } = new AbortController();
const local: ConnectionChoice = { kind: 'local' };
const aws: ConnectionChoice = { kind: 'aws', profile: 'work', region: 'eu-west-1' };
const elsewhere: ConnectionChoice = { ...aws, region: 'us-east-1' };

describe('a connection that can be switched', () => {
  before(fakeVscode);
  beforeEach(() => user.reset());

  describe('and its choice', () => {
    it('is Local Ground Truth until another is made', async () => {
      const { connection } = await connected();
      assert.deepEqual([connection.kind, connection.choice], ['local', local]);
    });

    it('is remembered by the workspace', async () => {
      const { connection, memory } = await connected();
      await connection.switchTo(aws);
      const { connection: later, world } = await connected({ memory });
      assert.deepEqual([later.kind, later.choice], ['aws', aws]);
      assert.equal(await whoAnswers(await later.services()), 'work eu-west-1 1');
      assert.deepEqual(world.events, ['open work eu-west-1 1']);
    });

    it('holds for this window where it cannot be remembered, and says so', async () => {
      const { connection, memory } = await connected();
      memory.failsNext = true;
      await assert.rejects(connection.switchTo(aws), { message: 'The disk is full' });
      assert.deepEqual(connection.choice, aws);
      assert.equal(await whoAnswers(await connection.services()), 'work eu-west-1 1');
    });

    it('is known to menus before anybody hears of it, and is made by then', async () => {
      const { connection } = await connected();
      const heard: unknown[] = [];
      connection.onDidChange(() => heard.push(connection.choice, user.ran.at(-1)?.args));
      await connection.switchTo(aws);
      assert.deepEqual(heard, [aws, ['groundTruth.connection', 'aws']]);
    });

    it('is heard of once for each time it is made, the same one too', async () => {
      const { connection } = await connected();
      const heard: ConnectionChoice[] = [];
      connection.onDidChange(() => heard.push(connection.choice));
      await Promise.all([connection.switchTo(aws), connection.switchTo(elsewhere), connection.switchTo(elsewhere)]);
      assert.deepEqual(heard, [aws, elsewhere, elsewhere]);
    });
  });

  describe('and its services', () => {
    it('are not there before anybody asks, and one session is there for all who do', async () => {
      const { connection, world } = await connected();
      assert.deepEqual(world.events, []);
      const asked = await Promise.all([connection.services(), connection.services(), connection.portal(signal)]);
      assert.equal(await whoAnswers(asked[1]), 'local 1');
      assert.deepEqual(world.events, ['start', 'open local 1']);
    });

    const failures: readonly { readonly name: string; readonly choice: ConnectionChoice; readonly at: Place }[] = [
      { name: 'the server that did not start', choice: local, at: 'starting' },
      { name: 'Local Ground Truth that could not be connected to', choice: local, at: 'connecting' },
      { name: 'AWS that could not be connected to', choice: aws, at: 'connecting' },
    ];
    for (const { name, choice, at } of failures) {
      it(`ask ${name} again the next time, and not before`, async () => {
        const { connection, world } = await connected({ choice });
        world[at].push(failing(new Error('not today')));
        const asked = await Promise.allSettled([connection.services(), connection.services()]);
        assert.deepEqual(
          asked.map(({ status }) => status),
          ['rejected', 'rejected'],
        );
        assert.match(await whoAnswers(await connection.services()), /^(?:local|work eu-west-1) \d$/u);
      });
    }

    it('are those of the new choice for whoever hears of it', async () => {
      const { connection } = await connected();
      await connection.services();
      const heard = Promise.withResolvers<string>();
      connection.onDidChange(() => {
        connection.services().then(whoAnswers).then(heard.resolve, heard.reject);
      });
      await connection.switchTo(aws);
      assert.equal(await heard.promise, 'work eu-west-1 2');
    });

    it('are closed when another choice is made', async () => {
      const { connection, world } = await connected({ choice: aws });
      await connection.services();
      await connection.switchTo(elsewhere);
      await settled();
      assert.deepEqual(world.events, ['open work eu-west-1 1', 'close work eu-west-1 1']);
    });

    it('end what was begun before they are closed', async () => {
      const { connection, world } = await connected({ choice: aws });
      const call = held();
      world.calling.push(call.step);
      const answer = whoAnswers(await connection.services());
      await connection.switchTo(local);
      await settled();
      assert.deepEqual(world.events, ['open work eu-west-1 1']);
      call.goOn();
      assert.equal(await answer, 'work eu-west-1 1');
      await settled();
      assert.deepEqual(world.events, ['open work eu-west-1 1', 'close work eu-west-1 1']);
    });

    it('stay where they are for whoever goes on with them, and are closed again after that', async () => {
      const { connection, world } = await connected({ choice: aws });
      const kept = await connection.services();
      await connection.switchTo(local);
      assert.equal(await whoAnswers(kept), 'work eu-west-1 2');
      assert.equal(await whoAnswers(await connection.services()), 'local 3');
      await settled();
      assert.deepEqual(world.events, [
        'open work eu-west-1 1',
        'close work eu-west-1 1',
        'open work eu-west-1 2',
        'close work eu-west-1 2',
        'start',
        'open local 3',
      ]);
    });

    it('come from where they were asked for, though another choice was made while they were opened', async () => {
      const { connection, world } = await connected();
      const start = held();
      world.starting.push(start.step);
      const asked = connection.services();
      await connection.switchTo(aws);
      assert.equal(await whoAnswers(await connection.services()), 'work eu-west-1 1');
      start.goOn();
      assert.match(await whoAnswers(await asked), /^local/u);
    });

    it('of a new choice are not harmed by a start that fails late', async () => {
      const { connection, world } = await connected();
      const start = held();
      world.starting.push(start.step);
      const asked = connection.services();
      await connection.switchTo(aws);
      await connection.switchTo(local);
      await connection.services();
      start.fail(new Error('too late'));
      await assert.rejects(asked, { message: 'too late' });
      assert.equal(await whoAnswers(await connection.services()), 'local 1');
      assert.deepEqual(world.events, ['start', 'start', 'open local 1']);
    });
  });

  describe('and a session that is gone', () => {
    it('is opened anew once, for all whose calls found it gone', async () => {
      const { connection, world } = await connected();
      const services = await connection.services();
      const calls = [held(), held(), held()];
      world.calling.push(...calls.map(({ step }) => step));
      const answers = Promise.all(calls.map(() => whoAnswers(services)));
      await settled();
      for (const call of calls) {
        call.fail(gone());
      }
      assert.deepEqual(await answers, ['local 2', 'local 2', 'local 2']);
      assert.deepEqual(world.events, ['start', 'open local 1', 'start', 'open local 2', 'close local 1']);
    });

    it('is closed also where it cannot be opened anew, and the next call tries again', async () => {
      const { connection, world } = await connected();
      const services = await connection.services();
      world.calling.push(failing(gone()));
      world.starting.push(failing(new Error('no more disk')));
      await assert.rejects(whoAnswers(services), { message: 'no more disk' });
      assert.equal(await whoAnswers(services), 'local 2');
      assert.deepEqual(world.events, ['start', 'open local 1', 'start', 'close local 1', 'start', 'open local 2']);
    });

    it('takes the labeling portal with it, which comes back with the server', async () => {
      const { connection, world } = await connected();
      const portal = await connection.portal(signal);
      world.calling.push(failing(gone()));
      const session = { token: 't', email: 'a@b.c', expiresAt: '' };
      assert.deepEqual(await portal.template(session as never, 'job', signal), { content: 'the template' });
      assert.deepEqual(world.events, ['start', 'open local 1', 'start', 'open local 2', 'close local 1']);
    });

    it('on AWS is one whose credentials have expired: those of a later sign-in are taken', async () => {
      const { connection, world } = await connected({ choice: aws });
      world.calling.push(failing(new Failure('aws.signedOut', { profile: 'work' })));
      assert.equal(await whoAnswers(await connection.services()), 'work eu-west-1 2');
    });

    it('on AWS is not one that the network does not reach: that is told', async () => {
      const { connection, world } = await connected({ choice: aws });
      world.calling.push(failing(gone()));
      await assert.rejects(async () => whoAnswers(await connection.services()), { code: 'ECONNREFUSED' });
    });
  });

  describe('and credentials that expire while something is done', () => {
    it('are asked for once, for all calls that wait for them, which then go on', async () => {
      const { connection, world, services } = await working();
      const signedIn = held();
      world.signingIn.push(async () => signedIn.step().then(() => true));
      world.calling.push(expired(), expired(), expired(), expired());
      const answers = Promise.all([whoAnswers(services), whoAnswers(services)]);
      await settled();
      await settled();
      signedIn.goOn();
      assert.deepEqual(await answers, ['work eu-west-1 3', 'work eu-west-1 3']);
      assert.deepEqual(
        world.events.filter((event) => !event.startsWith('close')),
        ['open work eu-west-1 1', 'open work eu-west-1 2', 'sign in', 'open work eu-west-1 3'],
      );
      connection.dispose();
    });

    it('are asked for no more by whoever was told no, until it has worked again', async () => {
      const { world, services } = await working();
      world.signingIn.push(
        async () => false,
        async () => true,
      );
      world.calling.push(expired(), expired(), expired(), expired());
      await assert.rejects(whoAnswers(services), isSignedOut);
      await assert.rejects(whoAnswers(services), isSignedOut);
      assert.equal(timesAsked(world), 1);
      await whoAnswers(services);
      world.calling.push(expired(), expired());
      await whoAnswers(services);
      assert.equal(timesAsked(world), 2);
    });

    it('are not asked for where they never were good: that is told at once', async () => {
      const { connection, world } = await connected({ choice: aws });
      world.calling.push(expired(), expired());
      await assert.rejects(async () => whoAnswers(await connection.services()), isSignedOut);
      assert.equal(timesAsked(world), 0);
    });

    it('are not waited for any longer than a call’s own signal says', async () => {
      const { world, services } = await working();
      world.signingIn.push(() => new Promise(() => undefined));
      world.calling.push(expired(), expired());
      const abort = new AbortController();
      const call = services.objects.listBuckets(abort.signal);
      await settled();
      abort.abort();
      await assert.rejects(call, { name: 'AbortError' });
    });

    it('that are bad are told of to nobody who would ask again, and are tried twice', async () => {
      const { connection, world } = await connected({ choice: aws });
      connection.onDidOpen(() => assert.fail('nothing has worked'));
      world.calling.push(expired(), expired());
      await assert.rejects(async () => whoAnswers(await connection.services()), isSignedOut);
      await settled();
      assert.deepEqual(
        world.events.filter((event) => event.startsWith('open')),
        ['open work eu-west-1 1', 'open work eu-west-1 2'],
      );
    });

    it('that are good are told of once for each session', async () => {
      const { connection, world, services } = await working();
      let told = 0;
      connection.onDidOpen(() => (told += 1));
      await whoAnswers(services);
      assert.equal(told, 0);
      world.changeCredentials();
      await whoAnswers(services);
      await whoAnswers(services);
      assert.equal(told, 1);
    });

    it('are read anew when their files change, and whoever shows something is told', async () => {
      const { connection, world, services } = await working();
      let recoveries = 0;
      connection.onDidRecover(() => (recoveries += 1));
      world.changeCredentials();
      assert.equal(await whoAnswers(services), 'work eu-west-1 2');
      assert.deepEqual([recoveries, world.events.at(-2)], [1, 'close work eu-west-1 1']);
    });

    it('are not taken from a call under way when their files change', async () => {
      const { world, services } = await working();
      const call = held();
      world.calling.push(call.step);
      const answer = whoAnswers(services);
      await settled();
      world.changeCredentials();
      assert.equal(world.events.length, 1);
      call.goOn();
      assert.equal(await answer, 'work eu-west-1 1');
      assert.deepEqual(world.events, ['open work eu-west-1 1', 'close work eu-west-1 1']);
    });

    it('are watched no more on this machine alone', async () => {
      const { connection, world } = await working();
      await connection.switchTo(local);
      connection.onDidRecover(() => assert.fail('there is nothing to read anew'));
      world.changeCredentials();
    });
  });

  describe('and what could not be reached', () => {
    it('is told of once it is there', async () => {
      const { connection, world } = await connected();
      let recoveries = 0;
      connection.onDidRecover(() => (recoveries += 1));
      world.starting.push(failing(new Error('no disk')), failing(new Error('no disk')));
      await assert.rejects(connection.services());
      await assert.rejects(connection.services());
      assert.equal(recoveries, 0);
      await connection.services();
      await connection.services();
      assert.equal(recoveries, 1);
    });

    it('is not told of where another connection was chosen meanwhile', async () => {
      const { connection, world } = await connected();
      connection.onDidRecover(() => assert.fail('nobody asks for it any more'));
      const start = held();
      world.starting.push(failing(new Error('no disk')), start.step);
      await assert.rejects(connection.services());
      const asked = connection.services();
      await connection.switchTo(aws);
      start.goOn();
      await asked;
    });
  });

  describe('and its target', () => {
    it('is the server that is running, which is looked for each time', async () => {
      const { connection, world } = await connected();
      await connection.target(signal);
      assert.equal((await connection.target(signal)).kind, 'local');
      assert.deepEqual(world.events, ['start', 'start']);
    });

    it('is what was chosen on AWS, and no server is started for it', async () => {
      const { connection, world } = await connected({ choice: aws });
      assert.deepEqual(await connection.target(signal), aws);
      assert.deepEqual(world.events, []);
    });

    it('is not waited for any longer than somebody wants it', async () => {
      const { connection, world } = await connected();
      world.starting.push(held().step, held().step);
      const abort = new AbortController();
      const asked = [connection.target(abort.signal), connection.portal(abort.signal)];
      abort.abort();
      for (const each of asked) {
        await assert.rejects(each, { name: 'AbortError' });
      }
    });

    it('has no portal on AWS', async () => {
      const { connection } = await connected({ choice: aws });
      await assert.rejects(connection.portal(signal), /a page for the browser/u);
    });
  });

  describe('and its end', () => {
    it('closes what is open', async () => {
      const { connection, world } = await connected();
      await connection.services();
      connection.dispose();
      await settled();
      assert.deepEqual(world.events, ['start', 'open local 1', 'close local 1']);
    });

    it('closes what is being opened as soon as it is open', async () => {
      const { connection, world } = await connected({ choice: aws });
      const opening = held();
      world.connecting.push(opening.step);
      const asked = connection.services();
      connection.dispose();
      opening.goOn();
      await asked;
      await settled();
      assert.deepEqual(world.events, ['open work eu-west-1 1', 'close work eu-west-1 1']);
    });

    it('starts nothing any more, and tells nobody of anything', async () => {
      const { connection, world } = await connected();
      const heard: string[] = [];
      connection.onDidChange(() => heard.push('changed'));
      connection.dispose();
      const { CancellationError } = await import('vscode');
      for (const ask of [
        () => connection.services(),
        () => connection.target(signal),
        () => connection.portal(signal),
        () => connection.switchTo(aws),
      ]) {
        await assert.rejects(ask, (error) => error instanceof CancellationError);
      }
      assert.deepEqual([world.events, heard], [[], []]);
    });
  });
});

function expired() {
  return failing(new Failure('aws.signedOut', { profile: 'work' }));
}

function isSignedOut(error: unknown): boolean {
  return Failure.is(error, 'aws.signedOut');
}

/** How often somebody was asked to sign in. */
function timesAsked({ events }: FakeConnectors): number {
  return events.filter((event) => event === 'sign in').length;
}

/** On AWS, where a call has succeeded. */
async function working() {
  const given = await connected({ choice: aws });
  const services = await given.connection.services();
  await whoAnswers(services);
  return { ...given, services };
}

type Place = 'starting' | 'connecting';

interface Given {
  readonly choice?: ConnectionChoice;
  readonly memory?: MemoryMemento;
}

async function connected({ choice, memory = new MemoryMemento() }: Given = {}) {
  const { SwitchableConnection } = await import('../../../src/host/support/switchableConnection.js');
  if (choice) {
    await memory.update('connection', choice);
  }
  const world = new FakeConnectors();
  return { connection: new SwitchableConnection(world, memory), world, memory };
}

/** The session that a call ends at. */
async function whoAnswers({ objects }: Services): Promise<string> {
  const [bucket] = await objects.listBuckets(signal);
  return bucket?.name ?? '';
}

function gone(): Error {
  return Object.assign(new Error('nobody listens'), { code: 'ECONNREFUSED' });
}

/** Lets everything happen that waits for nobody. */
function settled(): Promise<void> {
  return new Promise(setImmediate);
}

import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/failure.js';
import { credentialsGone, reviving, serverGone } from '../../../src/host/support/reviving.js';

interface Port {
  read(key: string): Promise<string>;
  undoLastAnswer(): Promise<string>;
}

describe('a port whose server may die', () => {
  it('starts the server again and repeats the call', async () => {
    const { port, events } = make([gone('ECONNREFUSED')]);
    assert.equal(await port.read('a'), 'content of a');
    assert.deepEqual(events, ['call', 'revive', 'call']);
  });

  it('finds the reason however deep it lies', async () => {
    const failure = new Failure('aws.unreachable', { endpoint: 'x', reason: 'y' }, { cause: gone('ECONNRESET') });
    const { port } = make([new AggregateError([new Error('first', { cause: failure })])]);
    assert.equal(await port.read('a'), 'content of a');
  });

  it('gives up where the server dies again', async () => {
    const { port, events } = make([gone('ECONNREFUSED'), gone('ECONNREFUSED')]);
    await assert.rejects(port.read('a'), { code: 'ECONNREFUSED' });
    assert.deepEqual(events, ['call', 'revive', 'call']);
  });

  it('asks again with the credentials of whoever has signed in again meanwhile', async () => {
    const { port, events } = make([new Failure('aws.signedOut', { profile: 'p' })]);
    assert.equal(await port.undoLastAnswer(), 'undone');
    assert.deepEqual(events, ['call', 'revive', 'call']);
  });

  it('leaves a refusal as it is', async () => {
    const refusal = new Failure('bucket.notFound', { bucket: 'b' });
    const { port, events } = make([refusal]);
    await assert.rejects(port.read('a'), refusal);
    assert.deepEqual(events, ['call']);
  });

  it('does not repeat an undo that may have been done', async () => {
    const { port } = make([gone('ECONNRESET')]);
    await assert.rejects(port.undoLastAnswer(), { code: 'ECONNRESET' });
  });

  it('repeats an undo that nobody can have heard', async () => {
    const { port } = make([gone('ECONNREFUSED')]);
    assert.equal(await port.undoLastAnswer(), 'undone');
  });

  it('can be awaited, as it is no promise', async () => {
    const { port } = make([]);
    assert.equal(await (await Promise.resolve(port)).read('a'), 'content of a');
  });
});

function make(errors: Error[]): { readonly port: Port; readonly events: readonly string[] } {
  const events: string[] = [];
  const answer = async (text: string) => {
    events.push('call');
    const error = errors.shift();
    if (error) {
      throw error;
    }
    return text;
  };
  const session: Port = { read: (key) => answer(`content of ${key}`), undoLastAnswer: () => answer('undone') };
  const port = reviving<Port, Port>({
    open: () => Promise.resolve(session),
    pick: (it) => it,
    goneBy: (error) => serverGone(error) ?? credentialsGone(error),
    during: (call) => call(),
    revive: async (failed) => {
      assert.equal(failed, session);
      events.push('revive');
    },
  });
  return { port, events };
}

function gone(code: string): Error {
  return Object.assign(new Error(code), { code });
}

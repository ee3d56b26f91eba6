import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/failure.js';
import type { KeySource } from '../../../src/core/storage.js';
import { failing, FakeConnectors } from '../../support/fakeConnectors.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { MemoryMemento } from '../../support/memoryMemento.js';

const { signal } = new AbortController();
const signedOut = new Failure('aws.signedOut', { profile: 'work' });

describe('a connection with storage elsewhere', () => {
  before(fakeVscode);

  it('opens the storage with each session, and closes it with it', async () => {
    const { connection, world } = await connected({ kind: 'kept' });
    const { objects } = await connection.services();
    await objects.listBuckets(signal);
    const target = await connection.target(signal);
    assert.equal(target.kind === 'local' && target.storage?.session, 'storage-1');
    await connection.switchTo({ kind: 'local' });
    await settled();
    assert.deepEqual(world.events.slice(0, 3), ['start', 'open storage us-east-1', 'open local 1']);
    assert.deepEqual(world.events.slice(-2), ['close storage us-east-1', 'close local 1']);
  });

  it('is opened anew, once, where the storage says that its keys have expired', async () => {
    const { connection, world } = await connected({ kind: 'kept' });
    const { objects } = await connection.services();
    world.calling.push(failing(signedOut));
    const [bucket] = await objects.listBuckets(signal);
    assert.equal(bucket?.name, 'local 2');
    assert.equal(world.events.filter((event) => event === 'open storage us-east-1').length, 2);
  });

  it('asks to sign in where its keys are a profile’s, and goes on', async () => {
    const { connection, world } = await connected({ kind: 'profile', profile: 'work' });
    const { objects } = await connection.services();
    await objects.listBuckets(signal);
    world.calling.push(failing(signedOut), failing(signedOut));
    world.signingIn.push(async () => true);
    const [bucket] = await objects.listBuckets(signal);
    assert.equal(bucket?.name, 'local 3');
    assert.ok(world.events.includes('sign in'));
  });

  it('asks nobody to sign in for a key that was entered', async () => {
    const { connection, world } = await connected({ kind: 'kept' });
    const { objects } = await connection.services();
    await objects.listBuckets(signal);
    world.calling.push(failing(signedOut), failing(signedOut));
    await assert.rejects(objects.listBuckets(signal), signedOut);
    assert.ok(!world.events.includes('sign in'));
    assert.equal(await connection.signIn(signal), true);
  });

  it('opens the storage anew when the files of credentials have changed', async () => {
    const { connection, world } = await connected({ kind: 'profile', profile: 'work' });
    const { objects } = await connection.services();
    await objects.listBuckets(signal);
    world.changeCredentials();
    await objects.listBuckets(signal);
    assert.equal(world.events.filter((event) => event === 'open storage us-east-1').length, 2);
  });
});

async function connected(keys: KeySource) {
  const { SwitchableConnection } = await import('../../../src/host/support/switchableConnection.js');
  const memory = new MemoryMemento();
  const storage = { endpoint: 'https://minio.example', region: 'us-east-1', addressing: 'path', keys } as const;
  await memory.update('connection', { kind: 'local', storage });
  const world = new FakeConnectors();
  return { connection: new SwitchableConnection(world, memory), world };
}

function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

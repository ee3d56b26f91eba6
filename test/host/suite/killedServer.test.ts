import assert from 'node:assert/strict';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { connectToLocalServer, localEndpoint } from './connectedServer.js';

const bucket = 'host-suite-killed-server';
const { signal } = new AbortController();

describe('a server that is killed', () => {
  it('is started again by the next call, and nothing that it acknowledged is lost', async () => {
    const services = await connectToLocalServer();
    await services.objects.createBucket(bucket, signal);
    await services.objects.writeObject({ bucket, key: 'kept.txt' }, Buffer.from('kept'), {}, signal);
    services.dispose();

    const before = await serverPid();
    process.kill(before, 'SIGKILL');
    while (isAlive(before)) {
      await delay(10);
    }

    const file = vscode.Uri.from({ scheme: 'gts3', authority: bucket, path: '/kept.txt' });
    // Several at once, as a window full of views asks.
    const read = await Promise.all(Array.from({ length: 8 }, async () => vscode.workspace.fs.readFile(file)));
    assert.deepEqual(new Set(read.map((bytes) => Buffer.from(bytes).toString())), new Set(['kept']));
    assert.notEqual(await serverPid(), before);
  });
});

async function serverPid(): Promise<number> {
  const reply = await fetch(`${await localEndpoint()}/_local/health`);
  return ((await reply.json()) as { readonly pid: number }).pid;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

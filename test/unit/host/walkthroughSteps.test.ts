import assert from 'node:assert/strict';
import type { LabelingJob, LabelingJobs } from '../../../src/core/ports.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { hostDeps } from '../../support/hostDeps.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';
import { user } from '../../support/vscodeModule.js';

const { signal } = new AbortController();

describe('a step of the walkthrough', () => {
  before(fakeVscode);
  beforeEach(() => user.reset());

  it('is not done where the command was given up', async () => {
    const { createHandlers } = await import('../../../src/host/commands/handlers.js');
    const { registerCommands } = await import('../../../src/host/commands/register.js');
    const { Notifier } = await import('../../../src/host/support/notifier.js');
    const labelingJobs = { list: async () => [] as readonly LabelingJob[] } as unknown as LabelingJobs;
    const { deps } = await hostDeps({ labelingJobs, objects: new MemoryObjectStore() });
    const handlers = createHandlers(deps);
    const ids = Object.keys(handlers) as (keyof typeof handlers)[];
    const registered = registerCommands(ids, async () => handlers, new Notifier(deps.log));
    const { commands } = await import('vscode');
    const givenUp = ['getSampleImages', 'uploadImages', 'showOutputManifest', 'deleteLabResources'];
    for (const command of givenUp) {
      await commands.executeCommand(`groundTruth.${command}`); // Esc closes whatever is asked.
    }
    registered.dispose();
    assert.deepEqual(user.ticked, []);
    assert.ok(user.asked.length >= givenUp.length, 'each command came to its question');
  });

  it('is done where files were uploaded, also by dropping them', async () => {
    const { uploader } = await import('../../../src/host/commands/uploadImages.js');
    const objects = new MemoryObjectStore();
    await objects.createBucket('b', signal);
    const { deps } = await hostDeps({ objects, privateTeams: { list: async () => [] } as never });
    const file = { key: 'a.jpg', read: async () => new Uint8Array([1]) };
    await uploader(deps)({ bucket: 'b', key: '' }, async () => [file]);
    assert.deepEqual(user.ticked, ['groundTruth.uploadImages.ran']);
    const [entry] = (await deps.ledger.open(signal)).record.entries();
    assert.deepEqual(entry?.resource, { kind: 'objects', bucket: 'b', folder: '', names: ['a.jpg'] });
  });
});

import assert from 'node:assert/strict';
import { corsServices } from '../../support/corsServices.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { hostDeps } from '../../support/hostDeps.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';
import { user } from '../../support/vscodeModule.js';

describe('uploading where there is no bucket yet', () => {
  before(fakeVscode);
  beforeEach(() => user.reset());

  it('goes on with what was chosen, once the bucket is made', async () => {
    const { Uri } = await import('vscode');
    const { createBucket } = await import('../../../src/host/commands/createBucket.js');
    const { uploadImages } = await import('../../../src/host/commands/uploadImages.js');
    const { deps } = await hostDeps({ objects: new MemoryObjectStore(), ...corsServices().services });
    const pictures = Uri.file('/pictures');
    user.answers = ({ text, choices }) =>
      choices.includes('Create Bucket…') ? 'Create Bucket…' : text === 'Create Bucket' ? 'cats' : undefined;
    await uploadImages(deps)(pictures);
    await new Promise(setImmediate); // Nobody waits for the answer to a message.
    const create = user.ran.at(-1);
    assert.deepEqual(create, { command: 'groundTruth.createBucket', args: [[pictures]] });

    await createBucket(deps)([pictures]);
    const node = { kind: 'bucket', bucket: { name: 'cats' } };
    assert.deepEqual(user.ran.at(-1), { command: 'groundTruth.uploadImages', args: [node, [pictures]] });
  });
});

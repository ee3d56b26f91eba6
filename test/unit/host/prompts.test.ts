import assert from 'node:assert/strict';
import { fakeVscode } from '../../support/fakeVscode.js';
import { user } from '../../support/vscodeModule.js';

describe('the button of a message', () => {
  before(fakeVscode);
  beforeEach(() => user.reset());

  it('says so where what it does fails', async () => {
    const { tell } = await import('../../../src/host/support/prompts.js');
    user.answers = ({ text }) => (text === 'Done.' ? 'Go On' : undefined);
    tell('Done.', { title: 'Go On', run: () => Promise.reject(new Error('no such program')) });
    await new Promise(setImmediate);
    assert.deepEqual(user.asked.at(-1), { text: 'Something went wrong: no such program', choices: ['Show Log'] });
  });

  it('does what it says, and nothing where the message is closed', async () => {
    const { nextStep, tell } = await import('../../../src/host/support/prompts.js');
    tell('Done.', nextStep('Create Bucket…', 'groundTruth.createBucket'));
    await new Promise(setImmediate);
    assert.deepEqual(user.ran, []);
    user.answers = () => 'Create Bucket…';
    tell('Done.', nextStep('Create Bucket…', 'groundTruth.createBucket'));
    await new Promise(setImmediate);
    assert.deepEqual(user.ran, [{ command: 'groundTruth.createBucket', args: [] }]);
  });
});

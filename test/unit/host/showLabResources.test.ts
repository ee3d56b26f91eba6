import assert from 'node:assert/strict';
import { fakeVscode } from '../../support/fakeVscode.js';
import { hostDeps } from '../../support/hostDeps.js';
import { user } from '../../support/vscodeModule.js';

const { signal } = new AbortController();

describe('showing lab resources', () => {
  before(fakeVscode);
  beforeEach(() => user.reset());

  it('says what was made, when, where and with which tags, in the order in which it is deleted', async () => {
    const { showLabResources } = await import('../../../src/host/commands/showLabResources.js');
    const { deps } = await hostDeps({});
    const { record } = await deps.ledger.open(signal);
    await record.begin({ kind: 'team', name: 'cats' });
    await record.made({ kind: 'bucket', name: 'pictures' });
    await record.made({ kind: 'role', name: 'reader', arn: 'arn' }, 'iam:TagRole');
    await showLabResources(deps)();
    const [text = ''] = user.documents;
    assert.match(text, /^# What the extension made: Local Ground Truth http:\/\/127\.0\.0\.1:1\n/u);
    assert.match(text, /^"Tagged" is: made-by=the test$/mu);
    const lines = text.split('\n').filter((line) => /^(?:-| {2})/u.test(line));
    const when = /\d{4}-\d\d-\d\d \d\d:\d\d/gu;
    assert.deepEqual(
      lines.map((line) => line.replaceAll(when, 'WHEN')),
      [
        '- **pictures** (bucket, with all that is in it)',
        '  made WHEN · tagged',
        '- **cats** (private team)',
        '  begun WHEN and cut short: it may not be there',
        '- **reader** (execution role)',
        '  made WHEN',
      ],
    );
  });

  it('says so where nothing was made, and leads on', async () => {
    const { showLabResources } = await import('../../../src/host/commands/showLabResources.js');
    const { deps } = await hostDeps({});
    await showLabResources(deps)();
    assert.deepEqual(user.documents, []);
    assert.match(user.asked[0]?.text ?? '', /has made nothing/u);
    assert.deepEqual(user.asked[0]?.choices, ['Create Bucket…']);
  });
});

import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { appendFile, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LabelingEventFile } from '../../../src/node/labelingEventFile.js';

describe('the file of labeling events, as the extension follows it,', () => {
  let folder: string;
  let events: LabelingEventFile;
  let told: string[];
  let arrivals: EventEmitter;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'labeling-events-'));
    told = [];
    arrivals = new EventEmitter();
    events = new LabelingEventFile(folder, (text) => {
      told.push(text);
      arrivals.emit('text', text);
    });
  });
  afterEach(async () => {
    events.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it('is told from its beginning, and then what comes, once', async () => {
    await events.look();
    await appendFile(events.path, '{"n":1}\n{"n":2}\n');
    await Promise.all([events.look(), events.look()]);
    await appendFile(events.path, '{"n":"ü"}\n');
    await events.look();
    assert.deepEqual(told, ['{"n":1}\n{"n":2}\n', '{"n":"ü"}\n']);
  });

  it('is told in whole lines', async () => {
    await appendFile(events.path, '{"n":1}\n{"n":');
    await events.look();
    await appendFile(events.path, '2}\n');
    await events.look();
    assert.deepEqual(told, ['{"n":1}\n', '{"n":2}\n']);
  });

  it('is told from the end only, where it is long', async () => {
    const line = `{"text":"${'x'.repeat(1_000)}"}\n`;
    await appendFile(events.path, line.repeat(1_000));
    await events.look();
    const [text = ''] = told;
    assert.ok(text.length > 200_000 && text.length <= 256 * 1_024);
    assert.equal(text, line.repeat(text.length / line.length));
  });

  it('is told to its end when it is full, and goes on with the next', async () => {
    await appendFile(events.path, '{"n":1}\n{"n":2}\n');
    await events.look();
    await appendFile(events.path, '{"n":3}\n');
    await rename(events.path, `${events.path}.1`);
    await appendFile(events.path, '{"n":4}\n');
    await events.look();
    assert.deepEqual(told, ['{"n":1}\n{"n":2}\n', '{"n":3}\n', '{"n":4}\n']);
  });

  it('tells of what comes without being asked', async () => {
    await events.follow();
    const arrived = once(arrivals, 'text');
    await appendFile(events.path, '{"n":1}\n');
    assert.deepEqual(await arrived, ['{"n":1}\n']);
  }).timeout(10_000);
});

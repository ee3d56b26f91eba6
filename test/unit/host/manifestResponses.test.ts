import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { WorkerResponses } from '../../../src/protocol/manifestEditor.js';
import { fakeVscode } from '../../support/fakeVscode.js';

describe('the answers of workers about an object', () => {
  let folder = '';
  let read: (line: number) => Promise<WorkerResponses>;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'responses-'));
    fakeVscode();
    const [{ readResponses }, { Uri }] = await Promise.all([
      import('../../../src/host/editors/manifestResponses.js'),
      import('vscode'),
    ]);
    read = (line) => readResponses(Uri.file(path.join(folder, 'manifests/output/output.manifest')), line);
  });
  after(() => rm(folder, { recursive: true }));

  const put = async (iteration: number, line: number, text: string) => {
    const place = path.join(folder, 'annotations/worker-response', `iteration-${iteration}`, String(line));
    await mkdir(place, { recursive: true });
    await writeFile(path.join(place, '2026-11-23_10:15:00.json'), text);
  };

  it('come in the order of their iterations: the last one counts', async () => {
    for (const iteration of [10, 2, 1, 9]) {
      await put(iteration, 3, answer(`class ${iteration}`));
    }
    const found = await read(3);
    assert.deepEqual(found.kind === 'answers' && found.answers.map((one) => one.answer), [
      'class 1',
      'class 2',
      'class 9',
      'class 10',
    ]);
  });

  it('leave out a file that is not JSON, and say so', async () => {
    await put(1, 4, answer('cat'));
    await put(2, 4, '{"answers":[');
    const found = await read(4);
    assert.deepEqual(found.kind === 'answers' && [found.answers.length, found.unreadable], [1, 1]);
  });

  it('are none where there is no file, or none that can be read', async () => {
    await put(1, 5, '{"answers":[');
    for (const [line, reason] of [
      [5, /^The answers about this object are not JSON/u],
      [6, /^No worker has answered/u],
    ] as const) {
      const found = await read(line);
      assert.match(found.kind === 'none' ? found.reason : '', reason);
    }
  });
});

function answer(label: string): string {
  return JSON.stringify({ answers: [{ workerId: 'private.us-east-1.1', answerContent: { c: { label } } }] });
}

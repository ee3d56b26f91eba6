import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeWhole } from '../../../src/core/newFile.js';
import { createFile } from '../../../src/node/newFile.js';

const never = new AbortController().signal;

describe('a new file', () => {
  let folder = '';
  let file = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'new-file-'));
    file = path.join(folder, 'a.manifest');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is there when it is whole, in the place of the one before', async () => {
    await writeFile(file, 'before');
    const written = await writeWhole(await createFile(file), parts(['one ', 'two'], 2), never);
    assert.equal(written, 2);
    assert.equal(await readFile(file, 'utf8'), 'one two');
    assert.deepEqual(await readdir(folder), ['a.manifest']);
  });

  it('leaves nothing of itself where its parts fail, and the one before as it was', async () => {
    await writeFile(file, 'before');
    await assert.rejects(writeWhole(await createFile(file), parts(['one ', new Error('Torn')], 2), never), /Torn/u);
    assert.equal(await readFile(file, 'utf8'), 'before');
    assert.deepEqual(await readdir(folder), ['a.manifest']);
  });

  it('leaves nothing of itself where it is given up', async () => {
    const giveUp = AbortSignal.abort(new Error('Closed'));
    await assert.rejects(writeWhole(await createFile(file), parts(['one'], 1), giveUp), /Closed/u);
    assert.deepEqual(await readdir(folder), []);
  });

  it('leaves nothing of itself where its place is taken by a folder', async () => {
    await mkdir(path.join(file, 'within'), { recursive: true });
    await assert.rejects(
      writeWhole(await createFile(file), parts(['one'], 1), never),
      /EISDIR|ENOTEMPTY|EEXIST|EPERM/u,
    );
    assert.deepEqual(await readdir(folder), ['a.manifest']);
  });
});

async function* parts(texts: readonly (string | Error)[], result: number): AsyncGenerator<Uint8Array, number> {
  for (const text of texts) {
    if (text instanceof Error) {
      throw text;
    }
    yield Buffer.from(text);
  }
  return result;
}

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { LedgerFiles } from '../../../src/node/ledgerFiles.js';

const account = 'ledger local 123456789012 storage-a/b';

describe('the files of the ledger', () => {
  let folder = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ledger-files-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('have what other windows wrote, whoever read when', async () => {
    const [here, there] = [new LedgerFiles(folder), new LedgerFiles(folder)];
    assert.deepEqual(await here.read(account), []);
    await there.append(account, { added: [bucket('one')] });
    assert.deepEqual(await names(here), ['one']);
    await here.append(account, { added: [bucket('two')] });
    await there.append(account, { gone: { kind: 'bucket', name: 'one' } });
    assert.deepEqual(await names(here), ['two']);
    assert.deepEqual(await names(there), ['two']);
    assert.deepEqual(await names(new LedgerFiles(folder)), ['two']);
    assert.deepEqual(await here.read('another account'), []);
  });

  it('lose but the change that was being written when its window was killed', async () => {
    const files = new LedgerFiles(folder);
    await files.append(account, { added: [bucket('before')] });
    const [name = ''] = await readdir(folder);
    await appendFile(join(folder, name), '\n{"added":[{"resource":{"kind":"buck');
    assert.deepEqual(await names(files), ['before']);
    await new LedgerFiles(folder).append(account, { added: [bucket('after')] });
    assert.deepEqual(await names(files), ['before', 'after']);
  });

  it('are for nobody else to read', async function () {
    if (process.platform !== 'win32') {
      await new LedgerFiles(folder).append(account, { added: [bucket('one')] });
      const [name = ''] = await readdir(folder);
      assert.equal((await stat(join(folder, name))).mode & 0o077, 0);
    }
  });

  it('take the changes of several processes at once, each as a whole', async () => {
    const program = `
      const { LedgerFiles } = require(${JSON.stringify(join(process.cwd(), 'src/node/ledgerFiles.ts'))});
      const files = new LedgerFiles(${JSON.stringify(folder)});
      (async () => {
        for (let index = 0; index < 50; index++) {
          const names = Array.from({ length: 400 }, (_, at) => process.argv[1] + '-' + index + '-' + at);
          await files.append(${JSON.stringify(account)}, {
            added: [{ resource: { kind: 'objects', bucket: 'b', folder: '', names } }],
          });
        }
      })();`;
    const children = ['one', 'two', 'three'].map((name) =>
      spawn(process.execPath, ['--import=tsx', '--eval', program, name], { stdio: 'inherit' }),
    );
    const ends = await Promise.all(children.map((child) => once(child, 'exit')));
    assert.deepEqual(
      ends.map(([code]) => code as unknown),
      [0, 0, 0],
    );
    const [entry] = await new LedgerFiles(folder).read(account);
    assert.ok(entry?.resource.kind === 'objects');
    assert.equal(new Set(entry.resource.names).size, 3 * 50 * 400);
  }).timeout(60_000);
});

async function names(files: LedgerFiles): Promise<readonly (string | undefined)[]> {
  return (await files.read(account)).map(({ resource }) => ('name' in resource ? resource.name : resource.kind));
}

function bucket(name: string) {
  return { resource: { kind: 'bucket', name } } as const;
}

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DataTransfer } from 'vscode';
import type { OnDrop } from '../../../src/host/views/bucketDrop.js';
import type { BucketNode } from '../../../src/host/views/nodes.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { user } from '../../support/vscodeModule.js';

const { signal } = new AbortController();
const folder: BucketNode = { kind: 'folder', bucket: 'b', prefix: 'p/' };
const object: BucketNode = { kind: 'object', object: { bucket: 'b', key: 'p/q/1.jpg', bytes: 1 } };

describe('dropping files onto a bucket', () => {
  let scratch: string;

  before(async () => {
    fakeVscode();
    scratch = await mkdtemp(join(tmpdir(), 'ground-truth-drop-'));
    await mkdir(join(scratch, 'cats', '.git'), { recursive: true });
    await mkdir(join(scratch, 'cats', 'small'));
    for (const name of ['cats/1.jpg', 'cats/small/2.jpg', 'cats/.DS_Store', 'cats/.git/config', 'dog.png']) {
      await writeFile(join(scratch, name), name);
    }
  });

  after(() => rm(scratch, { recursive: true }));

  it('finds the files of folders, under their own names', async () => {
    const lines = ['# from the desktop', address('cats'), address('dog.png'), address('cats/1.jpg')];
    const [dropped] = await drop(folder, transfer(lines.join('\r\n')));
    assert.deepEqual(dropped?.into, { bucket: 'b', key: 'p/' });
    const files = (await dropped?.find(signal)) ?? [];
    assert.deepEqual(
      files.map(({ key }) => key),
      ['p/1.jpg', 'p/cats/1.jpg', 'p/cats/small/2.jpg', 'p/dog.png'],
    );
    assert.equal(new TextDecoder().decode(await files[1]?.read(signal)), 'cats/1.jpg');
  });

  it('goes beside the object that they are dropped on', async () => {
    const [dropped] = await drop(object, transfer(address('dog.png')));
    assert.deepEqual(dropped?.into, { bucket: 'b', key: 'p/q/' });
  });

  it('takes the content where a browser gives no address', async () => {
    const file = { name: 'a.png', data: async () => new Uint8Array([7]) };
    const [dropped] = await drop(folder, transfer('', [file]));
    const [found] = (await dropped?.find(signal)) ?? [];
    assert.deepEqual([found?.key, await found?.read(signal)], ['p/a.png', new Uint8Array([7])]);
  });

  for (const line of ['file:///no/such/file', 'no address at all']) {
    it(`says so where nothing can be read: "${line}"`, async () => {
      const { Notifier } = await import('../../../src/host/support/notifier.js');
      user.reset();
      const log = { error: () => undefined } as unknown as ConstructorParameters<typeof Notifier>[0];
      const reported: Promise<void>[] = [];
      const onDrop = new Notifier(log).reporting(async (...[, find]: Parameters<OnDrop>) => void (await find(signal)));
      await drop(folder, transfer(line), async (...args) => void reported.push(onDrop(...args)));
      await Promise.all(reported);
      assert.match(user.asked.at(-1)?.text ?? '', /^Something went wrong/u);
    });
  }

  function address(name: string): string {
    return pathToFileURL(join(scratch, name)).href;
  }
});

interface Dropped {
  readonly into: Parameters<OnDrop>[0];
  readonly find: Parameters<OnDrop>[1];
}

async function drop(onto: BucketNode, data: DataTransfer, onDrop?: OnDrop): Promise<readonly Dropped[]> {
  const { BucketDrop } = await import('../../../src/host/views/bucketDrop.js');
  const dropped: Dropped[] = [];
  const note: OnDrop = async (into, find) => void dropped.push({ into, find });
  await new BucketDrop(onDrop ?? note).handleDrop(onto, data);
  return dropped;
}

/** As much of VS Code's as a drop is read through. */
function transfer(uriList: string, files: readonly object[] = []): DataTransfer {
  const items = files.map((file) => ['files', { asFile: () => file }] as const);
  const get = (type: string) => (type === 'text/uri-list' ? { asString: async () => uriList } : undefined);
  return { get, [Symbol.iterator]: () => items.values() } as unknown as DataTransfer;
}

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';

const root = new URL('../../../', import.meta.url);

interface Step {
  readonly id: string;
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly walkthroughs: readonly { readonly id: string; readonly steps: readonly Step[] }[];
  };
}

describe('the walkthrough', () => {
  let steps: readonly Step[];
  let commands: ReadonlySet<string>;
  let sources: string;

  before(async () => {
    const { contributes } = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as Manifest;
    steps = contributes.walkthroughs.find(({ id }) => id === 'lab')?.steps ?? [];
    commands = new Set(contributes.commands.map(({ command }) => command));
    const files = await readdir(new URL('src/host/', root), { recursive: true });
    const modules = files.filter((file) => file.endsWith('.ts'));
    const read = modules.map((file) => readFile(new URL(`src/host/${file}`, root), 'utf8'));
    sources = (await Promise.all(read)).join('\n');
  });

  it("has a step for each of the lab's", () => {
    const ids = ['connection', 'bucket', 'samples', 'upload', 'team', 'job', 'label', 'results', 'cleanUp'];
    assert.deepEqual(
      steps.map(({ id }) => id),
      ids,
    );
  });

  it('offers and waits for nothing that is not there', () => {
    for (const { id, description, completionEvents } of steps) {
      const links = [...description.matchAll(/\(command:([\w.]+)\)/gu)].map(([, command = '']) => command);
      assert.ok(links.length > 0, `${id} has a button`);
      for (const command of links) {
        assert.ok(commands.has(command), `${id} links to ${command}`);
      }
      assert.ok(completionEvents.length > 0, `${id} can be completed`);
      for (const event of completionEvents) {
        const [, keys = ''] = /^onContext:(.+)$/u.exec(event) ?? [];
        assert.notEqual(keys, '', `${id} waits for ${event}`);
        for (const key of keys.split(' && ')) {
          const command = key.endsWith('.ran') ? key.slice(0, -'.ran'.length) : undefined;
          assert.ok(command === undefined || commands.has(command), `${id} waits for ${key}`);
          const quoted = command === undefined ? `'${key}'` : `markDone('${command}')`;
          assert.ok(sources.includes(quoted), `${id} waits for ${key}`);
        }
      }
    }
  });

  it('has a picture for each step that follows the theme', async () => {
    for (const { media } of steps) {
      const svg = await readFile(new URL(media.svg, root), 'utf8');
      assert.match(svg, /^<svg xmlns/u);
      assert.match(svg, /var\(--vscode-/u);
      assert.notEqual(media.altText, '');
    }
  });
});

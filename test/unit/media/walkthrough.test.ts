import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

const root = new URL('../../../', import.meta.url);

interface Step {
  readonly id: string;
  readonly media: { readonly svg: string; readonly altText: string };
}

interface Manifest {
  readonly contributes: {
    readonly walkthroughs: readonly { readonly id: string; readonly steps: readonly Step[] }[];
  };
}

describe('the walkthrough', () => {
  let steps: readonly Step[];

  before(async () => {
    const { contributes } = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as Manifest;
    steps = contributes.walkthroughs.find(({ id }) => id === 'lab')?.steps ?? [];
  });

  it("has a step for each of the lab's", () => {
    const ids = ['connection', 'bucket', 'samples', 'upload', 'team', 'job', 'label', 'results', 'cleanUp'];
    assert.deepEqual(
      steps.map(({ id }) => id),
      ids,
    );
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

import { inSuite, ManifestPages } from '../support/manifestPages.js';
import { manifestHost } from '../support/manifestHost.js';

const withoutSource = (lines: number) => '{"a":1}\n'.repeat(lines);

describe('the line problems of the manifest editor', () => {
  const pages = inSuite(new ManifestPages());

  /** A host keeps so many of them at most. */
  const open = async (text: string, mostKept = 10_000) => {
    const host = await manifestHost(text);
    const read = host.handlers['problems.read'];
    const page = await pages.show({
      handlers: {
        ...host.handlers,
        'problems.read': async (asked, signal) =>
          (await read(asked, signal)).slice(0, Math.max(0, mostKept - asked.first)),
      },
    });
    await page.getByRole('button', { name: /line problems?$/u }).click();
    const listed = (line: number) => page.getByRole('button', { name: `Line ${line.toLocaleString('en')} ` });
    return { page, host, listed, more: page.getByRole('button', { name: 'Show more' }) };
  };

  it('are all listed, some at a time', async () => {
    const { listed, more } = await open(withoutSource(450));
    await listed(200).waitFor();
    await more.click();
    await listed(400).waitFor();
    await more.click();
    await listed(450).waitFor();
    await more.waitFor({ state: 'detached' });
  });

  it('can be listed on where the manifest has grown and has more of them', async () => {
    const { host, listed, more } = await open(withoutSource(250));
    await more.click();
    await listed(250).waitFor();
    await host.replace(withoutSource(500));
    pages.host.emit('manifest.changed', { progress: { kind: 'complete' } });
    await more.click();
    await listed(450).waitFor();
    await more.click();
    await listed(500).waitFor();
  });

  it('are too many to be listed where that is said, and what tells of all', async () => {
    const { page, listed, more } = await open(withoutSource(500), 400);
    await more.click();
    await listed(400).waitFor();
    await more.click();
    await page.getByText('100 more are not listed here: check the manifest to learn of all.').waitFor();
    await more.waitFor({ state: 'detached' });
  });
});

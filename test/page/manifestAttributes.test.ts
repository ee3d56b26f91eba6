import assert from 'node:assert/strict';
import { manifestHost } from '../support/manifestHost.js';
import { inSuite, ManifestPages } from '../support/manifestPages.js';

const labeled = (attribute: string) => ({
  [attribute]: 0,
  [`${attribute}-metadata`]: {
    confidence: 0.9,
    'class-name': 'cat',
    'human-annotated': 'yes',
    'creation-date': '2026-11-23T10:15:09.217995',
    'job-name': `labeling-job/${attribute}`,
    type: 'groundtruth/image-classification',
  },
});

const manifestOf = (attributesOf: (line: number) => readonly string[]) =>
  [0, 1, 2]
    .map((line) =>
      JSON.stringify(Object.assign({ 'source-ref': `s3://b/${line}.jpg` }, ...attributesOf(line).map(labeled))),
    )
    .join('\n');

describe('the label attributes of the manifest editor', () => {
  const pages = inSuite(new ManifestPages());

  const open = async (text: string) => {
    const host = await manifestHost(text);
    const page = await pages.show(host);
    return { page, host, choice: page.getByRole('combobox', { name: 'Label attribute' }) };
  };

  for (const { name, attributesOf, active } of [
    {
      name: 'the one with the most labels',
      attributesOf: (line: number) => (line === 1 ? ['pet', 'reviewed'] : ['pet']),
      active: 'pet',
    },
    { name: 'the last of equal ones', attributesOf: () => ['pet', 'chained'], active: 'chained' },
  ]) {
    it(`begin with ${name}, and say so above the list`, async () => {
      const { page, host, choice } = await open(manifestOf(attributesOf));
      await page.getByRole('row', { name: /^1 0\.jpg cat/u }).waitFor();
      assert.equal(await choice.inputValue(), active);
      assert.equal(host.shown?.attribute, active);
    });
  }

  it('stay as they are chosen above the list', async () => {
    const { page, host, choice } = await open(manifestOf((line) => (line === 1 ? ['pet', 'reviewed'] : ['pet'])));
    await choice.selectOption('reviewed');
    await page.getByRole('row', { name: /^1 0\.jpg Not labeled/u }).waitFor();
    await page.getByLabel('Filter by file or class').fill('2.jpg');
    await page.getByText('1 of 3 objects').waitFor();
    assert.equal(await choice.inputValue(), 'reviewed');
    assert.equal(host.shown?.attribute, 'reviewed');
  });

  it('keep the one that was filtered where another one comes to have more labels', async () => {
    const { page, host, choice } = await open(manifestOf((line) => (line === 1 ? ['pet', 'more'] : ['pet'])));
    await page
      .getByRole('region', { name: 'Label attribute pet' })
      .getByRole('button', { name: /^cat 3/u })
      .click();
    await page.getByText('3 of 3 objects').waitFor();
    await host.replace(manifestOf(() => ['pet', 'more']));
    pages.host.emit('manifest.changed', { progress: { kind: 'complete' } });
    await page
      .getByRole('region', { name: 'Label attribute more' })
      .getByRole('button', { name: /^cat 3/u })
      .waitFor();
    assert.equal(await choice.inputValue(), 'pet');
  });

  it('are not to be chosen where there is one', async () => {
    const { page, choice } = await open(manifestOf(() => ['pet']));
    await page.getByRole('row', { name: /^1 0\.jpg cat/u }).waitFor();
    assert.equal(await choice.count(), 0);
  });
});

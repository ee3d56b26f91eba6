import assert from 'node:assert/strict';
import type { JobSetup } from '../../src/protocol/jobSetup.js';
import { field, typed } from '../support/jobFormPage.js';
import { labDraft } from '../support/jobDrafts.js';
import { fakeJobHost, labBucket, labFolder } from '../support/jobSetupHost.js';
import { PageHarness, type OpenedPage } from '../support/pageHarness.js';

describe('the examples of the job form', () => {
  let harness: PageHarness;
  let opened: OpenedPage<JobSetup> | undefined;

  before(async () => void (harness = await PageHarness.start()));
  after(() => harness.dispose());
  afterEach(async () => {
    assert.deepEqual(opened?.problems ?? [], []);
    assert.deepEqual(opened?.strayRequests ?? [], []);
    await opened?.close();
    opened = undefined;
  });

  async function open(prepare: (host: ReturnType<typeof fakeJobHost>) => void) {
    const host = fakeJobHost();
    prepare(host);
    opened = await harness.open<JobSetup>({ page: 'jobSetup', handlers: host.handlers });
    const { page } = opened;
    await page.getByRole('heading', { name: 'Create Labeling Job' }).waitFor();
    return { host, page };
  }

  it("shows the worker's page with the labels and an example taken from the pictures", async () => {
    const { page } = await open((fake) => (fake.kept = labDraft));
    await page.getByText('20 pictures').first().waitFor();
    await page.locator(`${field('badExample')} summary`).click();
    await page
      .locator(`${field('badExample')} .thumb`)
      .last()
      .click();
    await page.fill(typed('label.1'), 'hound');
    const task = page.frameLocator('gt-task-preview iframe.isCurrent');
    await task.getByText('hound').first().waitFor();
    await task.locator('short-instructions').getByText('Bad example').waitFor();
    assert.equal(await task.locator('short-instructions img').count(), 2);
  });

  for (const [pictures, text] of [
    [20, '1 of 20'],
    [500, '1 of 20 samples'],
  ] as const) {
    it(`counts the pictures in the preview as the input does (${pictures})`, async () => {
      const { page } = await open((fake) => {
        fake.kept = labDraft;
        const { 'input.read': read } = fake.handlers;
        fake.handlers['input.read'] = async (place, signal) => ({ ...(await read(place, signal)), pictures });
      });
      await page.getByText(` · ${text}`).waitFor();
    });
  }

  it('offers more pictures than it shows, and fetches those only when they are looked at', async () => {
    const fetched = new Set<string>();
    const { page } = await open((fake) => {
      fake.kept = { ...labDraft, goodExample: { picture: '', description: '' } };
      const { 'picture.read': read } = fake.handlers;
      fake.handlers['picture.read'] = (uri, signal) => {
        fetched.add(uri.key);
        return read(uri, signal);
      };
    });
    await page.locator('.sample img').last().scrollIntoViewIfNeeded();
    await page.locator(`${field('badExample')} summary`).scrollIntoViewIfNeeded();
    assert.equal(fetched.size, 12);
    await page.locator(`${field('badExample')} summary`).click();
    await page.locator(`${field('badExample')} .thumb img[alt="199.jpg"]`).waitFor();
    assert.equal(fetched.size, 20);
  });

  it("takes an object's web address of this machine as the object", async () => {
    const { host, page } = await open((fake) => (fake.kept = labDraft));
    await page.fill(typed('badExample'), `http://127.0.0.1:4711/${labBucket}/${labFolder}199.jpg`);
    await page.keyboard.press('Tab');
    await page.waitForFunction(
      (id) => document.querySelector<HTMLInputElement>(`[id="${id}"]`)?.value.startsWith('s3'),
      'badExample',
    );
    assert.equal(host.kept.badExample.picture, `s3://${labBucket}/${labFolder}199.jpg`);
  });

  it('fetches and shows an example only when its address is typed to the end', async () => {
    const asked: string[] = [];
    const { host, page } = await open((fake) => {
      fake.kept = { ...labDraft, goodExample: { picture: '', description: '' } };
      const { 'picture.read': read, 'preview.render': render } = fake.handlers;
      fake.handlers['picture.read'] = (uri, signal) => {
        asked.push(uri.key);
        return read(uri, signal);
      };
      fake.handlers['preview.render'] = (request, signal) => {
        asked.push(request.draft.badExample.picture);
        return render(request, signal);
      };
    });
    const current = page.frameLocator('gt-task-preview iframe.isCurrent');
    await current.getByText('cat', { exact: true }).first().waitFor();
    asked.length = 0;
    const address = `s3://${labBucket}/${labFolder}199.jpg`;
    await page.locator(typed('badExample')).pressSequentially(address, { delay: 10 });
    assert.equal(host.kept.badExample.picture, address);
    await page.fill(typed('label.1'), 'hound'); // Leaves the address, and has the page shown anew.
    await current.getByText('hound').first().waitFor();
    assert.deepEqual([...new Set(asked)].toSorted(), [address, `${labFolder}199.jpg`].toSorted());
  });

  it('goes on showing the page while the address of an example is wrong', async () => {
    const { page } = await open((fake) => (fake.kept = labDraft));
    const instructions = page.frameLocator('gt-task-preview iframe.isCurrent').locator('short-instructions');
    await instructions.getByText('Good example').waitFor();
    await page.fill(typed('badExample'), 'tps://ground-truth');
    await page.keyboard.press('Tab');
    await page.locator(`${field('badExample')} .problem`).waitFor();
    assert.match(await page.locator(`${field('badExample')} .tile`).innerText(), /No picture/u);
    await page.fill(typed('badExample'), `s3://${labBucket}/${labFolder}199.jpg`);
    await page.keyboard.press('Tab');
    await instructions.getByText('Bad example').waitFor();
    assert.equal(await page.locator('gt-task-preview .problem').count(), 0);
    assert.equal(await page.locator(`${field('badExample')} figcaption`).innerText(), '199.jpg');
  });

  it('shows the page again when what kept it from being shown is over', async () => {
    let isWrong = true;
    const { page } = await open((fake) => {
      fake.kept = labDraft;
      const { 'preview.render': render } = fake.handlers;
      fake.handlers['preview.render'] = async (request, signal) => {
        const rendered = await render(request, signal);
        return isWrong ? { ...rendered, errors: [{ message: 'it is wrong', line: 1 }] } : rendered;
      };
    });
    const problem = page.locator('gt-task-preview .problem');
    await problem.waitFor();
    isWrong = false;
    await page.fill(typed('label.1'), 'hound');
    await problem.waitFor({ state: 'detached', timeout: 4_000 });
    const instructions = page.frameLocator('gt-task-preview iframe.isCurrent').locator('short-instructions');
    assert.ok(await instructions.isVisible(), 'the instructions stay open');
  });
});

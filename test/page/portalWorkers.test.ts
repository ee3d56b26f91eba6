import assert from 'node:assert/strict';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { untilEnded } from '../support/labWaits.js';
import { ana, ben, bucket, labJobName, PortalLab } from '../support/portalLab.js';
import { openPortal, pick, progressIs, signInInvited, startWorking } from '../support/portalPages.js';

const pictures = 6;

describe('two workers at the portal at once, each in a browser profile of their own', () => {
  let browser: Browser;
  let lab: PortalLab;
  before(async () => {
    browser = await launchBrowser();
  });
  afterEach(async () => lab.server.stop());
  after(async () => browser.close());

  it('label every picture both, and the counters move with them', async () => {
    lab = await PortalLab.start({ pictures, workersPerObject: 2 });
    const workers = await Promise.all([ana, ben].map(async (email) => seated(email)));
    const [first, second] = workers.map(({ page }) => page);
    assert.ok(first && second);
    for (let done = 0; done < pictures; done += 1) {
      await answer(first, done, '1');
      await progressIs(first, done + 1);
      // The other has not seen this one yet: it wants one more answer.
      assert.equal((await lab.counters()).HumanLabeled, done);
      await answer(second, done, done % 2 === 0 ? '1' : '2');
      await progressIs(second, done + 1);
      await countersAre(lab, done + 1);
    }
    await untilEnded(lab.clients, labJobName);
    assert.deepEqual(
      await answersOf(lab),
      Array.from({ length: pictures }, () => 2),
    );
    assert.deepEqual(
      workers.flatMap(({ problems }) => problems),
      [],
    );
    await Promise.all(workers.map(async ({ close }) => close()));
  });

  it('share the pictures where one answer is enough, at the same time, and none comes to both', async () => {
    lab = await PortalLab.start({ pictures: 12 });
    const workers = await Promise.all([ana, ben].map(async (email) => seated(email)));
    const answered = await Promise.all(workers.map(async ({ page }) => answerAll(page)));
    assert.equal(
      answered.reduce((sum, count) => sum + count, 0),
      12,
    );
    const { LabelCounters: counters } = await untilEnded(lab.clients, labJobName);
    assert.equal(counters?.HumanLabeled, 12);
    await Promise.all(workers.map(async ({ close }) => close()));
  });

  async function seated(email: string) {
    const opened = await openPortal(browser, lab.server.portal);
    await signInInvited(opened.page, email, await lab.invitation(email));
    await startWorking(opened.page);
    return opened;
  }
});

async function answer(page: Page, done: number, key: string): Promise<void> {
  await progressIs(page, done);
  await pick(page, key);
  await page.keyboard.press('Enter');
}

/** Until there is nothing left; resolves to how many there were. */
async function answerAll(page: Page): Promise<number> {
  for (let done = 0; ; done += 1) {
    await progressIs(page, done);
    await page.getByLabel('Loading the task').waitFor({ state: 'hidden' });
    if (await page.getByRole('heading', { name: "You're finished" }).isVisible()) {
      return done;
    }
    await answer(page, done, '1');
  }
}

/** Consolidation comes right after the last answer. */
async function countersAre(lab: PortalLab, labeled: number): Promise<void> {
  for (;;) {
    if ((await lab.counters()).HumanLabeled === labeled) {
      return;
    }
  }
}

/** How many answers each object's worker-response file has. */
async function answersOf({ clients: { s3 } }: PortalLab): Promise<readonly number[]> {
  const prefix = `output/${labJobName}/annotations/worker-response/`;
  const { Contents: files = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
  return Promise.all(
    files.map(async ({ Key }) => {
      const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      const { answers } = JSON.parse((await body?.transformToString()) ?? '{}') as {
        readonly answers: readonly object[];
      };
      return answers.length;
    }),
  );
}

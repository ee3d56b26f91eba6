import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { LocalServer } from '../../src/core/ports.js';
import { localDataFolders } from '../host/stop.mjs';
import { startVSCodeServer, type VSCodeServer } from '../host/vscodeServer.js';
import { launchBrowser } from '../support/browser.js';
import { packageExtension } from '../support/extensionPackage.js';
import { ana, ben, labJobName, type LabServer, PortalLab } from '../support/portalLab.js';
import { openPortal, pick, type PortalPage, progressIs, signInInvited, startWorking } from '../support/portalPages.js';
import { TestResults } from '../support/testResults.js';
import { Workbench } from '../support/workbench.js';

const pictures = 4;

// One story, told in steps: each stands on the one before, and after one that fails the rest is not tried.
describe('a team that labels in browsers, seen from a real workbench', function () {
  this.timeout(120_000);
  this.bail(true);

  const results = new TestResults('e2e-portal');
  const scratch = mkdtempSync(join(tmpdir(), 'ground-truth-portal-'));
  let server: VSCodeServer;
  let browser: Browser;
  let workbench: Workbench;
  let lab: PortalLab<LabServer>;
  let workers: readonly PortalPage[];

  before(async () => {
    mkdirSync(join(scratch, 'workspace'));
    server = await startVSCodeServer({ withDriver: false, vsix: packageExtension() });
    browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1_280, height: 800 }, reducedMotion: 'reduce' });
    page.setDefaultTimeout(30_000);
    workbench = new Workbench(page, server, join(scratch, 'workspace'));
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      await results.keep(this.currentTest.title, workbench.page, server);
    }
  });

  after(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
    rmSync(scratch, { recursive: true, force: true });
  });

  it("copies the portal's link, where nobody can sign in before there is a team", async () => {
    await workbench.open();
    await workbench.activity('Ground Truth').click();
    await workbench.runCommand('Ground Truth: Copy Portal Link');
    await workbench.notification('/_local/portal". Nobody can sign in there yet');
    await workbench.notification(`Copied "${localServer(server).portal}".`);
  });

  it('shows the team and its job, which wants two answers for each picture', async () => {
    lab = await PortalLab.on(localServer(server), { pictures, workersPerObject: 2 });
    await workbench.runCommand('Ground Truth: Refresh');
    await workbench.row('Private Teams', 'my-team').click();
    await workbench.row('Private Teams', new RegExp(`^${ana}, invited, not signed in yet`, 'u')).waitFor();
    await workbench.row('Labeling Jobs', labJobName).getByText(`0/${pictures}`).waitFor();
  });

  it("copies the portal's link, which is the one that browsers open", async () => {
    await workbench.runCommand('Ground Truth: Copy Portal Link');
    await workbench.notification('/_local/portal". It opens on this machine');
  });

  it('invites a member again, whose new password is the one that counts', async () => {
    const before = await lab.invitation(ben);
    const row = workbench.row('Private Teams', new RegExp(`^${ben}`, 'u'));
    await row.hover();
    await row.getByRole('button', { name: 'Resend Invitation' }).click();
    let password = before;
    while (password === before) {
      password = await lab.invitation(ben);
    }
    await workbench.notification(`"${ben}" is invited to label. Temporary password: ${password}`);
  });

  it('lets two members sign in at the portal, each in a profile of their own', async () => {
    workers = await Promise.all(
      [ana, ben].map(async (email) => {
        const opened = await openPortal(browser, lab.server.portal);
        await signInInvited(opened.page, email, await lab.invitation(email));
        await startWorking(opened.page);
        return opened;
      }),
    );
    await workbench.runCommand('Ground Truth: Refresh');
    await workbench.row('Private Teams', new RegExp(`^${ana}, has signed in`, 'u')).waitFor();
  });

  it('moves the counters of the explorer while both label', async () => {
    for (let done = 0; done < pictures; done += 1) {
      await Promise.all(
        workers.map(async ({ page }) => {
          await progressIs(page, done);
          await pick(page, '1');
          await page.keyboard.press('Enter');
        }),
      );
      const row = workbench.row('Labeling Jobs', labJobName);
      await (done + 1 < pictures
        ? row.getByText(`${done + 1}/${pictures}`).waitFor()
        : workbench.row('Labeling Jobs', new RegExp(`^${labJobName}, Complete, 4 of 4`, 'u')).waitFor());
    }
    for (const { problems, strayRequests } of workers) {
      assert.deepEqual([problems, strayRequests], [[], []]);
    }
  });

  it('says in the tooltip of a member why there is nothing left to see', async () => {
    await workbench.row('Private Teams', new RegExp(`^${ana}`, 'u')).hover();
    const hover = workbench.page.locator('.workbench-hover').filter({ hasText: ana });
    await hover.getByText('Is signed in.').waitFor();
    await hover.getByText(`"${labJobName}": is completed`).waitFor();
  });
});

/** The server that the extension started, by the record that it keeps. */
function localServer({ storageFolder }: VSCodeServer): LabServer {
  const [dataFolder] = localDataFolders(storageFolder);
  assert.ok(dataFolder !== undefined, 'the extension has started no Local Ground Truth');
  const server = JSON.parse(readFileSync(join(dataFolder, 'server.json'), 'utf8')) as LocalServer;
  const { endpoint, region, accessKeyId, secretAccessKey } = server;
  const clientConfig = {
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
  } as const;
  return { ...server, dataFolder, log: [], clientConfig };
}

import assert from 'node:assert/strict';
import { AdminDisableUserCommand, AdminEnableUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { FakeClock } from '../support/fakeClock.js';
import { currentTask } from '../support/labelingPages.js';
import {
  builtServer,
  deleteDataFolder,
  makeDataFolder,
  type ServerProcess,
  spawnTestServer,
} from '../support/localServer.js';
import { ana, ben, ownPassword, PortalLab } from '../support/portalLab.js';
import { label, openPortal, pick, progressIs, signIn, signInInvited, startWorking } from '../support/portalPages.js';
import { selfSigned } from '../support/selfSigned.js';

const hour = 60 * 60_000;

describe('the labeling portal in a browser', () => {
  let browser: Browser;
  let lab: PortalLab;
  before(async () => {
    browser = await launchBrowser();
  });
  after(async () => browser.close());
  afterEach(async () => lab.server.stop());

  it('takes an invited worker by keyboard alone from the invitation to the last picture', async () => {
    lab = await PortalLab.start({ pictures: 3 });
    const { page, problems, strayRequests, close } = await openPortal(browser, lab.server.portal);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.keyboard.type(ana);
    await page.keyboard.press('Tab');
    await page.keyboard.type(await lab.invitation(ana));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Choose a password' }).waitFor();
    await page.keyboard.type('short');
    await page.keyboard.press('Enter');
    await page.getByText('At least 8 characters, please.').waitFor();
    await page.keyboard.type('-and-long');
    await page.keyboard.press('Tab');
    await page.keyboard.type('short-and-long');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Jobs' }).waitFor();
    while (!(await page.locator('main.labeling').isVisible())) {
      await page.keyboard.press('Enter'); // On the job that is selected; on "Refresh" before it is there.
      await page.locator('main').waitFor();
    }
    await label(page, 0, ['1', '2', '1']);
    await page.getByRole('heading', { name: "You're finished" }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('There is no work for you right now.').waitFor();
    assert.deepEqual(problems, []);
    assert.deepEqual(strayRequests, []);
    assert.equal((await lab.counters()).Unlabeled, 0);
    await close();
  });

  it('offers nothing that only VS Code has', async () => {
    lab = await PortalLab.start({ pictures: 1 });
    const { page, close } = await openPortal(browser, lab.server.portal);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.equal(await page.getByText('invitations').count(), 0);
    await signInInvited(page, ana, await lab.invitation(ana));
    await startWorking(page);
    await label(page, 0, ['1']);
    await page.getByRole('heading', { name: "You're finished" }).waitFor();
    assert.equal(await page.getByText('Manifest').count(), 0);
    await page.getByRole('button', { name: 'Back to Jobs' }).click();
    await page.getByText('that were there for you are done').waitFor();
    assert.equal(await page.getByText('Manifest').count(), 0);
    await close();
  });

  it('says that a password is wrong, and how long to wait after many of them', async () => {
    const clock = new FakeClock(new Date().toISOString()); // Signatures are dated.
    lab = await PortalLab.start({ pictures: 1, server: { clock } });
    const { page, close } = await openPortal(browser, lab.server.portal);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const refused = page.waitForResponse('**/sign-in');
      await signIn(page, ana, `wrong ${attempt}`);
      await refused;
      await page.getByText('Incorrect e-mail address or password.').waitFor();
      await page.locator('vscode-button[disabled]').waitFor({ state: 'detached' });
    }
    await signIn(page, ana, await lab.invitation(ana));
    await page.getByText('Too many attempts. Try again in 1 seconds.').waitFor();
    clock.advance(1_000);
    await signIn(page, ana, await lab.invitation(ana));
    await page.getByRole('heading', { name: 'Choose a password' }).waitFor();
    await close();
  });

  it('goes on after a reload at the same picture, with the class that was picked', async () => {
    lab = await PortalLab.start({ pictures: 3 });
    const { page, close } = await openPortal(browser, lab.server.portal);
    await signInInvited(page, ana, await lab.invitation(ana));
    await startWorking(page);
    await label(page, 0, ['1']);
    await progressIs(page, 1);
    await pick(page, '2');
    await page.reload();
    await progressIs(page, 1);
    await currentTask(page).getByRole('radio', { name: 'dog', checked: true }).waitFor();
    await page.keyboard.press('Enter');
    await progressIs(page, 2);
    await page.getByRole('button', { name: 'Undo' }).click();
    await currentTask(page).getByRole('radio', { name: 'dog', checked: true }).waitFor();
    await close();
  });

  it('asks whoever was signed out to sign in again, and goes on there', async () => {
    const clock = new FakeClock(new Date().toISOString()); // Signatures are dated.
    lab = await PortalLab.start({ pictures: 3, server: { clock } });
    const { page, close } = await openPortal(browser, lab.server.portal);
    await signInInvited(page, ana, await lab.invitation(ana));
    await startWorking(page);
    await label(page, 0, ['1']);
    await progressIs(page, 1);
    clock.advance(12 * hour);
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.equal(await fieldValue(page, 'E-mail address'), ana);
    await signIn(page, ana, ownPassword);
    await progressIs(page, 1);
    await close();
  });

  it('keeps the answer of a worker whose session ends meanwhile', async () => {
    lab = await PortalLab.start({ pictures: 3 });
    const user = { UserPoolId: lab.team.userPool, Username: ana };
    const { page, close } = await openPortal(browser, lab.server.portal);
    await signInInvited(page, ana, await lab.invitation(ana));
    await startWorking(page);
    await progressIs(page, 0);
    await pick(page, '2');
    // A hidden page does not look by itself: the answer is to be what finds out.
    await page.evaluate(() => Object.defineProperty(document, 'visibilityState', { value: 'hidden' }));
    await lab.clients.cognito.send(new AdminDisableUserCommand(user)); // That ends whatever session there is.
    await lab.clients.cognito.send(new AdminEnableUserCommand(user));
    await page.keyboard.press('Enter');
    await page.getByText('your account was disabled').waitFor();
    await signIn(page, ana, ownPassword);
    await progressIs(page, 1);
    await close();
  });

  it('shows one worker at a time in a browser: a page left open is not served as the other', async () => {
    lab = await PortalLab.start({ pictures: 2 });
    const { page, close } = await openPortal(browser, lab.server.portal);
    await signInInvited(page, ana, await lab.invitation(ana));
    const other = await page.context().newPage();
    await other.goto(lab.server.portal);
    await other.getByText(ana).waitFor();
    await other.getByRole('button', { name: 'Log out' }).click();
    await signInInvited(other, ben, await lab.invitation(ben));
    await page.getByText('You were signed out').waitFor(); // By itself: it sees the end of its own session, or the other.
    await other.reload();
    await other.getByText(ben).waitFor();
    await close();
  });

  it('asks before it opens an address that a task names', async () => {
    const template = `<crowd-form><button type="button" id="b">More</button></crowd-form><script>
      b.addEventListener('click', () => open('https://example.com/more?secret'));
    </script>`;
    lab = await PortalLab.start({ pictures: 1, template });
    const { page, strayRequests, close } = await openPortal(browser, lab.server.portal);
    await signInInvited(page, ana, await lab.invitation(ana));
    await startWorking(page);
    const asked = new Promise<string>((resolve) => {
      page.once('dialog', (dialog) => {
        resolve(dialog.message());
        void dialog.dismiss();
      });
    });
    await currentTask(page).getByRole('button', { name: 'More' }).click();
    assert.match(await asked, /https:\/\/example\.com\/more\?secret/u);
    assert.equal(page.context().pages().length, 1);
    assert.deepEqual(strayRequests, []);
    await close();
  });

  const widths = [320, 420, 720];
  for (const width of widths) {
    it(`fits into a window of ${width} pixels`, async () => {
      lab = await PortalLab.start({ pictures: 1 });
      const viewport = { width, height: 700 };
      const { page, close } = await openPortal(browser, lab.server.portal, { viewport });
      await page.getByRole('button', { name: 'Sign In' }).waitFor();
      await fits(page);
      await signInInvited(page, ana, await lab.invitation(ana));
      await fits(page);
      await startWorking(page);
      await progressIs(page, 0);
      await fits(page);
      for (const button of ['Undo', 'Decline task', 'Release task', 'Stop working']) {
        const box = await page.getByRole('button', { name: button }).boundingBox();
        assert.ok(box && box.x >= 0 && box.x + box.width <= width, button);
      }
      await currentTask(page).getByRole('button', { name: 'Submit' }).click({ trial: true });
      await close();
    });
  }
});

describe('the labeling portal of a server that is killed', () => {
  let browser: Browser;
  let server: ServerProcess;
  before(async () => {
    browser = await launchBrowser();
    server = await spawnTestServer({ program: builtServer });
  });
  after(async () => {
    await browser.close();
    await server.kill();
    await deleteDataFolder(server.dataFolder);
  });

  it('keeps an answer until the server is back, and sends it', async () => {
    const { portal, dataFolder } = server;
    const lab = await PortalLab.on(server, { pictures: 3 });
    const { page, close } = await openPortal(browser, portal);
    await signInInvited(page, ana, await lab.invitation(ana));
    await startWorking(page);
    await label(page, 0, ['1']);
    await progressIs(page, 1);
    await pick(page, '2');
    await server.kill();
    await page.keyboard.press('Enter');
    await page.getByText('Local Ground Truth cannot be reached. Your answer is kept').waitFor();
    server = await spawnTestServer({ program: builtServer, dataFolder });
    assert.equal(server.portal, portal);
    await progressIs(page, 2);
    await label(page, 2, ['1']);
    await page.getByRole('heading', { name: "You're finished" }).waitFor();
    await close();
  });
});

describe('the labeling portal for other machines', () => {
  let browser: Browser;
  let server: ServerProcess;
  let folder: string;
  before(async () => {
    browser = await launchBrowser();
    folder = await makeDataFolder();
    const { certificateFile, keyFile } = await selfSigned(folder, 'lab', ['127.0.0.1']);
    const tls = ['--tls-certificate', certificateFile, '--tls-key', keyFile];
    server = await spawnTestServer({ program: builtServer, args: ['--listen', '127.0.0.1:0', ...tls] });
  });
  after(async () => {
    await browser.close();
    await server.end();
    await Promise.all([folder, server.dataFolder].map(deleteDataFolder));
  });

  it('is the same page, over TLS', async () => {
    const lab = await PortalLab.on(server, { pictures: 1 });
    const opened = await openPortal(browser, server.sharedPortal ?? '', { ignoreHTTPSErrors: true });
    const { page, problems, strayRequests, close } = opened;
    await signInInvited(page, ana, await lab.invitation(ana));
    const [cookie] = await page.context().cookies();
    assert.deepEqual([cookie?.httpOnly, cookie?.secure, cookie?.sameSite], [true, true, 'Strict']);
    await startWorking(page);
    await label(page, 0, ['1']);
    await page.getByRole('heading', { name: "You're finished" }).waitFor();
    assert.deepEqual([...problems, ...strayRequests], []);
    await close();
  });
});

async function fieldValue(page: Page, name: string): Promise<string> {
  return page.getByRole('textbox', { name }).inputValue();
}

/** What is wider scrolls in a frame of its own; the page does not. */
async function fits(page: Page): Promise<void> {
  const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(needed !== undefined && given !== undefined && needed <= given, `${needed} > ${given}`);
}

import assert from 'node:assert/strict';
import type { DoctorPage } from '../../src/protocol/doctor.js';
import { isAccessible } from '../support/accessibility.js';
import { fakeDoctorHost } from '../support/doctorHost.js';
import { type OpenedPage, type OpenOptions, PageHarness } from '../support/pageHarness.js';

describe('the page of the doctor', () => {
  let harness: PageHarness;
  let opened: OpenedPage<DoctorPage> | undefined;

  before(async () => void (harness = await PageHarness.start()));
  after(() => harness.dispose());
  afterEach(async () => {
    assert.deepEqual(opened?.problems ?? [], []);
    assert.deepEqual(opened?.strayRequests ?? [], []);
    await opened?.close();
    opened = undefined;
  });

  async function open(options: Partial<OpenOptions<DoctorPage>> = {}) {
    const host = fakeDoctorHost();
    opened = await harness.open<DoctorPage>({ page: 'doctor', handlers: host.handlers, ...options });
    await opened.page.getByRole('heading', { name: '3. Buckets' }).waitFor();
    return { host, page: opened.page, channel: opened.host };
  }

  it('has a section for each stage, and a line with its standing for each thing', async () => {
    const { page } = await open();
    assert.deepEqual(await page.getByRole('heading', { level: 2 }).allInnerTexts(), [
      'Fine:\n1. Signed in',
      'Error:\n3. Buckets',
      'Warning:\n7. Team',
    ]);
    assert.equal(await page.getByRole('listitem').count(), 4);
    assert.match(await page.locator('.standing').innerText(), /1 error, 1 warning, 1 not checked, 1 fine\./u);
  });

  it('shows lines while they are found, and can be cancelled', async () => {
    const { host, page, channel } = await open();
    const [first, second] = host.report.lines;
    assert.ok(first && second);
    channel.emit('report.changed', {
      ...host.report,
      lines: [first],
      state: { kind: 'running', checked: 1, checks: 32 },
    });
    await page.getByText('1 of 32 checks').waitFor();
    assert.equal(await page.getByRole('listitem').count(), 1);
    await page.getByRole('button', { name: 'Cancel' }).click();
    channel.emit('report.changed', { ...host.report, lines: [first, second], state: { kind: 'cancelled' } });
    await page.getByText('Cancelled. 1 error, 1 fine.').waitFor();
    assert.deepEqual(host.calls, ['cancel']);
  });

  it('does by keyboard alone what its buttons say, and keeps the keyboard’s place', async () => {
    const { host, page, channel } = await open();
    await page.getByRole('button', { name: 'Fix: Add the CORS rule…' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('The fix is done').waitFor({ state: 'attached' });
    assert.deepEqual(host.calls, ['fix s3.cors 0 7']);
    assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ''), /Fix: Add the CORS rule/u);
    const lines = host.report.lines.map((line) => ({ ...line, status: 'ok' as const }));
    channel.emit('report.changed', { ...host.report, lines });
    for (const [name, call] of [
      [/^Copy as CLI: s3:\/\/ground/u, 'cli s3.cors 0'],
      [/^Copy policy of/u, 'policy s3.cors 1'],
      [/^Copy as Markdown/u, 'copy markdown'],
      [/^Copy as JSON/u, 'copy json'],
      [/^Run Again/u, 'run'],
      [/^Look at Something Else/u, 'choose'],
    ] as const) {
      await page.getByRole('button', { name }).focus();
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => true);
      assert.equal(host.calls.at(-1), call);
    }
  });

  it('can leave out what is fine', async () => {
    const { page } = await open();
    await page.getByText('Show what is fine').click();
    await page.getByText('One line is fine.').waitFor();
    assert.equal(await page.getByRole('listitem').count(), 3);
  });

  it('says why nothing could be looked at', async () => {
    const { host, page, channel } = await open();
    channel.emit('report.changed', { ...host.report, state: { kind: 'failed', message: 'No network.' } });
    await page.getByRole('alert').getByText('No network.').waitFor();
  });

  for (const theme of ['dark', 'light', 'highContrast'] as const) {
    for (const width of [1_000, 360]) {
      it(`has nothing that keeps people out: ${theme}, ${width} pixels`, async () => {
        const { page } = await open({ theme, width, height: 900 });
        const shots = process.env['DOCTOR_SHOTS'];
        if (shots !== undefined) {
          await page.screenshot({ path: `${shots}/${theme}-${width}.png`, fullPage: true });
        }
        await isAccessible(page);
        const isScrolledSideways = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        assert.equal(isScrolledSideways, false);
      });
    }
  }
});

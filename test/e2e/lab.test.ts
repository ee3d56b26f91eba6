import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startVSCodeServer, type VSCodeServer } from '../host/vscodeServer.js';
import { launchBrowser } from '../support/browser.js';
import { packageExtension } from '../support/extensionPackage.js';
import { TestResults } from '../support/testResults.js';
import { Workbench } from '../support/workbench.js';

// One story, told in steps: each stands on the one before, and after one that fails the rest is not tried.
describe('the lab, clicked in a real workbench', function () {
  this.timeout(120_000);
  this.bail(true);

  const results = new TestResults('e2e');
  const scratch = mkdtempSync(join(tmpdir(), 'ground-truth-e2e-'));
  const workspace = join(scratch, 'workspace');
  const strayRequests = new Set<string>();
  let server: VSCodeServer;
  let browser: Browser;
  let workbench: Workbench;

  before(async () => {
    mkdirSync(workspace);
    // As a person has it: installed from its package, no development mode, no driver.
    server = await startVSCodeServer({ withDriver: false, vsix: packageExtension() });
    browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1_280, height: 800 }, reducedMotion: 'reduce' });
    page.setDefaultTimeout(30_000);
    page.on('request', (request) => {
      const { protocol, hostname, origin } = new URL(request.url());
      // A webview's files have addresses under vscode-cdn.net, which its service worker answers.
      if (/^https?:$/.test(protocol) && hostname !== '127.0.0.1' && !hostname.endsWith('.vscode-cdn.net')) {
        strayRequests.add(origin);
      }
    });
    workbench = new Workbench(page, server, workspace);
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

  it('has an icon in the activity bar, and three views that say what to do', async () => {
    await workbench.open();
    await workbench.activity('Ground Truth').click();
    await workbench.view('Buckets').getByText('Create Bucket…').waitFor();
    await workbench.view('Labeling Jobs').getByText('Create Labeling Job…').waitFor();
    await workbench.view('Private Teams').getByText('Create Private Team…').waitFor();
  });

  it('asks nothing of the network', () => {
    assert.deepEqual([...strayRequests], []);
  });
});

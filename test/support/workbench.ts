import { setTimeout as delay } from 'node:timers/promises';
import type { Frame, Locator, Page } from 'playwright-core';
import type { VSCodeServer } from '../host/vscodeServer.js';

const startTimeoutMs = 60_000;
const toastTimeoutMs = 20_000;

/** What a test says to the workbench, in VS Code's own words, by the few selectors that VS Code's smoke tests rely on. */
export class Workbench {
  readonly page: Page;
  readonly #server: VSCodeServer;
  readonly #folder: string;

  constructor(page: Page, server: VSCodeServer, folder: string) {
    this.page = page;
    this.#server = server;
    this.#folder = folder;
  }

  /** Opens the window. */
  async open(): Promise<void> {
    // The key for secrets that VS Code's web build asks its server for: code-server's own front end would answer it.
    const key = { status: 200, contentType: 'application/octet-stream', body: Buffer.alloc(32, 7) };
    await this.page.route('**/mint-key', (route) => route.fulfill(key));
    await this.page.goto(this.#server.url(this.#folder), { waitUntil: 'commit' });
    await this.#isDrawn();
  }

  async reload(): Promise<void> {
    const reloaded = this.page.waitForEvent('domcontentloaded');
    await this.runCommand('Developer: Reload Window');
    await reloaded;
    await this.#isDrawn();
  }

  async #isDrawn(): Promise<void> {
    await this.page.locator('.monaco-workbench .activitybar .monaco-action-bar').first().waitFor();
    await this.page.locator('.monaco-workbench .statusbar-item').first().waitFor();
  }

  activity(name: string): Locator {
    return this.page.locator('.activitybar').getByRole('tab', { name: new RegExp(`^${escape(name)}\\b`) });
  }

  /** A view of the side bar, with its title, its rows and its welcome text. */
  view(name: string): Locator {
    return this.page
      .locator('.part.sidebar .pane')
      .filter({ has: this.page.getByRole('button', { name: `${name} Section` }) });
  }

  row(view: string, name: string | RegExp): Locator {
    return this.view(view).getByRole('treeitem', { name }).first();
  }

  tab(name: string | RegExp): Locator {
    return this.page.locator('.editor-group-container').getByRole('tab', { name });
  }

  /** The notification with this text, once it is there; one that has faded away is found in the list behind the bell. */
  async notification(text: string): Promise<Locator> {
    const toast = this.page.locator('.notification-toast .notification-list-item').filter({ hasText: text }).first();
    const listed = this.page.locator('.notifications-center .notification-list-item').filter({ hasText: text }).first();
    try {
      await toast.or(listed).waitFor({ timeout: toastTimeoutMs });
      return toast.or(listed);
    } catch {
      await this.page.locator('.statusbar-item[id="status.notifications"]').click();
      await listed.waitFor();
      return listed;
    }
  }

  /** The box of a quick pick or an input box; one at a time is open. */
  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget input[type="text"]').first();
  }

  /** An entry of an open quick pick; icons before its label do not count. */
  choice(text: string): Locator {
    const label = this.page.locator('.label-name').filter({ hasText: new RegExp(`^\\s*${escape(text)}$`) });
    return this.page.locator('.quick-input-list .monaco-list-row').filter({ has: label }).first();
  }

  async runCommand(title: string): Promise<void> {
    const end = Date.now() + startTimeoutMs;
    // The palette lists what was registered when it opened: while extensions are starting, it is opened again.
    for (;;) {
      try {
        await this.page.keyboard.press('F1');
        await this.quickInput.fill(`>${title}`, { timeout: 3_000 });
        await this.choice(title).click({ timeout: 3_000 });
        return;
      } catch (error) {
        if (Date.now() > end) {
          throw error;
        }
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Takes what the input box with this title or prompt suggests, and resolves to it. */
  async acceptSuggestion(text: string): Promise<string> {
    const box = this.page.locator('.quick-input-widget').filter({ hasText: text });
    await box.waitFor();
    const suggestion = await this.quickInput.inputValue();
    await this.quickInput.press('Enter');
    return suggestion;
  }

  /** Takes the first entry of the quick pick with this title. */
  async pickFirst(title: string): Promise<void> {
    const box = this.page.locator('.quick-input-widget').filter({ hasText: title });
    await box.locator('.quick-input-list .monaco-list-row').first().click();
  }

  /** Presses a button of the dialog that is in the way of everything else. */
  async answerDialog(text: string, button: string): Promise<void> {
    const dialog = this.page.locator('.monaco-dialog-box').filter({ hasText: text });
    await dialog.getByRole('button', { name: button, exact: true }).click();
  }

  /** The document of the webview that shows `content`; several may be open, each in two frames. */
  async webview(content: string): Promise<Frame> {
    const end = Date.now() + startTimeoutMs;
    for (;;) {
      for (const frame of this.page.frames()) {
        if (/\/fake\.html/.test(frame.url()) && (await isShown(frame, content))) {
          return frame;
        }
      }
      if (Date.now() > end) {
        throw new Error(`No webview shows ${content}.`);
      }
      await delay(100);
    }
  }
}

async function isShown(frame: Frame, selector: string): Promise<boolean> {
  try {
    return await frame.locator(selector).first().isVisible();
  } catch {
    return false; // The frame went away while it was looked at.
  }
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { currentTask } from './labelingPages.js';
import { ownPassword } from './portalLab.js';

export interface PortalPage {
  readonly page: Page;
  /** Uncaught errors, console errors and violations of the page's policy. */
  readonly problems: readonly string[];
  /** What went to another address than the portal's own. */
  readonly strayRequests: readonly string[];
  readonly close: () => Promise<void>;
}

/** The portal in a profile of its own: other cookies and another storage than every other one. */
export async function openPortal(
  browser: Browser,
  portal: string,
  options: BrowserContextOptions = {},
): Promise<PortalPage> {
  const context = await browser.newContext({
    viewport: { width: 1_280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const problems: string[] = [];
  const strayRequests: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') {
      problems.push(message.text());
    }
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(portal) && !/^(?:blob|data|about):/u.test(url)) {
      strayRequests.push(url);
    }
  });
  await page.goto(portal);
  return { page, problems, strayRequests, close: () => context.close() };
}

/** Signs in as somebody who has a password of their own. */
export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign In' }).click();
}

/** Signs in as an invited worker does the first time. */
export async function signInInvited(page: Page, email: string, temporaryPassword: string): Promise<void> {
  await signIn(page, email, temporaryPassword);
  await page.getByRole('textbox', { name: 'New password' }).fill(ownPassword);
  await page.getByRole('textbox', { name: 'The same again' }).fill(ownPassword);
  await page.getByRole('button', { name: 'Set Password' }).click();
  await page.getByRole('heading', { name: 'Jobs' }).waitFor();
}

/** The list of jobs needs a moment until a new job is in it. */
export async function startWorking(page: Page): Promise<void> {
  const start = page.getByRole('button', { name: 'Start working' });
  while (await start.isDisabled()) {
    await page.getByRole('button', { name: 'Refresh' }).first().click();
    await page.locator('main.jobs').waitFor();
  }
  await start.click();
  await page.locator('main.labeling').waitFor();
}

/** By keyboard alone: the number key of a class, and Enter; `done` are the objects that came before. */
export async function label(page: Page, done: number, keys: readonly string[]): Promise<void> {
  for (const [index, key] of keys.entries()) {
    await progressIs(page, done + index);
    await pick(page, key);
    await page.keyboard.press('Enter');
  }
}

/** As a person does, who sees a picture that has no class yet, presses a key, and looks whether it was taken. */
export async function pick(page: Page, key: string): Promise<void> {
  const picked = currentTask(page).getByRole('radio', { checked: true });
  await picked.waitFor({ state: 'hidden' }); // Until then it is the picture before.
  await currentTask(page).locator('.stage img').waitFor();
  await page.keyboard.press(key);
  await picked.waitFor();
}

/** How many objects the worker has dealt with, of however many. */
export async function progressIs(page: Page, done: number): Promise<void> {
  await page.locator('.progress .number', { hasText: new RegExp(`^${done} of `, 'u') }).waitFor();
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Workbench } from './workbench.js';

const themes = [
  { name: 'dark', selector: '.monaco-workbench.vs-dark', title: 'Dark Modern' },
  { name: 'light', selector: '.monaco-workbench.vs', title: 'Light Modern' },
  { name: 'high-contrast', selector: '.monaco-workbench.hc-black', title: 'Dark High Contrast' },
] as const;

type ThemeName = (typeof themes)[number]['name'];
const quality = 0.7;

/** Pictures of the window in several themes, as WebP: a quarter of the bytes of PNG, and documents show it as well. */
export class Photographer {
  readonly #browser: Browser;
  readonly #folder: string;

  constructor(browser: Browser, folder: string) {
    this.#browser = browser;
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** The window must be in the dark theme, and is left in it. */
  async take(name: string, workbench: Workbench, inThemes: readonly ThemeName[] = ['dark', 'light']): Promise<void> {
    await workbench.runCommand('Notifications: Clear All Notifications');
    for (const theme of themes.filter((each) => inThemes.includes(each.name))) {
      await choose(workbench, theme);
      await workbench.page.mouse.move(0, 0); // Where it is, a hover may come up.
      await settled(workbench.page);
      const png = await workbench.page.screenshot({ animations: 'disabled', caret: 'hide' });
      writeFileSync(join(this.#folder, `${name}-${theme.name}.webp`), await this.#toWebP(png));
    }
    await choose(workbench, themes[0]);
  }

  /** The browser has the encoder; nothing has to be installed for it. */
  async #toWebP(png: Buffer): Promise<Buffer> {
    const page = await this.#browser.newPage();
    try {
      const base64 = await page.evaluate(
        async ({ source, quality: wanted }) => {
          const bitmap = await createImageBitmap(await (await fetch(source)).blob());
          const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
          canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
          const blob = await canvas.convertToBlob({ type: 'image/webp', quality: wanted });
          const bytes = new Uint8Array(await blob.arrayBuffer());
          return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ''));
        },
        { source: `data:image/png;base64,${png.toString('base64')}`, quality },
      );
      return Buffer.from(base64, 'base64');
    } finally {
      await page.close();
    }
  }
}

async function choose(workbench: Workbench, { selector, title }: (typeof themes)[number]): Promise<void> {
  if (!(await workbench.page.locator(selector).isVisible())) {
    await workbench.runCommand('Preferences: Color Theme');
    await workbench.quickInput.fill(title); // The list is longer than what is drawn of it.
    await workbench.choice(title).click();
    await workbench.page.locator(selector).waitFor();
  }
}

/** Two pictures that are the same: what was still being drawn is there. */
async function settled(page: Page): Promise<void> {
  let before: Buffer | undefined;
  for (;;) {
    const now = await page.screenshot({ animations: 'disabled', caret: 'hide' });
    if (before?.equals(now) === true) {
      return;
    }
    before = now;
  }
}

import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../host/dependencies.mjs';

/** The machine's Chromium without a window, and without the requests that it makes of its own accord. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error('No Chromium was found. Install it (on Debian: apt-get install chromium), or set CHROMIUM to it.');
  }
  return chromium.launch({
    executablePath,
    args: ['--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update'],
  });
}

// @ts-check
// Draws media/icon.png, the extension's picture in the Extensions view: `node test/support/drawIcon.mjs`.
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const icon = `<body style="margin:0"><svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 128 128">
  <defs>
    <linearGradient id="ground" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#1f6f78"/><stop offset="1" stop-color="#14344f"/></linearGradient>
  </defs>
  <rect width="128" height="128" rx="26" fill="url(#ground)"/>
  <g fill="none" stroke="#ffffff33" stroke-width="5" stroke-linecap="round" stroke-linejoin="round">
    <path d="M16 34V24a8 8 0 0 1 8-8h10M94 16h10a8 8 0 0 1 8 8v10M112 94v10a8 8 0 0 1-8 8H94M34 112H24a8 8 0 0 1-8-8V94"/>
  </g>
  <path d="M30 68V34c0-3.6 4-5.600 7-3.6l15 10.800a46 46 0 0 1 24 0l15-10.800c3-2 7 0 7 3.6v34c0 17-15 29-34 29S30 85 30 68Z" fill="#fff"/>
  <path d="m47 66 12 12 23-25" fill="none" stroke="#1f8a70" stroke-width="9" stroke-linecap="round" stroke-linejoin="round"/>
</svg></body>`;

const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium' });
const page = await browser.newPage({ viewport: { width: 128, height: 128 } });
await page.setContent(icon);
await page.screenshot({ path: fileURLToPath(new URL('../../media/icon.png', import.meta.url)), omitBackground: true });
await browser.close();

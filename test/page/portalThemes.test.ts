import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { ana, ownPassword, PortalLab } from '../support/portalLab.js';
import { openPortal, progressIs, signIn, signInInvited, startWorking } from '../support/portalPages.js';

/** What WCAG asks of text (AA). */
const leastContrast = 4.5;

describe("the labeling portal's colours in a browser", () => {
  let browser: Browser;
  let lab: PortalLab;
  before(async () => {
    browser = await launchBrowser();
    lab = await PortalLab.start({ pictures: 3 });
    const { page, close } = await openPortal(browser, lab.server.portal);
    await signInInvited(page, ana, await lab.invitation(ana));
    await close();
  });
  after(async () => {
    await browser.close();
    await lab.server.stop();
  });

  const schemes = [
    { colorScheme: 'light', kind: 'vscode-light' },
    { colorScheme: 'dark', kind: 'vscode-dark' },
  ] as const;
  for (const { colorScheme, kind } of schemes) {
    it(`can be read where the system is ${colorScheme}`, async () => {
      const { page, close } = await openPortal(browser, lab.server.portal, { colorScheme });
      await signIn(page, ana, 'wrong');
      await page.getByText('Incorrect e-mail address').waitFor();
      assert.equal(await page.locator('body').getAttribute('data-vscode-theme-kind'), kind);
      await canBeRead(page, ['h1', '.quiet', '.note', 'vscode-text-field', 'vscode-button']);
      await signIn(page, ana, ownPassword);
      await page.getByRole('radio').waitFor();
      await canBeRead(page, ['.portalHeader', '.link', 'th button', '.taskTitle', 'td .quiet', '.status']);
      await startWorking(page);
      await progressIs(page, 0);
      await canBeRead(page, ['.fact', '.fact .quiet', '.progress .number']);
      await close();
    });
  }

  it('follow the system when it changes, controls too', async () => {
    const { page, close } = await openPortal(browser, lab.server.portal, { colorScheme: 'light' });
    await page.getByRole('button', { name: 'Sign In' }).waitFor();
    const colours = () =>
      Promise.all(['body', 'vscode-button', 'vscode-text-field'].map(async (selector) => colourOf(page, selector)));
    const light = await colours();
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('body.vscode-dark').waitFor();
    const dark = await colours();
    light.forEach((colour, index) => assert.notDeepEqual(colour, dark[index]));
    await close();
  });

  it("are the system's own where it forces them, and every state has a line", async () => {
    const forced = { forcedColors: 'active', colorScheme: 'dark' } as const;
    const { page, close } = await openPortal(browser, lab.server.portal, forced);
    await signIn(page, ana, ownPassword);
    await page.getByRole('radio').waitFor();
    assert.equal(await page.locator('body').getAttribute('class'), 'vscode-high-contrast');
    const selected = await style(page, 'tr.isSelected', 'outline-style');
    const button = await style(page, 'vscode-button', 'color');
    assert.equal(selected, 'solid');
    assert.equal(button, await systemColour(page, 'ButtonText'));
    await startWorking(page);
    await progressIs(page, 0);
    assert.equal(await style(page, '.progress progress', 'outline-style'), 'solid');
    assert.equal(await style(page, '.taskBar', 'border-bottom-color'), await systemColour(page, 'CanvasText'));
    await close();
  });
});

/** Text and background, as they are in the end. */
type Colours = readonly [text: string, background: string];

async function canBeRead(page: Page, selectors: readonly string[]): Promise<void> {
  for (const selector of selectors) {
    const contrast = contrastOf(await colourOf(page, selector));
    assert.ok(contrast >= leastContrast, `${selector}: ${contrast.toFixed(2)}`);
  }
}

async function colourOf(page: Page, selector: string): Promise<Colours> {
  return page
    .locator(selector)
    .first()
    .evaluate((element): [string, string] => {
      // What a control shows is inside it.
      const inner = element.shadowRoot?.querySelector('.control') ?? element;
      const text = getComputedStyle(inner).color;
      for (let at: Element | null = inner; at; at = at.parentElement ?? (at.getRootNode() as ShadowRoot).host) {
        const { backgroundColor } = getComputedStyle(at);
        if (!/^rgba\(.*, 0\)$/u.test(backgroundColor)) {
          return [text, backgroundColor];
        }
      }
      return [text, 'rgb(255, 255, 255)'];
    });
}

/** Of WCAG 2: from 1 to 21. */
function contrastOf(colours: Colours): number {
  const [darker = 0, lighter = 0] = colours.map(luminance).toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/gu) ?? []).map((part) => {
    const value = Number(part) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

async function style(page: Page, selector: string, property: string): Promise<string> {
  return page
    .locator(selector)
    .first()
    .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
}

async function systemColour(page: Page, name: string): Promise<string> {
  return page.evaluate((colour) => {
    const probe = document.body.appendChild(document.createElement('span'));
    probe.style.color = colour;
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  }, name);
}

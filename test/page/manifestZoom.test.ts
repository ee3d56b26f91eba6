import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { DetailPages } from '../support/detailPages.js';
import { boxLabel, manifestOf } from '../support/drawnManifests.js';
import { inSuite } from '../support/manifestPages.js';

describe('zooming the picture of an object', () => {
  const pages = inSuite(new DetailPages());

  const open = async (): Promise<Page> => {
    const page = await pages.open(manifestOf(boxLabel(), boxLabel()));
    await page.locator('.shape').first().waitFor();
    return page;
  };

  it('goes by keys: larger, smaller, all of it, and its own size', async () => {
    const page = await open();
    await zoomIs(page, '89 %');
    await page.keyboard.press('1');
    await zoomIs(page, '100 %');
    await page.keyboard.press('+');
    await zoomIs(page, '125 %');
    await page.keyboard.press('-');
    await zoomIs(page, '100 %');
    await page.keyboard.press('0');
    await zoomIs(page, '89 %');
  });

  it('makes arrow keys move the picture, and lead to the next object again once all of it is seen', async () => {
    const page = await open();
    await page.keyboard.press('1');
    const before = await sheet(page);
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(
      (left) => document.querySelector('.sheet')?.getBoundingClientRect().left !== left,
      before.x,
    );
    assert.ok((await sheet(page)).x < before.x);
    await page.getByText('1 of 2', { exact: true }).waitFor();
    await page.keyboard.press('0');
    await page.keyboard.press('ArrowRight');
    await page.getByText('2 of 2', { exact: true }).waitFor();
  });

  it('is over with the next object', async () => {
    const page = await open();
    await page.keyboard.press('1');
    await zoomIs(page, '100 %');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('2 of 2', { exact: true }).waitFor();
    await zoomIs(page, '89 %');
  });

  it('by the wheel keeps what is under the pointer there, and shows the pixels when they are large', async () => {
    const page = await open();
    const before = await sheet(page);
    const pointer = { x: before.x + before.width * 0.25, y: before.y + before.height * 0.5 };
    await page.mouse.move(pointer.x, pointer.y);
    await page.mouse.wheel(0, -900);
    await page.locator('img.crisp').waitFor();
    const after = await sheet(page);
    assert.ok(Math.abs(pointer.x - after.x - after.width * 0.25) < 1);
    assert.ok(Math.abs(pointer.y - after.y - after.height * 0.5) < 1);
  });

  it('lets the picture be dragged, and a double click take it back', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await page.getByRole('button', { name: 'Zoom in' }).click();
    const before = await sheet(page);
    await page.mouse.move(600, 450);
    await page.mouse.down();
    await page.mouse.move(570, 440, { steps: 3 });
    await page.mouse.up();
    const after = await sheet(page);
    assert.ok(Math.abs(after.x - (before.x - 30)) < 1);
    await page.mouse.dblclick(600, 450);
    await zoomIs(page, '89 %');
    await page.mouse.dblclick(600, 450);
    await zoomIs(page, '100 %');
  });

  it('goes to a shape that has the focus and is out of sight', async () => {
    const page = await open();
    await page.getByRole('img', { name: /^box 1/u }).focus();
    for (const key of ['+', '+', '+', '+', '+']) {
      await page.keyboard.press(key);
    }
    await page.keyboard.press('End');
    await page.waitForFunction(() => {
      const stage = document.querySelector('.stage')?.getBoundingClientRect();
      const shape = document.activeElement?.getBoundingClientRect();
      return stage && shape && shape.left < stage.right && shape.right > stage.left && shape.bottom > stage.top;
    });
  });
});

async function zoomIs(page: Page, told: string): Promise<void> {
  await page.locator('.zoom-bar [role="status"]', { hasText: new RegExp(`^${told}$`, 'u') }).waitFor();
}

async function sheet(page: Page) {
  const box = await page.locator('.sheet').boundingBox();
  assert.ok(box);
  return box;
}

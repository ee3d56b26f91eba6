import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { isAccessible } from '../support/accessibility.js';
import { DetailPages } from '../support/detailPages.js';
import {
  boxAnswers,
  boxLabel,
  customLabel,
  manifestOf,
  maskLabel,
  maskPng,
  spanLine,
  turnedJpeg,
} from '../support/drawnManifests.js';
import { inSuite, pictureOf } from '../support/manifestPages.js';

describe('what labels draw on an object', () => {
  const pages = inSuite(new DetailPages());

  it('is boxes, where the picture has what they are around, however large it is shown', async () => {
    const page = await pages.open(manifestOf(boxLabel()));
    const dog = page.getByRole('img', { name: 'box 3: dog · confidence 0.73' });
    for (const key of ['0', '1', '+']) {
      await page.keyboard.press(key);
      const sheet = await boxOf(page.locator('.sheet'));
      const scale = sheet.width / 640;
      const shown = await boxOf(dog.locator('.line'));
      near(shown.x - sheet.x, 500 * scale);
      near(shown.y - sheet.y, 20 * scale);
      near(shown.width, 120 * scale);
      near(shown.height, 90 * scale);
    }
  });

  it('is listed by class, and hidden and shown from there, also for the next object', async () => {
    const page = await pages.open(manifestOf(boxLabel(), boxLabel({ moved: 5 })));
    const list = page.getByRole('region', { name: 'Shapes' });
    assert.equal(await page.locator('.shape').count(), 3);
    await list.getByRole('button', { name: 'cat 0.55 – 0.91 2' }).press('Enter');
    await page.locator('.shape').nth(1).waitFor({ state: 'detached' });
    await page.keyboard.press('ArrowRight');
    await page.getByText('2 of 2', { exact: true }).waitFor();
    await page.locator('.shape').waitFor();
    assert.equal(await list.getByRole('button', { name: /^cat/u }).getAttribute('aria-pressed'), 'false');
    await list.getByRole('button', { name: 'boxes' }).click();
    await page.locator('.shape').waitFor({ state: 'detached' });
    await list.getByRole('button', { name: 'boxes' }).click();
    await list.getByRole('button', { name: /^cat/u }).click();
    await page.locator('.shape').nth(2).waitFor();
  });

  it('has no confidence in its range that was not computed', async () => {
    const page = await pages.open(manifestOf(boxLabel({ confidences: [0, 0.55, 0] })));
    const list = page.getByRole('region', { name: 'Shapes' });
    await list.getByRole('button', { name: 'cat 0.55 2' }).waitFor();
    await list.getByRole('button', { name: 'dog not computed (one worker) 1' }).waitFor();
  });

  it('is all attributes of a chained job, told apart by their lines', async () => {
    const page = await pages.open(
      manifestOf({ ...boxLabel(), ...boxLabel({ attribute: 'adjusted', isMachine: true }) }),
    );
    const lines = await page
      .locator('.shapes .line')
      .evaluateAll((paths) =>
        paths.map((path) => [
          path.closest('svg')?.getAttribute('aria-label'),
          getComputedStyle(path).strokeDasharray !== 'none',
        ]),
      );
    assert.deepEqual(lines, [
      ...Array.from({ length: 3 }, () => ['Shapes of boxes', true]),
      ...Array.from({ length: 3 }, () => ['Shapes of adjusted', false]),
    ]);
    await page.getByRole('img', { name: 'box 1: cat · confidence 0.91 · adjusted' }).waitFor();
  });

  it('says what it is where the pointer or the focus is, and the list points at it, both ways', async () => {
    const page = await pages.open(manifestOf(boxLabel()));
    const tip = page.locator('.shape-tip');
    const dog = page.getByRole('img', { name: /^box 3/u });
    await dog.hover();
    await tip.filter({ hasText: /^dog · confidence 0\.73$/u }).waitFor();
    await page.locator('.class-switch.pointed', { hasText: 'dog' }).waitFor();
    await page.mouse.move(310, 95);
    await tip.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^cat/u, exact: false }).last().focus();
    await page.locator('.shape.strong').nth(1).waitFor();
    assert.equal(await page.locator('.shape.faint').count(), 1);
  });

  it('is gone through with the arrow keys once Tab is on it, and that leads to no other object', async () => {
    const page = await pages.open(manifestOf(boxLabel(), boxLabel()));
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await page.locator('.shape').first().waitFor();
    await page.getByRole('button', { name: 'Next' }).focus();
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'box 1: cat · confidence 0.91');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    assert.equal(await focused(), 'box 3: dog · confidence 0.73');
    await page.getByText('1 of 2', { exact: true }).waitFor();
    await page.keyboard.press('Home');
    assert.equal(await focused(), 'box 1: cat · confidence 0.91');
  });

  it('is polygons, polylines and keypoints of a custom job', async () => {
    const page = await pages.open(manifestOf(customLabel()));
    for (const name of ['polygon 1: body', 'polyline 1: tail', 'keypoint 1: eye', 'keypoint 2: eye']) {
      await page.getByRole('img', { name, exact: true }).waitFor({ state: 'attached' }); // A dot has no size of its own.
    }
    const sheet = await boxOf(page.locator('.sheet'));
    const tail = await boxOf(page.getByRole('img', { name: 'polyline 1: tail' }).locator('.line'));
    near(tail.x - sheet.x, (20 / 640) * sheet.width);
    near(tail.height, (180 / 640) * sheet.width);
  });

  it('is a mask in the colours of the manifest, with the share of each class', async () => {
    const page = await pages.open(manifestOf(maskLabel()));
    await page.getByRole('button', { name: 'fur 0.80 23 %' }).waitFor();
    await page.getByText('100 pixels of the mask have a colour that no class has, and are left out.').waitFor();
    assert.equal(await page.getByText('Drawn to scale').count(), 0);
    (await colorAt(page, 320, 220)).forEach((part, index) => near(part, [0x2c, 0xa0, 0x2c, 110][index] ?? 0));
    (await colorAt(page, 20, 430)).forEach((part, index) => near(part, [0x1f, 0x77, 0xb4, 110][index] ?? 0));
    assert.equal((await colorAt(page, 20, 20))[3], 0);
    const sheet = await boxOf(page.locator('.sheet'));
    await page.mouse.move(sheet.x + sheet.width / 2, sheet.y + sheet.height * 0.45);
    await page.locator('.shape-tip', { hasText: /^fur$/u }).waitFor();
    await page.getByRole('button', { name: /^fur/u }).last().click();
    await page.mouse.move(5, 5);
    await page.waitForFunction(
      () => document.querySelector('canvas')?.getContext('2d')?.getImageData(320, 220, 1, 1).data[3] === 0,
    );
  });

  it('is spans of a text by its characters, also where they overlap', async () => {
    const page = await pages.open(manifestOf(spanLine()));
    const marked = await page.locator('mark').evaluateAll((marks) =>
      marks.map((mark) => {
        const copy = mark.cloneNode(true) as HTMLElement;
        copy.querySelectorAll('.span-class').forEach((chip) => chip.remove());
        return [copy.textContent, mark.getAttribute('title')];
      }),
    );
    assert.deepEqual(marked, [
      ['Ana Lima', 'Person · confidence 0.90'],
      ['New ', 'Place · confidence 0.60'],
      ['York', 'Place · confidence 0.60'],
      ['York', 'Name · confidence not computed (one worker)'],
      [' City', 'Place · confidence 0.60'],
      ['Lisbon', 'Place'],
      ['4 May 2021', 'Date'],
    ]);
    await page.getByText('No. 6 of “entities” left out: outside of the text.').waitFor();
    await page.locator('mark').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('.shape-tip', { hasText: 'Place · confidence 0.60' }).waitFor();
    await page
      .getByRole('button', { name: /^Person/u })
      .last()
      .click();
    await page.locator('mark[title^="Person"]').waitFor({ state: 'detached' });
  });

  it('leaves out what cannot be drawn, and says what and why', async () => {
    const annotations = [
      { class_id: 7, left: 10, top: 10, width: 20, height: 20 },
      { class_id: 0, left: 10, top: 10, width: -20, height: 20 },
      { class_id: 0, left: 900, top: 10, width: 20, height: 20 },
      'cat',
    ];
    const page = await pages.open(manifestOf(boxLabel({ annotations })));
    await page.getByText('No. 1 of “annotations”: the class map does not name the class. Its id is shown.').waitFor();
    await page.getByText('No. 2 of “annotations” left out: the width and the height must be more than 0.').waitFor();
    await page.getByText('No. 3 of “annotations” left out: outside of the picture.').waitFor();
    await page.getByText('No. 4 of “annotations” left out: no JSON object.').waitFor();
    assert.equal(await page.locator('.shape').count(), 1);
  });

  it('says of a mask file that it is drawn to the scale of a picture of another size', async () => {
    const flat = await readFile('media/samples/traindata_cat_dog_images_20/110.jpg');
    const page = await pages.open(manifestOf(maskLabel()), { picture: () => pictureOf(flat) });
    await page.getByText('the label counts in 640 × 480 pixels, and the picture has 640 × 426.').waitFor();
  });

  it('says why a mask is missing', async () => {
    const missing = { kind: 'missing', cause: 'notFound', reason: 'There is no object "s3://b/0.png".' } as const;
    const page = await pages.open(manifestOf(maskLabel()), { mask: () => missing });
    await page.getByText('There is no object "s3://b/0.png".').waitFor();
    assert.equal(await page.locator('gt-mask-layer').count(), 0);
  });

  it('says where a mask is damaged', async () => {
    const page = await pages.open(manifestOf(maskLabel()), { mask: () => pictureOf(maskPng().subarray(0, 60)) });
    await page.getByText('The mask is damaged: it cannot be shown as a picture.').waitFor();
  });

  it('lies on the pixels as they are stored, whichever way the camera was held', async () => {
    const page = await pages.open(manifestOf(boxLabel()), { picture: () => pictureOf(turnedJpeg(pages.jpeg)) });
    await page.locator('.shape').first().waitFor();
    const sheet = await boxOf(page.locator('.sheet'));
    near(sheet.height, (480 / 640) * sheet.width);
  });

  it("is also what a worker drew, by a switch in the table of answers, with the workers' votes above", async () => {
    const page = await pages.open(manifestOf(boxLabel(), boxLabel()), { answers: boxAnswers() });
    await page.getByText('cat 3 · dog 2', { exact: true }).waitFor();
    await page.getByText('2 of 3 workers agree on the classes.').waitFor();
    await page.getByRole('button', { name: 'Draw what 001 drew' }).press('Enter');
    await page.getByRole('img', { name: 'box 2: dog · worker 001', exact: true }).waitFor();
    await page.getByRole('region', { name: 'Shapes' }).getByRole('group', { name: 'worker 001' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByText('2 of 2', { exact: true }).waitFor();
    await page.getByRole('img', { name: 'box 2: dog · worker 001', exact: true }).waitFor();
  });

  const forms = [
    { name: 'boxes', text: manifestOf({ ...boxLabel(), ...boxLabel({ attribute: 'adjusted' }) }) },
    { name: 'shapes of a custom job', text: manifestOf(customLabel()) },
    { name: 'a mask', text: manifestOf(maskLabel()) },
    { name: 'spans', text: manifestOf(spanLine()) },
  ];
  for (const theme of ['dark', 'light', 'highContrast'] as const) {
    for (const { name, text } of forms) {
      it(`can be used by everybody where it is ${name} (${theme})`, async () => {
        const page = await pages.open(text, { theme, answers: boxAnswers() });
        await page.locator('.shape, gt-mask-layer, mark').first().waitFor();
        await isAccessible(page, '.detail');
      });
    }
  }
});

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  assert.ok(box);
  return box;
}

/** Of pixels on the screen, with room for the width of a line. */
function near(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 3, `${actual} is not ${expected}`);
}

async function colorAt(page: Page, x: number, y: number): Promise<number[]> {
  await page.locator('gt-mask-layer canvas').waitFor();
  return page
    .locator('gt-mask-layer canvas')
    .evaluate(
      (canvas, at) => [...((canvas as HTMLCanvasElement).getContext('2d')?.getImageData(at.x, at.y, 1, 1).data ?? [])],
      { x, y },
    );
}

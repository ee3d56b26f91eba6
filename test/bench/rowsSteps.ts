import type { Frame, Page } from 'playwright-core';
import type { Expected, ProbedWindow, Seen } from './rowsProbe.js';
import { within } from './within.js';

/** Something that was done to the list, and how long it took until the right rows were drawn. */
export interface Step extends Seen {
  readonly name: string;
}

const places = 20;
const wheelTicks = [120, 360, 1_200, -600, 4_000];
const pagesDown = 4;
const rounds = 4;
const longestStepSeconds = 20;

/** 200 steps: to places all over the file by the scrollbar, and around each of them by wheel and keys. */
export async function* scrollSteps(page: Page, frame: Frame, _lines: number): AsyncGenerator<Step> {
  const viewport = frame.locator('.viewport');
  const track = frame.locator('.scrollbar');
  for (let place = 0; place < places; place += 1) {
    const box = await track.boundingBox();
    const list = await viewport.boundingBox();
    if (!box || !list) {
      throw new Error('There is no list to scroll');
    }
    // From one end to the other and back, so that no place is near the one before.
    const share = ((place * 7 + 3) % places) / places;
    const y = box.y + 30 + share * (box.height - 60);
    yield await step(frame, 'scroll by scrollbar', ['pointerdown', { kind: 'elsewhere' }], () =>
      page.mouse.click(box.x + box.width / 2, y),
    );
    await viewport.focus();
    await page.mouse.move(list.x + list.width / 2, list.y + list.height / 2);
    for (const pixels of wheelTicks) {
      yield await step(frame, 'scroll by wheel', ['wheel', { kind: 'scrolled', pixels }], () =>
        page.mouse.wheel(0, pixels),
      );
    }
    await page.keyboard.press('PageDown'); // To the last of the rows that are seen.
    for (let pages = 0; pages < pagesDown; pages += 1) {
      yield await step(frame, 'scroll by page key', ['keydown', { kind: 'elsewhere' }], () =>
        page.keyboard.press('PageDown'),
      );
    }
  }
}

const classes = ['cat', 'zebra', 'horse', 'bird'] as const;

/** Filters by each of the ways that there are, and sorts by each column, a few times over. */
export async function* arrangements(page: Page, frame: Frame, lines: number): AsyncGenerator<Step> {
  const clear = () => frame.getByRole('button', { name: 'Clear filter' }).first().click();
  const of = ` of ${lines.toLocaleString('en')} objects`;
  for (let round = 0; round < rounds; round += 1) {
    const name = classes[round % classes.length] ?? 'cat';
    const bar = frame.getByRole('button', { name: new RegExp(`^${name} [\\d,]+ `, 'u') });
    const labels = /^\S+\s+(?<labels>[\d,]+)/u.exec(await bar.innerText())?.groups?.['labels'] ?? '';
    const byClass: Expected = { kind: 'filtered', cell: 'class', texts: [name], matches: `${labels}${of}` };
    yield await step(frame, 'filter by class', ['click', byClass], () => bar.click());
    await clear();

    const bin = frame.locator('.bin').nth(11 + round);
    const label = (await bin.getAttribute('aria-label')) ?? '';
    const [, low = '', high = ''] = /^(0\.\d+) to (0\.\d+):/u.exec(label) ?? [];
    const texts = Array.from({ length: 6 }, (_, index) => (Number(low) + index / 100).toFixed(2));
    const byRange: Expected = { kind: 'filtered', cell: 'confidence', texts, matches: '' };
    yield await step(frame, `filter by confidence`, ['click', byRange], () => bin.click());
    await frame.getByRole('button', { name: new RegExp(`^${low} – (?:below )?${high}`, 'u') }).waitFor();
    await clear();

    const text = `${round}77`;
    const search = frame.getByLabel('Filter by file or class');
    await search.focus();
    const byText: Expected = { kind: 'filtered', cell: 'source', texts: [text], matches: '' };
    yield await step(frame, 'filter by text', ['input', byText], () => page.keyboard.insertText(text));
    await clear();
    await frame.getByRole('row', { name: /^1 00000000\.jpg/u }).waitFor();

    for (const [title, cell, firsts] of sorts(lines)) {
      const header = frame.getByRole('columnheader', { name: title }).getByRole('button');
      for (const first of firsts) {
        yield await step(frame, `sort by ${cell}`, ['click', { kind: 'sorted', cell: cellShown(cell), first }], () =>
          header.click(),
        );
      }
    }
    await frame.getByRole('columnheader', { name: 'Line' }).getByRole('button').click();
    await frame.getByRole('row', { name: /^1 00000000\.jpg/u }).waitFor();
  }
}

/** Columns with what stands first after one click and after another; each differs from what was there before. */
function sorts(lines: number): readonly (readonly [title: string, column: string, firsts: readonly string[]])[] {
  const last = String(lines);
  const lastFile = `${String(lines - 1).padStart(8, '0')}.jpg`;
  return [
    ['Line', 'line', [last, '1']],
    ['Class', 'class', ['bear', 'zebra']],
    ['File', 'source', ['00000000.jpg', lastFile]],
    ['Confidence', 'confidence', ['0.50', '0.95']],
    ['Labeled', 'created', ['1', last]],
  ];
}

/** Moments of one second have the same text; the line tells them apart. */
function cellShown(column: string): string {
  return column === 'created' ? 'line' : column;
}

async function step(
  frame: Frame,
  name: string,
  [event, expected]: readonly [event: string, expected: Expected],
  act: () => Promise<void>,
): Promise<Step> {
  const seen = await frame.evaluateHandle(
    // A promise in an object: alone it would be waited for here.
    ([type, wanted]) => ({ done: (window as unknown as ProbedWindow).probe.expect(type, wanted) }),
    [event, expected] as const,
  );
  await act();
  const what = `${name}: ${JSON.stringify(expected)}`;
  return {
    name,
    ...(await within(
      longestStepSeconds,
      what,
      seen.evaluate(({ done }) => done),
    )),
  };
}

import type { RowQuery } from '../../src/core/manifest/arrangement.js';
import type { ComparePane } from '../compare/comparePane.js';
import type { ComparedList } from './objectList.js';
import { PlaceList } from './placeList.js';
import type { ReviewDecisions } from './reviewDecisions.js';

/** Shows the place that the object has in the list it was opened from, once the page is drawn without it. */
export async function backToList(page: HTMLElement, place: number, compared: ComparedList | undefined): Promise<void> {
  if (compared) {
    await page.querySelector<ComparePane>('gt-compare-pane')?.returnTo(compared, place);
    return;
  }
  const list = placeListIn(page);
  if (list) {
    await list.updateComplete;
    list.moveTo(place);
    list.focus();
  }
}

/** The rows as a list or as a gallery; `undefined` where neither is shown. */
export function placeListIn(page: HTMLElement): PlaceList | undefined {
  const list = page.querySelector('.places');
  return list instanceof PlaceList ? list : undefined;
}

/** Takes the last decision back, and goes to its row. */
export function undoInList(page: HTMLElement, decisions: ReviewDecisions, query: RowQuery): void {
  void decisions.step('undo', { kind: 'rows', query }, (place) => placeListIn(page)?.moveTo(place));
}

import type { LabelState } from './lineReading.js';

/** How a line was labeled, as it stands in `AttributeColumns.states`. */
export const labelState = { unlabeled: 0, human: 1, machine: 2, failed: 3, unstated: 4 } as const satisfies Record<
  LabelState | 'unlabeled',
  number
>;

/** In `AttributeColumns.classes`: from here on it is a place in `lists`. */
export const firstList = 0x8000_0000;

/** What classes count as that no longer fit the dictionary: nobody looks through more than it holds. */
export const otherClass = 0x7fff_fffe;

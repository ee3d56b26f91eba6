import type { JsonObject } from '../../src/core/json.js';
import { pageState } from '../shared/port.js';

/** What was picked or filled in and not sent survives a reload of the page. */
export const drafts = {
  get(taskId: string): JsonObject | undefined {
    const state = pageState.get() as { readonly taskId?: string; readonly answer?: JsonObject } | undefined;
    return state?.taskId === taskId ? state.answer : undefined;
  },
  set: (taskId: string, answer: JsonObject): void => pageState.set({ taskId, answer }),
};

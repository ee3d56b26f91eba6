import type { JsonObject } from '../../src/core/json.js';
import { pageState } from '../shared/port.js';

/** The current task, and those that an answer was taken back in front of. */
const mostTasks = 5;
/** A template says what is kept: it must not fill what the browser has for the page. */
const mostCharacters = 500_000;

type Drafts = Readonly<Record<string, JsonObject>>;

/** What was filled in and not sent, by task: it survives a reload of the page. */
export const drafts = {
  get: (taskId: string): JsonObject | undefined => all()[taskId],

  set(taskId: string, draft: JsonObject): void {
    if (JSON.stringify(draft).length <= mostCharacters) {
      const others = Object.entries(all()).filter(([id]) => id !== taskId);
      pageState.set({ drafts: Object.fromEntries([...others, [taskId, draft]].slice(-mostTasks)) });
    }
  },

  forget(taskId: string): void {
    pageState.set({ drafts: Object.fromEntries(Object.entries(all()).filter(([id]) => id !== taskId)) });
  },
};

function all(): Drafts {
  const { drafts: kept = {} } = (pageState.get() ?? {}) as { readonly drafts?: Drafts };
  return kept;
}

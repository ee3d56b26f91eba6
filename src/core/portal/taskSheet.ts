import type { RenderedTemplate } from '../templates/renderTemplate.js';
import type { TaskSheet } from './portalView.js';
import type { PortalTask } from './workerPortal.js';

/** What a task's frame shows, or why its template shows nothing. */
export function sheetOf(task: PortalTask, { html, assets, errors }: RenderedTemplate): TaskSheet {
  const [error] = errors;
  if (!error) {
    return { task, html, assets };
  }
  const place = error.line === undefined ? '' : `Line ${error.line}: `;
  return { task, html, assets, problem: `${place}${error.message}` };
}

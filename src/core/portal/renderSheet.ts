import { renderTemplate } from '../templates/renderTemplate.js';
import type { TaskSheet } from './portalView.js';
import type { PortalTask } from './workerPortal.js';

export function renderSheet(template: string, task: PortalTask): TaskSheet {
  const { html, assets, errors } = renderTemplate(template, task.taskInput);
  const [error] = errors;
  if (!error) {
    return { task, html, assets };
  }
  const place = error.line === undefined ? '' : `Line ${error.line}: `;
  return { task, html, assets, problem: `${place}${error.message}` };
}

import type { JsonObject } from '../../core/json.js';
import { escapeHtml } from '../../core/templates/escape.js';
import { assetPlaceholders } from '../../core/templates/assetPlaceholder.js';
import { renderTemplate } from '../../core/templates/renderTemplate.js';
import type { JsonOperation } from '../http/services.js';
import { presignedUrl } from '../presignedUrl.js';
import { invalid } from './labelingJobRules.js';
import { checkRole, type SageMakerDependencies } from './responses.js';
import { validated } from './validation.js';

export interface RenderDependencies extends SageMakerDependencies {
  readonly portalUrl: () => string;
}

const readableForSeconds = 3_600;

/** A worker's page as it would look; what is wrong with the template is an answer and no refusal. */
export function renderUiTemplateOperations(dependencies: RenderDependencies): Record<string, JsonOperation> {
  const { identity, clock, portalUrl } = dependencies;
  return {
    RenderUiTemplate(input) {
      const { UiTemplate: template, Task: task, RoleArn: role } = validated('RenderUiTemplateRequest', input);
      if (template === undefined) {
        throw invalid('Local Ground Truth renders templates only: UiTemplate is required.');
      }
      checkRole(role, dependencies);
      const { html, assets, errors } = renderTemplate(template.Content, taskInput(task.Input));
      const grant = { endpoint: new URL(portalUrl()).origin, identity, now: clock.now(), seconds: readableForSeconds };
      return {
        RenderedContent: html.replaceAll(assetPlaceholders, (_placeholder, index: string) => {
          const asset = assets[Number(index)];
          return asset === undefined ? '' : escapeHtml(presignedUrl(asset, grant));
        }),
        Errors: errors.map(({ message, line }) => ({
          Code: 'TemplateError',
          Message: line === undefined ? message : `Line ${line}: ${message}`,
        })),
      };
    },
  };
}

function taskInput(text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid('The Input of the Task must be a JSON object.');
  }
  return value as JsonObject;
}

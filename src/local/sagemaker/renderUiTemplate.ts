import type { JsonObject } from '../../core/json.js';
import { humanTaskUiAccount } from '../../core/labels/humanTaskUis.js';
import { assetPlaceholders } from '../../core/templates/assetPlaceholder.js';
import { escapeHtml } from '../../core/templates/escape.js';
import { renderTemplate } from '../../core/templates/renderTemplate.js';
import { ServiceError } from '../http/serviceError.js';
import { presignedUrl } from '../presignedUrl.js';
import { findHumanTaskUi, humanTaskUiArn } from './humanTaskUiRecords.js';
import type { HumanTaskUiDependencies } from './humanTaskUis.js';
import type { Operations, RequestOf } from './requests.js';
import { checkRole, invalid, type SageMakerDependencies } from './responses.js';

const readableForSeconds = 3_600;

/** A worker's page as it would look; what is wrong with the template is an answer and no refusal. */
export function renderUiTemplateOperations(dependencies: HumanTaskUiDependencies): Operations<'RenderUiTemplate'> {
  const { identity, clock, portalUrl } = dependencies;
  return {
    RenderUiTemplate(request) {
      const template = askedTemplate(request, dependencies);
      const input = taskInput(request.Task.Input);
      checkRole(request.RoleArn, dependencies);
      const { html, assets, errors } = renderTemplate(template, input);
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

/** The template itself, or that of a human task UI of this account. */
function askedTemplate(
  { UiTemplate: template, HumanTaskUiArn: arn }: RequestOf<'RenderUiTemplate'>,
  dependencies: SageMakerDependencies,
): string {
  if (template !== undefined && arn === undefined) {
    return template.Content;
  }
  if (template !== undefined || arn === undefined) {
    throw invalid('Give exactly one of UiTemplate and HumanTaskUiArn.');
  }
  if (arn.includes(`:${humanTaskUiAccount}:`)) {
    throw invalid(`Local Ground Truth does not have AWS's own worker pages, such as ${arn}: give a UiTemplate.`);
  }
  const row = findHumanTaskUi(dependencies.database, arn.slice(arn.lastIndexOf('/') + 1));
  if (row === undefined || humanTaskUiArn(row.name, dependencies) !== arn) {
    throw new ServiceError('ResourceNotFound', `There is no human task UI ${arn}.`);
  }
  return row.content;
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

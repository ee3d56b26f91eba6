import type { JsonObject } from './core/json.js';
import type { AwsServicesOptions } from './aws/services.js';
import type { Services, Target } from './core/ports.js';
import type { StorageKeys } from './core/storage.js';
import { readAwsEndpoints } from './node/awsEndpoints.js';
import type { RenderedTemplate } from './core/templates/renderTemplate.js';

// What would be most of the cost of activation is in bundles of its own, loaded when first needed.

export function loadOnDemand() {
  return import('./onDemand.js');
}

export function loadManifestLint() {
  return import('./manifestLint.js');
}

export function loadDoctor() {
  return import('./doctorPages.js');
}

export async function connect(target: Target, options: AwsServicesOptions = {}): Promise<Services> {
  const { createAwsServices } = await import('./aws/services.js');
  const endpoints = target.kind === 'aws' ? await readAwsEndpoints(target.profile) : {};
  return createAwsServices(target, { ...options, endpoints });
}

export async function resolveKeys(
  profile: string | undefined,
  options: Pick<AwsServicesOptions, 'askMfaCode'>,
): Promise<StorageKeys> {
  const services = await import('./aws/services.js');
  return services.resolveKeys(profile, options);
}

export async function renderTemplate(template: string, taskInput: JsonObject): Promise<RenderedTemplate> {
  const liquid = await import('./core/templates/renderTemplate.js');
  return liquid.renderTemplate(template, taskInput);
}

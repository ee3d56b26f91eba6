import type { JsonObject } from '../json.js';
import type { S3Uri } from '../s3Uri.js';
import type { RenderedTemplate } from '../templates/renderTemplate.js';
import type { DeskSessionPorts } from './deskSession.js';
import type { TaskAsset } from './taskAsset.js';

export interface DeskPorts extends DeskSessionPorts {
  renderTemplate(template: string, taskInput: JsonObject): Promise<RenderedTemplate>;
  /** An object that the task's template asked for. */
  readAsset(asset: S3Uri & { readonly taskId: string }, signal: AbortSignal): Promise<TaskAsset>;
  readonly autoAdvance: () => boolean;
  /** What a template may do is up to the workspace's trust. */
  readonly mayRunTemplates: () => boolean;
  /** Where each worker was, for when the window is loaded again: nobody goes on, or answers, as somebody else. */
  placeOf(email: string): KeptPlace;
}

export interface KeptPlace {
  get(): Place | undefined;
  set(place: Place | undefined): void;
}

export interface Place {
  readonly jobReferenceCode: string;
  /** An answer that the portal has not confirmed: sent again before anything else. */
  readonly unsent?: { readonly taskId: string; readonly answer: JsonObject };
}

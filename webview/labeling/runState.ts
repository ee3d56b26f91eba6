import { Failure } from '../../src/core/failure.js';
import type { JsonObject } from '../../src/core/json.js';
import type { PortalView, TaskSheet } from '../../src/core/portal/portalView.js';
import type { Client } from '../../src/protocol/channel.js';
import type { LabelingPage } from '../../src/protocol/labelingPage.js';
import type { BrokenPicture, ForwardedKey } from '../../src/protocol/taskFrame.js';

/** What keeps the worker from judging the task, and lies over it. */
export type Obstacle =
  | { readonly kind: 'brokenPicture'; readonly picture: BrokenPicture }
  | { readonly kind: 'template'; readonly problem: string }
  | { readonly kind: 'unsupported'; readonly elements: readonly string[] }
  | { readonly kind: 'taskGone'; readonly reason: string }
  | { readonly kind: 'timeUp' }
  | { readonly kind: 'failed'; readonly message: string };

export function obstacleOf(error: unknown): Obstacle {
  return Failure.is(error, 'portal.taskGone')
    ? { kind: 'taskGone', reason: error.details.reason }
    : { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
}

export interface RunState {
  readonly phase: 'loading' | 'labeling' | 'finished';
  readonly sheet?: TaskSheet;
  readonly acceptedAt?: number;
  readonly obstacle?: Obstacle;
  readonly isSaving: boolean;
  readonly canUndo: boolean;
  readonly progress: { readonly done: number; readonly total: number };
  /** Said once, without keeping anybody from working. */
  readonly message?: string;
}

export interface TaskRunOptions {
  readonly client: Client<LabelingPage>;
  readonly view: Extract<PortalView, { kind: 'labeling' }>;
  /** Where frames live. */
  readonly container: HTMLElement;
  readonly draft: { get(taskId: string): JsonObject | undefined; set(taskId: string, answer: JsonObject): void };
  onChange(): void;
  onKey(key: ForwardedKey): void;
}

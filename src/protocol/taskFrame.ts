import type { JsonObject } from '../core/json.js';
import type { TaskAsset } from '../core/portal/taskAsset.js';

// All that passes between a page and the sandboxed frame in which it shows one worker task. The frame runs the job's own
// template, so the page believes nothing that comes out of it beyond what these messages can say.

/** What the frame is given, once, with the port that everything after goes through. */
export interface FrameTask {
  /** Rendered, with placeholders where objects belong. */
  readonly html: string;
  readonly assets: readonly TaskAsset[];
  /** Submit as soon as a class is picked, where nothing else is to be filled in. */
  readonly autoAdvance: boolean;
  /** An answer that was taken back. */
  readonly previousAnswer?: JsonObject;
  /** What was filled in since and not sent, as the frame said it. */
  readonly draft?: JsonObject;
  /** Nothing can be submitted: a preview of the worker's page. */
  readonly isPreview?: boolean;
}

export type ToFrame =
  /** The task is the current one now: take the keyboard. */
  | { readonly kind: 'focus' }
  /** Another task is on screen, or something lies over this one: what is pressed here is not meant for it. */
  | { readonly kind: 'rest' }
  /** A key that was pressed while the page around the frame had the focus. */
  | { readonly kind: 'key'; readonly key: ForwardedKey }
  /** The answer was not taken: let the worker go on. */
  | { readonly kind: 'unlock' };

export type FromFrame =
  /** Everything is laid out and decoded. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'submit'; readonly answer: JsonObject }
  /** What is filled in now, for a frame of the same task to begin with. */
  | { readonly kind: 'draft'; readonly draft: JsonObject }
  | { readonly kind: 'brokenPicture'; readonly picture: BrokenPicture }
  /** The template uses elements that this version does not have. */
  | { readonly kind: 'unsupported'; readonly elements: readonly string[] }
  | { readonly kind: 'key'; readonly key: ForwardedKey }
  /** A key that found its way here though this is not the task to work on: whatever is on screen may have a use for it. */
  | { readonly kind: 'strayKey'; readonly key: ForwardedKey }
  | { readonly kind: 'openExternal'; readonly url: string }
  /** What the template said with `alert`. */
  | { readonly kind: 'message'; readonly text: string };

export interface BrokenPicture {
  readonly name: string;
  readonly cause: 'unreadable' | 'undecodable' | 'empty' | 'notGranted';
  /** Why it could not be read. */
  readonly reason?: string;
}

/** Enough of a keyboard event to dispatch it again on the other side. */
export interface ForwardedKey {
  readonly type: 'keydown' | 'keyup';
  readonly key: string;
  readonly code: string;
  readonly keyCode: number;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly repeat: boolean;
}

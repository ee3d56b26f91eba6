import type { FromFrame } from '../../src/protocol/taskFrame.js';

// What the elements of a task know of the page around their frame. It is set once, before the template is parsed, and in
// a closure: the template's own script has no port to pose as the elements with.

export interface FrameAssets {
  /** The stored pixels of a picture, without the turn that its EXIF data asks for; the same address if there is none. */
  storedPixels(source: string): { readonly source: string; readonly isTurned: boolean };
  /** Why there is no picture at this address. */
  failureOf(source: string): FromFrame & { kind: 'brokenPicture' };
}

interface FrameLink {
  readonly assets: FrameAssets;
  readonly autoAdvance: boolean;
  readonly isPreview: boolean;
  post(message: FromFrame): void;
}

let current: FrameLink | undefined;

export function setFrameLink(link: FrameLink): void {
  current = link;
}

export function frameLink(): FrameLink {
  if (!current) {
    throw new Error('The frame has not been started');
  }
  return current;
}

import type { AnsweredMask, MaskAnswer, MergedMask } from './masks.js';

/** To the thread that works on masks. */
export type ToMasks =
  | { readonly kind: 'check'; readonly id: number; readonly answer: MaskAnswer }
  | { readonly kind: 'merge'; readonly id: number; readonly object: AnsweredMask };

/** From that thread, once for each message: what was found wrong, or the mask that was made. */
export type FromMasks =
  | { readonly kind: 'done'; readonly id: number; readonly value: string | undefined | MergedMask }
  | { readonly kind: 'failed'; readonly id: number; readonly error: unknown };

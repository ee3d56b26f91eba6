// The thread in which pictures are decoded, made small and encoded again. `pictureDecoder.ts` starts it and asks it.
import { doPictureTask, type PictureTask } from './pictureTask.js';
import type { EncodedPicture, SmallPicture } from './shrinkPicture.js';

export interface PictureWork {
  readonly id: number;
  readonly picture: EncodedPicture;
  readonly task: PictureTask;
}

export type PictureDone =
  { readonly id: number; readonly small: SmallPicture } | { readonly id: number; readonly reason: string };

/** What of a thread's own scope is used: the library knows the page's only. */
interface ThreadScope {
  postMessage(message: PictureDone, transfer: readonly Transferable[]): void;
}

addEventListener('message', ({ data }: MessageEvent<PictureWork>) => void work(data));

async function work({ id, picture, task }: PictureWork): Promise<void> {
  const scope = globalThis as unknown as ThreadScope;
  try {
    const small = await doPictureTask(picture, task);
    const { bitmap, encoded } = small;
    scope.postMessage({ id, small }, encoded ? [bitmap, encoded.buffer] : [bitmap]);
  } catch (error) {
    scope.postMessage({ id, reason: error instanceof Error ? error.message : String(error) }, []);
  }
}

import type { PictureDone, PictureWork } from './pictureThread.js';
import { doPictureTask, type PictureTask } from './pictureTask.js';
import type { EncodedPicture, SmallPicture } from './shrinkPicture.js';
import type { MaskLook } from './smallMask.js';

/** Whole pictures that are decoded at once: each may take 50 MB meanwhile. One processor is left to everybody else. */
const mostAtOnce = Math.max(1, Math.min(4, navigator.hardwareConcurrency - 1));

/** The thread has ended with what it was given: asked again, a picture is decoded without it. */
export class DecoderLost extends Error {}

/** Decodes pictures in a thread of the page's own. */
export class PictureDecoder {
  /** The thread's program: a page of VS Code can start one only from a blob. */
  readonly #program: string;
  readonly #waiting = new Map<
    number,
    { readonly resolve: (small: SmallPicture) => void; readonly reject: (error: Error) => void }
  >();
  readonly #turns: (() => void)[] = [];
  #thread: Worker | 'none' | undefined;
  #running = 0;
  #lastId = 0;

  constructor(program: string) {
    this.#program = program;
  }

  /** A picture that is small already. */
  decode(picture: EncodedPicture): Promise<SmallPicture> {
    return this.#work(picture, { kind: 'decode' });
  }

  shrink(picture: EncodedPicture, longest: number): Promise<SmallPicture> {
    return this.#inTurn(picture, { kind: 'shrink', longest });
  }

  paintMask(picture: EncodedPicture, longest: number, look: MaskLook): Promise<SmallPicture> {
    return this.#inTurn(picture, { kind: 'mask', longest, look });
  }

  async #inTurn(picture: EncodedPicture, task: PictureTask): Promise<SmallPicture> {
    if (this.#running >= mostAtOnce) {
      await new Promise<void>((resolve) => this.#turns.push(resolve));
    } else {
      this.#running++;
    }
    try {
      return await this.#work(picture, task);
    } finally {
      const next = this.#turns.shift();
      if (next) {
        next(); // Whose turn it is takes the place of this one.
      } else {
        this.#running--;
      }
    }
  }

  #work(picture: EncodedPicture, task: PictureTask): Promise<SmallPicture> {
    const thread = (this.#thread ??= this.#start());
    if (thread === 'none') {
      return doPictureTask(picture, task);
    }
    return new Promise((resolve, reject) => {
      this.#lastId += 1;
      this.#waiting.set(this.#lastId, { resolve, reject });
      const work: PictureWork = { id: this.#lastId, picture, task };
      thread.postMessage(work, [picture.bytes.buffer]);
    });
  }

  #start(): Worker | 'none' {
    const address = URL.createObjectURL(new Blob([this.#program], { type: 'text/javascript' }));
    try {
      const thread = new Worker(address);
      thread.addEventListener('message', ({ data }: MessageEvent<PictureDone>) => this.#done(data));
      // Where the browser forbids it or the thread dies, pictures are decoded where they are shown.
      thread.addEventListener('error', () => this.#lose(thread));
      return thread;
    } catch {
      return 'none';
    } finally {
      setTimeout(() => URL.revokeObjectURL(address), revokedAfterMs);
    }
  }

  #done(done: PictureDone): void {
    const caller = this.#waiting.get(done.id);
    this.#waiting.delete(done.id);
    if ('small' in done) {
      caller?.resolve(done.small);
    } else {
      caller?.reject(new Error(done.reason));
    }
  }

  #lose(thread: Worker): void {
    thread.terminate();
    this.#thread = 'none';
    for (const { reject } of this.#waiting.values()) {
      reject(new DecoderLost('The thread that decodes pictures has ended'));
    }
    this.#waiting.clear();
  }
}

/** The thread has long read its program by then. */
const revokedAfterMs = 60_000;

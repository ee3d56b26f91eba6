/** Time, given to whatever needs it, so that a test can let thirty days pass. */
export interface Clock {
  now(): Date;
  /** Calls `run` once, `delayMs` from now. */
  after(delayMs: number, run: () => void): { dispose(): void };
}

export const systemClock: Clock = {
  now: () => new Date(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    timer.unref();
    return { dispose: () => clearTimeout(timer) };
  },
};

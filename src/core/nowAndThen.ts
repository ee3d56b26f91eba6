/** Progress is told so often, not after each part: whoever listens has better things to do. */
const progressIntervalMs = 100;

/** The same function, which passes over what comes too soon after what it told last. */
export function nowAndThen<Args extends readonly unknown[]>(tell: (...args: Args) => void): (...args: Args) => void {
  let lastTold = Number.NEGATIVE_INFINITY;
  return (...args) => {
    if (performance.now() - lastTold >= progressIntervalMs) {
      lastTold = performance.now();
      tell(...args);
    }
  };
}

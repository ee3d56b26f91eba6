/**
 * Resolves or rejects as `work` does, and rejects after so many seconds, saying what did not come: a browser that drops
 * a key, or a server that died, answers nothing at all, and whoever awaits it would wait for ever.
 */
export async function within<T>(seconds: number, what: string, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not done after ${seconds} seconds`)), seconds * 1_000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

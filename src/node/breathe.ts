/** Lets messages in: work on bytes that are there at once would keep them waiting to its end. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

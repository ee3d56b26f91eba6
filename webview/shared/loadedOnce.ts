/** What is loaded when it is first wanted, and then kept; after a failure the next one to want it tries again. */
export function loadedOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return async () => {
    const own = (loading ??= load());
    try {
      return await own;
    } catch (error) {
      if (loading === own) {
        loading = undefined;
      }
      throw error;
    }
  };
}

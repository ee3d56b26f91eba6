/** A file that is being written. Nobody sees it before `finish`, and nothing of it stays after `discard`. */
export interface NewFile {
  write(bytes: Uint8Array): Promise<void>;
  /** Takes the place of a file that was there. */
  finish(): Promise<void>;
  discard(): Promise<void>;
}

/** Writes all of it, or nothing. Resolves to what the parts' maker returns. */
export async function writeWhole<T>(
  file: NewFile,
  parts: AsyncGenerator<Uint8Array, T>,
  signal: AbortSignal,
): Promise<T> {
  try {
    for (;;) {
      signal.throwIfAborted();
      const part = await parts.next();
      if (part.done === true) {
        await file.finish();
        return part.value;
      }
      await file.write(part.value);
    }
  } catch (error) {
    await file.discard();
    throw error;
  }
}

/** A folder that is being written. Nobody sees it before `finish`, and nothing of it stays after `discard`. */
export interface NewFolder {
  /** Appends to a file of the folder, which is made where it is missing; paths are relative, with `/`. */
  append(path: string, bytes: Uint8Array): Promise<void>;
  finish(): Promise<void>;
  discard(): Promise<void>;
}

import type { ObjectFlaw, UnreadableReason } from '../manifest/manifestRuns.js';
import type { LabelForm } from './objectLabel.js';

/**
 * What an export comes to, piece by piece. Paths are relative, with `/`, and safe on every file system. Whoever writes
 * them appends the `text` and `bytes` of a path in the order they come; `file` is a whole file.
 */
export type ExportPart =
  | { readonly kind: 'file'; readonly path: string; readonly text: string }
  | { readonly kind: 'text'; readonly path: string; readonly text: string }
  | { readonly kind: 'bytes'; readonly path: string; readonly bytes: Uint8Array }
  /** An object, such as `s3://bucket/key`, to be copied to a path. */
  | { readonly kind: 'copy'; readonly from: string; readonly path: string; readonly labeled?: LabeledSize }
  | SkippedLine
  | ExportProgress;

/** The pixels that the label of a picture counts in: the picture may have others. */
export interface LabeledSize {
  /** Lines count from 0. */
  readonly line: number;
  readonly width: number;
  readonly height: number;
}

/** What could not be exported: the whole line, or one of its marks where the reason says so. */
export interface SkippedLine {
  readonly kind: 'skipped';
  /** Lines count from 0, as in worker-response paths. */
  readonly line: number;
  readonly reason: SkipReason;
}

/** Some formats need a manifest to be read twice. */
export interface ExportProgress {
  readonly kind: 'progress';
  readonly pass: number;
  readonly passes: number;
  readonly lines: number;
}

export type SkipReason =
  | UnreadableReason
  /** Only where lines are handed on as they are. */
  | ObjectFlaw
  | { readonly kind: 'noSource' }
  /** Ground Truth has no label for it, and says why. */
  | { readonly kind: 'failed'; readonly failureReason: string }
  | { readonly kind: 'unlabeled' }
  /** It is in no part of the split. */
  | { readonly kind: 'noPart' }
  /** The label is not as Ground Truth writes it: `member` is the first that is not, for example `annotations[2].left`. */
  | { readonly kind: 'malformedLabel'; readonly member: string }
  /** A label that the format has no place for. */
  | { readonly kind: 'otherForm'; readonly form: LabelForm }
  | { readonly kind: 'sourceIsText' }
  | { readonly kind: 'sourceIsFile' }
  | { readonly kind: 'noImageSize' }
  /** An earlier line has the same object: formats with a file for each picture have room for one label of it. */
  | { readonly kind: 'duplicateSource' }
  | { readonly kind: 'noClass' }
  | { readonly kind: 'severalClasses'; readonly classes: readonly string[] }
  /** A mark, counted from 0, that has no area within the picture; the others of its line are exported. */
  | { readonly kind: 'markOutside'; readonly mark: number }
  | { readonly kind: 'maskUnreadable'; readonly uri: string; readonly message: string };

export function skipped(line: number, reason: SkipReason): SkippedLine {
  return { kind: 'skipped', line, reason };
}

const textCharacters = 64 * 1024;

/** The same, with the pieces of growing files put together, so that a line is no write of its own. */
export async function* inLargerPieces(parts: AsyncIterable<ExportPart>): AsyncGenerator<ExportPart> {
  const growing = new Map<string, string>();
  for await (const part of parts) {
    if (part.kind !== 'text') {
      yield part;
      continue;
    }
    const text = (growing.get(part.path) ?? '') + part.text;
    if (text.length < textCharacters) {
      growing.set(part.path, text);
    } else {
      growing.set(part.path, '');
      yield { kind: 'text', path: part.path, text };
    }
  }
  for (const [path, text] of growing) {
    if (text !== '') {
      yield { kind: 'text', path, text };
    }
  }
}

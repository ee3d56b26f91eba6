import type { ExportPart, ExportProgress, SkippedLine } from '../../src/core/export/exportPart.js';
import type { ExportInput } from '../../src/core/export/labeledObjects.js';
import type { JsonObject } from '../../src/core/json.js';
import { bytesSource } from '../../src/core/manifest/byteSource.js';

export const never = new AbortController().signal;

/** A manifest of these lines; a text stands as it is. */
export function manifestOf(lines: readonly (JsonObject | string)[]): Uint8Array {
  const texts = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
  return new TextEncoder().encode(texts.join(''));
}

export function inputOf(lines: readonly (JsonObject | string)[], classes?: readonly string[]): ExportInput {
  return { source: bytesSource(manifestOf(lines)), attribute: 'lan', ...(classes && { classes }) };
}

export interface Exported {
  readonly files: Readonly<Record<string, string>>;
  readonly copies: Readonly<Record<string, string>>;
  readonly skipped: readonly SkippedLine[];
  readonly progress: readonly ExportProgress[];
}

/** What is there once an export is written, as a folder would have it; copies by where they go. */
export async function written(parts: AsyncIterable<ExportPart>): Promise<Exported> {
  const files: Record<string, string> = {};
  const copies: Record<string, string> = {};
  const skipped: SkippedLine[] = [];
  const progress: ExportProgress[] = [];
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const free = (path: string): void => {
    if (path in files || path in copies) {
      throw new Error(`"${path}" is written twice.`);
    }
  };
  for await (const part of parts) {
    switch (part.kind) {
      case 'file':
        free(part.path);
        files[part.path] = part.text;
        break;
      case 'text':
        files[part.path] = (files[part.path] ?? '') + part.text;
        break;
      case 'bytes':
        files[part.path] = (files[part.path] ?? '') + decoder.decode(part.bytes);
        break;
      case 'copy':
        free(part.path);
        copies[part.path] = part.from;
        break;
      case 'skipped':
        skipped.push(part);
        break;
      case 'progress':
        progress.push(part);
        break;
    }
  }
  return { files, copies, skipped, progress };
}

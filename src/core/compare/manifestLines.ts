import { lineKind, type ManifestColumns } from '../manifest/manifestColumns.js';

/** Whether the line holds an object, with a source or without. */
export function hasObject({ kinds }: ManifestColumns, line: number): boolean {
  const kind = kinds.data[line];
  return kind === lineKind.object || kind === lineKind.text || kind === lineKind.noSource;
}

export function objectCount(columns: ManifestColumns): { readonly objects: number; readonly withoutSource: number } {
  let objects = 0;
  let withoutSource = 0;
  for (let line = 0; line < columns.lines; line++) {
    objects += hasObject(columns, line) ? 1 : 0;
    withoutSource += columns.kinds.data[line] === lineKind.noSource ? 1 : 0;
  }
  return { objects, withoutSource };
}

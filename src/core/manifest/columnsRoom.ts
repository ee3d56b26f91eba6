import type { ColumnsRoom, ExpectedLines } from './columnsData.js';
import type { ManifestColumns } from './manifestColumns.js';

/**
 * Makes room for what is expected here and for as much behind it as is expected there, where another thread puts what it
 * finds: adding that costs hardly anything then.
 */
export function shareColumns(columns: ManifestColumns, here: ExpectedLines, there: ExpectedLines): ColumnsRoom {
  const lines = here.lines + there.lines;
  return {
    kinds: columns.kinds.share(lines, here.lines),
    folderIds: columns.folderIds.share(lines, here.lines),
    nameStarts: columns.nameStarts.share(lines + 2, here.lines + 1),
    names: columns.names.share(here.nameBytes + there.nameBytes, here.nameBytes),
    folders: columns.folders.texts,
    attributes: columns.attributes.map((attribute) => attribute.share(lines, here.lines)),
  };
}

/** Lets what is added go into `room`. There must be nothing in the columns yet. */
export function moveInto(columns: ManifestColumns, room: ColumnsRoom): void {
  columns.kinds.data = room.kinds;
  columns.folderIds.data = room.folderIds;
  columns.nameStarts.data = room.nameStarts;
  columns.names.data = room.names;
  columns.folders.merge(room.folders);
  for (const attribute of room.attributes) {
    columns.attribute(attribute.name)?.moveInto(attribute);
  }
}

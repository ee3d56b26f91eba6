import type * as vscode from 'vscode';
import type { Handlers } from '../../protocol/channel.js';
import type { ManifestEditor, RowLook } from '../../protocol/manifestEditor.js';

const key = 'manifest.rowLook';

/** How rows are shown: what was chosen last holds for the next manifest that is opened. */
export function rowLookHandlers(memory: vscode.Memento): Pick<Handlers<ManifestEditor>, 'look.read' | 'look.keep'> {
  return {
    'look.read': async () => memory.get<RowLook>(key),
    'look.keep': async ({ look: { view, pictureSize, showsShapes = true } }) =>
      memory.update(key, { view, pictureSize, showsShapes } satisfies RowLook),
  };
}

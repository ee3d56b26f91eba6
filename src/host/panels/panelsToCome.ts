import * as vscode from 'vscode';
import type { Connection } from '../support/connection.js';
import type { LabelingPanels } from './labelingPanels.js';

/** Until there is a labeling panel, the portal opens in the browser. */
export function browserPortal(connection: Connection): LabelingPanels {
  const open = async () => {
    const target = await connection.target(new AbortController().signal);
    if (target.kind === 'local') {
      await vscode.env.openExternal(vscode.Uri.parse(target.server.portal, true));
    }
  };
  return { openPortal: open, startLabeling: open, chooseWorker: open };
}

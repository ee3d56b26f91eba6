import * as vscode from 'vscode';
import { type CommandHandlers, registerCommands } from './commands/register.js';
import type { CommandId } from './commands/signatures.js';
import type { Notifier } from './support/notifier.js';
import type { OnDrop } from './views/bucketDrop.js';
import type { OnFailed } from './views/jobWatch.js';

/** What nobody needs before they ask for it: it is loaded with the first command, panel or manifest. */
export interface OnDemand {
  readonly commands: CommandHandlers;
  /** By view type: each takes over the panel that a reloaded window restores. */
  readonly panels: { readonly [ViewType in PanelViewType]: vscode.WebviewPanelSerializer };
  readonly manifestEditor: vscode.CustomReadonlyEditorProvider;
  readonly onDrop: OnDrop;
  readonly onFailed: OnFailed;
}

type PanelViewType = 'groundTruth.doctor' | 'groundTruth.jobSetup' | 'groundTruth.labeling';

const panelViewTypes: readonly PanelViewType[] = ['groundTruth.doctor', 'groundTruth.jobSetup', 'groundTruth.labeling'];
const manifestViewType = 'groundTruth.manifest';

export interface OnDemandOptions {
  /** Every command of package.json. */
  readonly commandIds: readonly CommandId[];
  readonly load: () => Promise<OnDemand>;
  readonly notifier: Notifier;
}

/** Makes VS Code know all that is loaded on demand: each of these loads it when it is used. */
export function registerOnDemand({ commandIds, load, notifier }: OnDemandOptions): vscode.Disposable {
  const panels = panelViewTypes.map((viewType) =>
    vscode.window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel, state) =>
        (await load()).panels[viewType].deserializeWebviewPanel(panel, state),
    }),
  );
  const editor: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: async (...args) => (await load()).manifestEditor.openCustomDocument(...args),
    resolveCustomEditor: async (...args) => (await load()).manifestEditor.resolveCustomEditor(...args),
  };
  return vscode.Disposable.from(
    registerCommands(commandIds, async () => (await load()).commands, notifier),
    vscode.window.registerCustomEditorProvider(manifestViewType, editor),
    ...panels,
  );
}

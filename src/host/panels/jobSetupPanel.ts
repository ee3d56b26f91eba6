import * as vscode from 'vscode';
import { readDraft, withInputFolder, type LabelingJobDraft } from '../../core/jobs/labelingJobDraft.js';
import { serve, type Host } from '../../protocol/channel.js';
import type { JobSetup } from '../../protocol/jobSetup.js';
import { pageHtml, pageOptions, webviewPort } from '../support/webview.js';
import { jobSetupHandlers, type JobSetupDeps } from './jobSetupHandlers.js';
import type { JobSetupPanels } from './jobSetupPanels.js';

const viewType = 'groundTruth.jobSetup';
const draftKey = 'jobSetup.draft';

type From = NonNullable<Parameters<JobSetupPanels['open']>[0]>;

/** The one form for new labeling jobs. What is typed into it outlives the panel, the window and a crash. */
export class JobSetupPanel implements JobSetupPanels, vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #deps: JobSetupDeps;
  readonly #registration: vscode.Disposable;
  readonly #listening: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  #host: Host<JobSetup> | undefined;
  /** What the form was opened from and its page has not taken yet. */
  #from: From | undefined;

  constructor(extension: vscode.Uri, deps: JobSetupDeps) {
    this.#extension = extension;
    this.#deps = deps;
    this.#registration = vscode.window.registerWebviewPanelSerializer(viewType, this);
    this.#listening = deps.connection.onDidChange(() => this.#host?.emit('form.reopened', {}));
  }

  open(from?: From): Promise<void> {
    this.#from = from;
    if (this.#panel) {
      this.#panel.reveal();
      this.#host?.emit('form.reopened', {}); // A page that is hidden asks by itself when it is shown.
    } else {
      const title = vscode.l10n.t('Create Labeling Job');
      this.#adopt(vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Active));
    }
    return Promise.resolve();
  }

  /** The window was reloaded with the form open. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.#panel?.dispose();
    this.#adopt(panel);
    return Promise.resolve();
  }

  dispose(): void {
    this.#registration.dispose();
    this.#listening.dispose();
    this.#panel?.dispose();
  }

  #adopt(panel: vscode.WebviewPanel): void {
    const { webview } = panel;
    const media = (name: string) => vscode.Uri.joinPath(this.#extension, 'media', name);
    panel.iconPath = { light: media('job-light.svg'), dark: media('job-dark.svg') };
    webview.options = pageOptions(this.#extension);
    const host = serve<JobSetup>(
      webviewPort(webview),
      jobSetupHandlers(this.#deps, {
        open: (kept) => this.#draft(kept),
        keep: async (draft) => this.#deps.memory.update(draftKey, draft),
        emit: (event, data) => host.emit(event, data),
        bundle: () => this.#crowdBundle(),
      }),
    );
    panel.onDidDispose(() => {
      host.dispose();
      if (this.#panel === panel) {
        this.#panel = undefined;
        this.#host = undefined;
      }
    });
    this.#panel = panel;
    this.#host = host;
    webview.html = pageHtml(webview, this.#extension, 'jobSetup');
  }

  async #crowdBundle(): Promise<string> {
    const file = vscode.Uri.joinPath(this.#extension, 'dist', 'webview', 'crowd.js');
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  }

  #draft(kept: LabelingJobDraft | undefined): LabelingJobDraft {
    const draft = readDraft(kept ?? this.#deps.memory.get(draftKey));
    const from = this.#from;
    this.#from = undefined;
    return from === undefined ? draft : filledIn(draft, from);
  }
}

function filledIn(draft: LabelingJobDraft, { bucket, prefix = '', team }: From): LabelingJobDraft {
  const placed = bucket === undefined ? draft : withInputFolder(draft, bucket, prefix);
  return team === undefined ? placed : { ...placed, teamArn: team.arn };
}

import * as vscode from 'vscode';
import type { FixText } from '../../core/doctor/report.js';
import { tell } from './prompts.js';

/** Of nobody else, who would answer for its documents; package.json has the buttons of their editors. */
const scheme = 'groundtruth-shown';

export interface ShownQuestion {
  readonly message: string;
  /** What yes is, on the button. */
  readonly action: string;
}

interface ShownText {
  readonly fileName: string;
  readonly text: string;
}

/**
 * Questions about what somebody has to read first: a document, or the diff of two, that are nowhere but here. Nothing is
 * in the way of reading them to their end. The answer is a button of the notification or of the editor, or its key;
 * whoever closes the editor says no. The notification alone may be closed, or fade away: the editor still asks.
 */
export class ShownQuestions implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #open = new Map<string, (isSure: boolean) => void>();
  readonly #subscriptions: vscode.Disposable;
  #count = 0;

  constructor() {
    const provider = { provideTextDocumentContent: (uri: vscode.Uri) => this.#texts.get(uri.path) ?? '' };
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(scheme, provider),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => closed.forEach((tab) => this.#onClosed(tab))),
    );
    void closeTabs(() => true); // What a window asked before it was reloaded, nobody waits for any more.
  }

  /** Resolves to whether the user wants what the diff shows; not, where the signal gives up the question. */
  async besideDiff(text: FixText, question: ShownQuestion, signal: AbortSignal): Promise<boolean> {
    const { title, fileName, before, after } = text;
    const now = this.#hold({ fileName, text: before });
    const then = this.#hold({ fileName, text: after });
    const show = async () => {
      await vscode.commands.executeCommand('vscode.diff', now, then, `${title}: ${fileName}`, { preview: false });
    };
    return this.#ask(then, { show, question }, signal);
  }

  /** The same beside a document alone. */
  async besideText(text: ShownText, question: ShownQuestion, signal: AbortSignal): Promise<boolean> {
    const uri = this.#hold(text);
    const show = async () => {
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document, { preview: false, viewColumn: vscode.ViewColumn.Beside });
    };
    return this.#ask(uri, { show, question }, signal);
  }

  /** What a button of an editor says, or a key: of the one that is named, or of the one in front. */
  answer(uri: Pick<vscode.Uri, 'toString'> | undefined, isSure: boolean): void {
    const asked = uri ?? shownIn(vscode.window.tabGroups.activeTabGroup.activeTab);
    const settle = asked && this.#open.get(asked.toString());
    if (settle) {
      settle(isSure);
    } else {
      tell(vscode.l10n.t('This is no question any more: it was answered before.'));
    }
  }

  dispose(): void {
    this.#open.forEach((settle) => settle(false));
    this.#subscriptions.dispose();
  }

  #hold({ fileName, text }: ShownText): vscode.Uri {
    this.#count += 1;
    const uri = vscode.Uri.from({ scheme, path: `/${this.#count}/${fileName}` });
    this.#texts.set(uri.path, text);
    return uri;
  }

  async #ask(
    uri: vscode.Uri,
    { show, question }: { readonly show: () => Promise<void>; readonly question: ShownQuestion },
    signal: AbortSignal,
  ): Promise<boolean> {
    const id = uri.toString();
    const answer = new Promise<boolean>((resolve) => this.#open.set(id, resolve));
    const giveUp = () => this.#open.get(id)?.(false);
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      await show();
      void this.#notify(uri, question);
      return (await answer) && !signal.aborted;
    } finally {
      signal.removeEventListener('abort', giveUp);
      this.#open.delete(id);
      await closeTabs((shown) => shown.toString() === id);
    }
  }

  async #notify(uri: vscode.Uri, { message, action }: ShownQuestion): Promise<void> {
    const chosen = await vscode.window.showWarningMessage(message, action, vscode.l10n.t('Cancel'));
    if (chosen !== undefined) {
      this.answer(uri, chosen === action);
    }
  }

  /** Whoever has moved it to another group reads on. */
  #onClosed(tab: vscode.Tab): void {
    const uri = shownIn(tab);
    if (uri && !allTabs().some((other) => shownIn(other)?.toString() === uri.toString())) {
      this.#open.get(uri.toString())?.(false);
    }
  }
}

/** The document of ours that a tab shows: of a diff, the one that is asked about. */
function shownIn(tab: vscode.Tab | undefined): vscode.Uri | undefined {
  const input = tab?.input;
  const uri =
    input instanceof vscode.TabInputTextDiff
      ? input.modified
      : input instanceof vscode.TabInputText
        ? input.uri
        : undefined;
  return uri?.scheme === scheme ? uri : undefined;
}

function allTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
}

async function closeTabs(isMeant: (uri: vscode.Uri) => boolean): Promise<void> {
  const tabs = allTabs().filter((tab) => {
    const uri = shownIn(tab);
    return uri !== undefined && isMeant(uri);
  });
  await vscode.window.tabGroups.close(tabs);
}

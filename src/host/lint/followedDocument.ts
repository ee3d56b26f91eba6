import * as vscode from 'vscode';
import type { DocumentFormat } from '../../core/manifest/lint/documentLint.js';
import type { TextEdit } from '../../core/manifest/lint/lintFinding.js';
import type { LintedDocument } from '../../core/manifest/lint/manifestLints.js';
import type { LintKind, LintReport } from '../../core/manifest/lint/lintReport.js';
import { mostShown } from './diagnostics.js';

/** A pause in typing. */
const pauseMs = 250;
/** So many lines are handed over at once: the extension host has other things to do. */
const linesAtOnce = 2_000;

export interface FollowOptions {
  readonly open: () => LintedDocument;
  readonly onReport: (report: LintReport) => void;
  readonly onError: (error: unknown) => void;
}

/** What is wrong with the text of an editor, soon after each edit; its thread has a copy of the text. */
export class FollowedDocument implements vscode.Disposable {
  readonly #document: vscode.TextDocument;
  readonly #options: FollowOptions;
  #thread: LintedDocument | undefined;
  #timer: NodeJS.Timeout | undefined;
  #looking: { readonly version: number; readonly abort: AbortController; readonly done: Promise<void> } | undefined;
  /** The last version that was reported, and how. */
  #reported: { readonly version: number; readonly report: LintReport } | undefined;
  #isDisposed = false;

  constructor(document: vscode.TextDocument, options: FollowOptions) {
    this.#document = document;
    this.#options = options;
    void this.#look();
  }

  /** To be called with each change of the document, in order. */
  changed(changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    if (this.#thread && changes.length > 0) {
      this.#thread.change(changes.map((change) => editOf(change))).catch((error: unknown) => this.#lose(error));
    }
    this.#looking?.abort.abort();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), pauseMs);
  }

  /** Whether the last report is of another version of the text than this one. */
  get isEdited(): boolean {
    return this.#reported?.version !== this.#document.version;
  }

  /** Of the text as it is now, or of a version before where it is edited all the time. */
  async report(): Promise<LintReport | undefined> {
    if (this.#reported?.version !== this.#document.version) {
      clearTimeout(this.#timer);
      await this.#look();
    }
    return this.#reported?.report;
  }

  /** Edits of the text as it is now; none where it is edited meanwhile. */
  async fix(kinds: readonly LintKind[] | undefined): Promise<readonly TextEdit[]> {
    await this.report();
    const { version } = this.#document;
    const edits = (await this.#thread?.fix(kinds)) ?? [];
    return version === this.#document.version ? edits : [];
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    this.#looking?.abort.abort();
    this.#thread?.dispose();
    this.#thread = undefined;
  }

  #look(): Promise<void> {
    const { version } = this.#document;
    if (this.#looking?.version === version && !this.#looking.abort.signal.aborted) {
      return this.#looking.done;
    }
    const abort = new AbortController();
    const done = this.#lint(version, abort.signal).catch((error: unknown) => {
      if (!abort.signal.aborted) {
        this.#lose(error);
      }
    });
    this.#looking = { version, abort, done };
    return done;
  }

  async #lint(version: number, signal: AbortSignal): Promise<void> {
    this.#thread ??= await this.#handOver(signal);
    const report = await this.#thread.lint(formatOf(this.#document), mostShown, signal);
    if (!signal.aborted && this.#document.version === version) {
      this.#reported = { version, report };
      this.#options.onReport(report);
    }
  }

  /** Where the text changes meanwhile, it is handed over anew, at the next pause. */
  async #handOver(signal: AbortSignal): Promise<LintedDocument> {
    const thread = this.#options.open();
    try {
      for (let line = 0; line < this.#document.lineCount; line += linesAtOnce) {
        const end = Math.min(line + linesAtOnce, this.#document.lineCount);
        await thread.append(Array.from({ length: end - line }, (_, at) => this.#document.lineAt(line + at).text));
        signal.throwIfAborted();
      }
      return thread;
    } catch (error) {
      thread.dispose();
      throw error;
    }
  }

  /** A thread that died takes the copy of the text with it: the next look hands it over to another. */
  #lose(error: unknown): void {
    this.#thread?.dispose();
    this.#thread = undefined;
    if (!this.#isDisposed) {
      this.#options.onError(error);
    }
  }
}

function editOf({ range: { start, end }, text }: vscode.TextDocumentContentChangeEvent): TextEdit {
  const range = {
    startLine: start.line,
    startColumn: start.character,
    endLine: end.line,
    endColumn: end.character,
  };
  return { range, text };
}

function formatOf({ encoding, eol }: vscode.TextDocument): DocumentFormat {
  return {
    hasByteOrderMark: encoding === 'utf8bom',
    hasCarriageReturns: eol === vscode.EndOfLine.CRLF,
    isUtf8: encoding.startsWith('utf8'),
  };
}

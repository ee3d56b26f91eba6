import type { ManifestBytes } from '../manifestScan.js';
import type { DocumentFormat } from './documentLint.js';
import type { FixOutcome } from './fixedManifest.js';
import type { TextEdit } from './lintFinding.js';
import type { LintKind, LintReport } from './lintReport.js';

/** Looks for what is wrong with manifests, beside whatever else goes on. */
export interface ManifestLints {
  openDocument(): LintedDocument;
  check(options: CheckOptions, signal: AbortSignal): Promise<LintReport>;
  /** Parts of the manifest with all made right that there is a fix for. */
  fixedCopy(options: CopyOptions, signal: AbortSignal): AsyncGenerator<Uint8Array, FixOutcome>;
}

interface LintOptions {
  readonly manifest: ManifestBytes;
  /** From 0 to 1. */
  readonly onProgress: (part: number) => void;
}

export interface CheckOptions extends LintOptions {
  /** How many findings are told; all are counted. */
  readonly most: number;
}

export interface CopyOptions extends LintOptions {
  /** For failures. */
  readonly location: string;
}

/** The text of an editor. What is asked is answered in order: each answer is of the text as it was then. */
export interface LintedDocument {
  append(lines: readonly string[]): Promise<void>;
  change(edits: readonly TextEdit[]): Promise<void>;
  lint(format: DocumentFormat, most: number, signal: AbortSignal): Promise<LintReport>;
  /** Edits that make right what is of these kinds, or all. */
  fix(kinds: readonly LintKind[] | undefined): Promise<readonly TextEdit[]>;
  dispose(): void;
}

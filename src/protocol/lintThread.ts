import type { DocumentFormat } from '../core/manifest/lint/documentLint.js';
import type { FixOutcome } from '../core/manifest/lint/fixedManifest.js';
import type { TextEdit } from '../core/manifest/lint/lintFinding.js';
import type { LintKind, LintReport } from '../core/manifest/lint/lintReport.js';

/** All that the extension host asks of the thread that looks for what is wrong with manifests. */
export type LintThread = {
  requests: {
    /** Lines of the text of an editor, part by part. */
    'document.append': { params: { lines: readonly string[] }; result: void };
    'document.change': { params: { edits: readonly TextEdit[] }; result: void };
    'document.lint': { params: { format: DocumentFormat; most: number }; result: LintReport };
    /** What makes right all that is of these kinds, or all. */
    'document.fix': { params: { kinds?: readonly LintKind[] }; result: readonly TextEdit[] };
    'manifest.check': { params: { most: number }; result: LintReport };
    /** Begins a fixed copy of the manifest; `copy.next` gives its parts. */
    'copy.begin': { params: { location: string }; result: void };
    'copy.next': { params: undefined; result: CopyPart };
  };
  events: {
    'lint.progress': LintProgress;
  };
};

export type CopyPart =
  { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'end'; readonly outcome: FixOutcome };

/** How much of the manifest is read, from 0 to 1. */
interface LintProgress {
  readonly part: number;
}

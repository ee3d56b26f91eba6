import type { LabelAttributeNameProblem } from '../../labels/labelAttributeName.js';
import type { ProblemReason } from '../lineProblems.js';

/** What a look at a manifest has found. */
export interface LintFinding {
  readonly severity: LintSeverity;
  readonly range: TextRange;
  readonly problem: LintProblem;
  /** What takes the problem away and nothing else; `undefined` where only a person knows what was meant. */
  readonly fix: LintFix | undefined;
}

/**
 * `error`: Ground Truth refuses the job, or the object gets no label. `warning`: it works, and most likely not as it was
 * meant. `information`: as Ground Truth has it, but worth knowing.
 */
export type LintSeverity = 'error' | 'warning' | 'information';

/** Lines and columns count from 0, columns in UTF-16 as editors do, without a byte order mark; the end is exclusive. */
export interface TextRange {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export type LintFix =
  | { readonly kind: 'edit'; readonly edits: readonly TextEdit[] }
  /** These are not in the text as editors have it. */
  | { readonly kind: 'removeByteOrderMark' }
  | { readonly kind: 'useLineFeeds' };

export interface TextEdit {
  readonly range: TextRange;
  readonly text: string;
}

/** The problems that opening a manifest shows, and those that only this look finds. */
export type LintProblem = ProblemReason | FileProblem | SourceProblem | LabelProblem;

type FileProblem =
  | { readonly kind: 'notUtf8' }
  | { readonly kind: 'byteOrderMark' }
  /** Told at the first such line. */
  | { readonly kind: 'carriageReturns' }
  | { readonly kind: 'blank' }
  /** A JSON list where there must be a line for each object; `objects` is how many are on this line. */
  | { readonly kind: 'array'; readonly objects: number }
  /** Told at the first line too many. */
  | { readonly kind: 'tooManyObjects'; readonly most: number }
  | { readonly kind: 'keyTwice'; readonly key: string }
  | { readonly kind: 'dollarKey'; readonly key: string }
  | { readonly kind: 'attributeTooLong'; readonly key: string; readonly characters: number };

type SourceProblem =
  | { readonly kind: 'bothSources' }
  | { readonly kind: 'otherSourceKey'; readonly key: string }
  /** The task type works on the other of `source-ref` and `source`. */
  | { readonly kind: 'wrongSourceKey'; readonly wanted: 'source-ref' | 'source' }
  | { readonly kind: 'sourceNotText'; readonly key: string }
  | { readonly kind: 'notAnS3Uri'; readonly uri: string }
  /** A whole bucket or a folder. */
  | { readonly kind: 'noObject'; readonly uri: string }
  | { readonly kind: 'wrongExtension'; readonly extension: string; readonly allowed: readonly string[] }
  /** Keys are never percent-encoded in a manifest: there would have to be an object whose name has the percent sign. */
  | { readonly kind: 'percentEncoded'; readonly uri: string }
  | { readonly kind: 'duplicateSource'; readonly firstLine: number }
  /** Told at the first line of the bucket. */
  | { readonly kind: 'otherRegion'; readonly bucket: string; readonly region: string; readonly wanted: string }
  | { readonly kind: 'unknownRegion'; readonly bucket: string };

type LabelProblem =
  | { readonly kind: 'labelAttributeName'; readonly attribute: string; readonly problem: LabelAttributeNameProblem }
  | { readonly kind: 'labelAttributeTooLong'; readonly attribute: string; readonly most: number }
  /** A chained job passes over the object. */
  | { readonly kind: 'alreadyLabeled'; readonly attribute: string }
  | { readonly kind: 'failedObject'; readonly attribute: string; readonly failureReason: string }
  | { readonly kind: 'labelMissing'; readonly attribute: string }
  | { readonly kind: 'metadataMissing'; readonly attribute: string }
  | { readonly kind: 'metadataNotAnObject'; readonly attribute: string }
  | { readonly kind: 'metadataMemberMissing'; readonly attribute: string; readonly member: string }
  | { readonly kind: 'malformedLabel'; readonly attribute: string; readonly member: string }
  /** `"0"` where Ground Truth writes `0`. */
  | { readonly kind: 'indexIsText'; readonly attribute: string }
  /** `"cat"` where Ground Truth writes the index of the class. */
  | { readonly kind: 'indexIsName'; readonly attribute: string }
  /** An object under a key that is nearly the one of the label's metadata. */
  | { readonly kind: 'otherMetadataKey'; readonly key: string; readonly attribute: string }
  | { readonly kind: 'noTime'; readonly attribute: string; readonly time: string }
  | { readonly kind: 'confidenceOutside'; readonly attribute: string; readonly confidence: number }
  | { readonly kind: 'classUnnamed'; readonly attribute: string; readonly classId: string }
  | {
      readonly kind: 'confidenceCount';
      readonly attribute: string;
      readonly marks: number;
      readonly confidences: number;
    }
  | { readonly kind: 'markOutside'; readonly attribute: string; readonly mark: number }
  | { readonly kind: 'spanOutside'; readonly attribute: string; readonly span: number };

export const severities: Readonly<Record<LintProblem['kind'], LintSeverity>> = {
  notJson: 'error',
  notAnObject: 'error',
  tooLongToRead: 'error',
  noSource: 'error',
  longerThanAllowed: 'error',
  severalLines: 'error',
  trailingComma: 'error',
  notUtf8: 'error',
  byteOrderMark: 'warning',
  carriageReturns: 'information',
  blank: 'warning',
  array: 'error',
  tooManyObjects: 'error',
  keyTwice: 'warning',
  dollarKey: 'error',
  attributeTooLong: 'error',
  bothSources: 'warning',
  otherSourceKey: 'error',
  wrongSourceKey: 'error',
  sourceNotText: 'error',
  notAnS3Uri: 'error',
  noObject: 'error',
  wrongExtension: 'warning',
  percentEncoded: 'information',
  duplicateSource: 'warning',
  otherRegion: 'error',
  unknownRegion: 'information',
  labelAttributeName: 'warning',
  labelAttributeTooLong: 'warning',
  alreadyLabeled: 'information',
  failedObject: 'information',
  labelMissing: 'warning',
  metadataMissing: 'warning',
  metadataNotAnObject: 'warning',
  metadataMemberMissing: 'warning',
  malformedLabel: 'error',
  indexIsText: 'warning',
  indexIsName: 'warning',
  otherMetadataKey: 'warning',
  noTime: 'warning',
  confidenceOutside: 'warning',
  classUnnamed: 'warning',
  confidenceCount: 'warning',
  markOutside: 'warning',
  spanOutside: 'warning',
};

import type { LintProblem } from '../manifest/lint/lintFinding.js';

/** What is wrong with a line, as a clause; the line itself is told beside it. */
export function lintWords(problem: LintProblem): string {
  switch (problem.kind) {
    case 'notJson':
      return `is not JSON: ${problem.message}`;
    case 'notAnObject':
      return 'is JSON, but not an object in braces';
    case 'tooLongToRead':
      return 'is too long to be read';
    case 'noSource':
      return 'has neither "source-ref" nor "source"';
    case 'longerThanAllowed':
      return `has ${problem.characters} characters; Ground Truth takes 100,000`;
    case 'severalLines':
      return 'is part of an object that goes over several lines; an object must be on one line';
    case 'trailingComma':
      return 'has a comma after the object';
    case 'notUtf8':
      return 'is not in UTF-8';
    case 'byteOrderMark':
      return 'begins with a byte order mark';
    case 'carriageReturns':
      return 'ends with a carriage return, as on Windows';
    case 'blank':
      return 'is empty';
    case 'array':
      return 'is a JSON list; there must be a line for each object';
    case 'tooManyObjects':
      return `is one object too many: a job takes ${problem.most}`;
    case 'keyTwice':
      return `has the key "${problem.key}" twice`;
    case 'dollarKey':
      return `has the key "${problem.key}", and keys must not begin with "$"`;
    case 'attributeTooLong':
      return `has ${problem.characters} characters at "${problem.key}"; Ground Truth takes 20,000`;
    case 'bothSources':
      return 'has both "source-ref" and "source"';
    case 'otherSourceKey':
      return `has "${problem.key}" where "source-ref" must be`;
    case 'wrongSourceKey':
      return `has no "${problem.wanted}", which this kind of task works on`;
    case 'sourceNotText':
      return `has no text at "${problem.key}"`;
    case 'notAnS3Uri':
      return `has "${problem.uri}", which is no S3 URI`;
    case 'noObject':
      return `has "${problem.uri}", which is a folder or a whole bucket`;
    case 'wrongExtension':
      return `has a file "${problem.extension}"; this kind of task takes ${problem.allowed.join(', ')}`;
    case 'percentEncoded':
      return `has a key with percent signs ("${problem.uri}"): keys are not encoded in manifests`;
    case 'duplicateSource':
      return `has the same object as line ${problem.firstLine + 1}`;
    case 'otherRegion':
      return `is in a bucket in ${problem.region}; the job is in ${problem.wanted}`;
    case 'unknownRegion':
      return `is in the bucket "${problem.bucket}", whose region is not known`;
    default:
      return labelWords(problem);
  }
}

function labelWords(problem: Exclude<LintProblem, { readonly kind: NonLabelKind }>): string {
  switch (problem.kind) {
    case 'labelAttributeName':
      return `has labels at "${problem.attribute}", which no job can name so`;
    case 'labelAttributeTooLong':
      return `has labels at "${problem.attribute}", a name of more than ${problem.most} characters`;
    case 'alreadyLabeled':
      return `has a label at "${problem.attribute}" already`;
    case 'failedObject':
      return `could not be labeled at "${problem.attribute}": ${problem.failureReason}`;
    case 'labelMissing':
      return `has metadata of "${problem.attribute}", and no label`;
    case 'metadataMissing':
      return `has a label at "${problem.attribute}", and no metadata`;
    case 'metadataNotAnObject':
      return `has metadata of "${problem.attribute}" that is no object`;
    case 'metadataMemberMissing':
      return `lacks "${problem.member}" in the metadata of "${problem.attribute}"`;
    case 'malformedLabel':
      return `has a label at "${problem.attribute}" that is not as Ground Truth writes it, at "${problem.member}"`;
    case 'indexIsText':
      return `has the number of its class as text at "${problem.attribute}"`;
    case 'indexIsName':
      return `has a text as label at "${problem.attribute}", where the number of a class must be`;
    case 'otherMetadataKey':
      return `has "${problem.key}" where "${problem.attribute}-metadata" must be`;
    case 'noTime':
      return `has "${problem.time}" as "creation-date" of "${problem.attribute}", which is no time`;
    case 'confidenceOutside':
      return `has the confidence ${problem.confidence} at "${problem.attribute}"; confidences are from 0 to 1`;
    case 'classUnnamed':
      return `has no name for the class ${problem.classId} of "${problem.attribute}"`;
    case 'confidenceCount':
      return `has ${problem.marks} marks and ${problem.confidences} confidences at "${problem.attribute}"`;
    case 'markOutside':
      return `has a mark outside of its picture at "${problem.attribute}"`;
    case 'spanOutside':
      return `has a span outside of its text at "${problem.attribute}"`;
  }
}

type NonLabelKind =
  | 'notJson'
  | 'notAnObject'
  | 'tooLongToRead'
  | 'noSource'
  | 'longerThanAllowed'
  | 'severalLines'
  | 'trailingComma'
  | 'notUtf8'
  | 'byteOrderMark'
  | 'carriageReturns'
  | 'blank'
  | 'array'
  | 'tooManyObjects'
  | 'keyTwice'
  | 'dollarKey'
  | 'attributeTooLong'
  | 'bothSources'
  | 'otherSourceKey'
  | 'wrongSourceKey'
  | 'sourceNotText'
  | 'notAnS3Uri'
  | 'noObject'
  | 'wrongExtension'
  | 'percentEncoded'
  | 'duplicateSource'
  | 'otherRegion'
  | 'unknownRegion';

import * as vscode from 'vscode';
import type { LintProblem } from '../../core/manifest/lint/lintFinding.js';
import type { LabelAttributeNameProblem } from '../../core/labels/labelAttributeName.js';
import { formatBytes } from '../support/format.js';

/** What is wrong, why it matters to Ground Truth, and what to do where that is not plain. */
export function findingText(problem: LintProblem): string {
  switch (problem.kind) {
    case 'notJson':
      return vscode.l10n.t('Not JSON: {0}', problem.message.replace(/ is not valid JSON$/u, ''));
    case 'notAnObject':
      return vscode.l10n.t('JSON, but not an object: a line must be one object in braces.');
    case 'tooLongToRead':
      return vscode.l10n.t('Longer than {0}, and left out.', formatBytes(problem.mostBytes));
    case 'noSource':
      return vscode.l10n.t(
        'Has neither "source-ref" nor "source": Ground Truth would not know what to label. Add one of them.',
      );
    case 'longerThanAllowed':
      return vscode.l10n.t('{0} characters: Ground Truth allows 100,000 in a line.', count(problem.characters));
    case 'severalLines':
      return vscode.l10n.t(
        'The object goes on to line {0}: Ground Truth wants each object on one line.',
        count(problem.lastLine + 1),
      );
    case 'trailingComma':
      return vscode.l10n.t('A comma after the object: Ground Truth would refuse the line.');
    case 'notUtf8':
      return vscode.l10n.t('Not UTF-8, which Ground Truth wants: what cannot be read shows as "\uFFFD".');
    case 'byteOrderMark':
      return vscode.l10n.t(
        'The file begins with a byte order mark (BOM): readers of JSON Lines may refuse its first line.',
      );
    case 'carriageReturns':
      return vscode.l10n.t('Lines end in CR LF, as on Windows: those that Ground Truth writes end in LF.');
    case 'blank':
      return vscode.l10n.t('A blank line: each line of a manifest is an object.');
    case 'array':
      return vscode.l10n.t('A JSON list: a manifest has no list, but one object on each line.');
    case 'tooManyObjects':
      return vscode.l10n.t(
        'More than {0} objects: a labeling job takes no more. Split the manifest.',
        count(problem.most),
      );
    case 'keyTwice':
      return vscode.l10n.t('"{0}" comes twice: only the last one counts.', problem.key);
    case 'dollarKey':
      return vscode.l10n.t(
        '"{0}" begins with "$", which Ground Truth does not allow. Give it another name.',
        problem.key,
      );
    case 'attributeTooLong':
      return vscode.l10n.t(
        '"{0}" has {1} characters: Ground Truth allows 20,000 in an attribute.',
        problem.key,
        count(problem.characters),
      );
    case 'bothSources':
      return vscode.l10n.t('Has both "source-ref" and "source": which of them is labeled depends on the task.');
    case 'otherSourceKey':
      return vscode.l10n.t('"{0}" is not read by Ground Truth: it must be "source-ref", to the letter.', problem.key);
    case 'wrongSourceKey':
      return vscode.l10n.t('The task works on "{0}", which this object does not have.', problem.wanted);
    case 'sourceNotText':
      return vscode.l10n.t('"{0}" must be a text, and not empty.', problem.key);
    case 'notAnS3Uri':
      return vscode.l10n.t(
        '"{0}" is no address of an object: Ground Truth reads s3://bucket/key only.',
        shortened(problem.uri),
      );
    case 'noObject':
      return vscode.l10n.t('"{0}" is a bucket or a folder, and not an object.', shortened(problem.uri));
    case 'wrongExtension':
      return vscode.l10n.t(
        'Workers cannot be shown "{0}" files: the task takes {1}.',
        problem.extension,
        problem.allowed.join(', '),
      );
    case 'percentEncoded':
      return vscode.l10n.t(
        'The key looks percent-encoded. Ground Truth takes it as it stands: there must be an object with the percent sign in its name.',
      );
    case 'duplicateSource':
      return vscode.l10n.t('The same object as on line {0}: it would be labeled twice.', count(problem.firstLine + 1));
    case 'otherRegion':
      return vscode.l10n.t(
        'The bucket "{0}" is in {1}, the job in {2}: Ground Truth cannot read it from there.',
        problem.bucket,
        problem.region,
        problem.wanted,
      );
    case 'unknownRegion':
      return vscode.l10n.t('Nobody knows in which region the bucket "{0}" is.', problem.bucket);
    case 'labelAttributeName':
      return attributeNameText(problem.attribute, problem.problem);
    case 'labelAttributeTooLong':
      return vscode.l10n.t(
        'The name of a label attribute may have {0} characters: "{1}" has more.',
        count(problem.most),
        shortened(problem.attribute),
      );
    case 'alreadyLabeled':
      return vscode.l10n.t('Labeled as "{0}" already: a chained job passes over it.', problem.attribute);
    case 'failedObject':
      return vscode.l10n.t('"{0}" has no label: {1}', problem.attribute, problem.failureReason);
    case 'labelMissing':
      return vscode.l10n.t('There is metadata of "{0}", but no "{0}" itself.', problem.attribute);
    case 'metadataMissing':
      return vscode.l10n.t('"{0}" has no "{0}-metadata": Ground Truth writes both.', problem.attribute);
    case 'metadataNotAnObject':
      return vscode.l10n.t('"{0}-metadata" must be an object.', problem.attribute);
    case 'metadataMemberMissing':
      return vscode.l10n.t(
        '"{0}-metadata" has no "{1}", which Ground Truth writes.',
        problem.attribute,
        problem.member,
      );
    case 'malformedLabel':
      return vscode.l10n.t(
        '"{0}" is not as a label of its type is: "{1}" is missing or wrong.',
        problem.attribute,
        problem.member,
      );
    case 'indexIsText':
      return vscode.l10n.t('The index of a class is a number: "{0}" has it in quotes.', problem.attribute);
    case 'indexIsName':
      return vscode.l10n.t(
        'The label "{0}" is a text: Ground Truth writes the index of the class, and its name as "class-name" of "{0}-metadata".',
        problem.attribute,
      );
    case 'otherMetadataKey':
      return vscode.l10n.t(
        '"{0}" is not read as metadata of "{1}": it must be "{1}-metadata", to the letter.',
        shortened(problem.key),
        problem.attribute,
      );
    case 'noTime':
      return vscode.l10n.t(
        'The "creation-date" of "{0}" is no time: "{1}". Ground Truth writes such as 2026-11-23T10:15:09.217995.',
        problem.attribute,
        shortened(problem.time),
      );
    case 'confidenceOutside':
      return vscode.l10n.t(
        '"{0}" has the confidence {1}: confidences are from 0 to 1.',
        problem.attribute,
        problem.confidence,
      );
    case 'classUnnamed':
      return vscode.l10n.t(
        'Class {0} of "{1}" has no name in the class-map of its metadata.',
        problem.classId,
        problem.attribute,
      );
    case 'confidenceCount':
      return vscode.l10n.t(
        '"{0}" has {1} marks, its metadata {2} confidences: there must be one for each.',
        problem.attribute,
        problem.marks,
        problem.confidences,
      );
    case 'markOutside':
      return vscode.l10n.t('Mark {0} of "{1}" leaves the picture.', problem.mark + 1, problem.attribute);
    case 'spanOutside':
      return vscode.l10n.t('Span {0} of "{1}" ends after the text.', problem.span + 1, problem.attribute);
  }
}

function attributeNameText(attribute: string, problem: LabelAttributeNameProblem): string {
  switch (problem) {
    case 'reserved':
      return vscode.l10n.t('"{0}" is a name of Ground Truth\'s own, and cannot be a label attribute.', attribute);
    case 'metadataSuffix':
      return vscode.l10n.t('"{0}" ends in "-metadata", which a label attribute must not.', attribute);
    case 'refSuffixMissing':
      return vscode.l10n.t('"{0}" must end in "-ref": labels of its type are references to files.', attribute);
    case 'refSuffixForbidden':
      return vscode.l10n.t('"{0}" must not end in "-ref": labels of its type are no references to files.', attribute);
  }
}

const mostShown = 120;

function shortened(text: string): string {
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
}

function count(value: number): string {
  return value.toLocaleString('en');
}

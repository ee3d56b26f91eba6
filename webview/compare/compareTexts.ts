import type {
  ComparedCategory,
  ComparedFilter,
  ComparedSide,
  ComparedStatus,
  LabelRule,
} from '../../src/core/compare/manifestComparison.js';
import { counted } from '../manifest/format.js';

export const statusTexts: { readonly [Status in ComparedStatus]: { readonly text: string; readonly icon: string } } = {
  same: { text: 'Same', icon: 'check' },
  changed: { text: 'Changed', icon: 'diff-modified' },
  onlyHere: { text: 'Only here', icon: 'diff-added' },
  onlyThere: { text: 'Only there', icon: 'diff-removed' },
  withoutSource: { text: 'No source', icon: 'question' },
};

export const filterTexts: { readonly [Status in ComparedFilter['status']]: string } = {
  all: 'All',
  same: 'Same',
  changed: 'Changed',
  onlyHere: 'Only here',
  onlyThere: 'Only there',
  duplicates: 'Duplicates',
  withoutSource: 'No source',
};

export function categoryText(category: ComparedCategory | undefined): string {
  switch (category?.kind) {
    case undefined:
      return '';
    case 'classes':
      return category.names.map((name) => (name === '' ? '(no name)' : name)).join(' + ');
    case 'unlabeled':
      return 'Unlabeled';
    case 'failed':
      return 'Failed';
    case 'noClass':
      return 'No class';
    case 'rest':
      return 'Other classes';
  }
}

/** When a label counts as changed though its classes are the same. */
const ruleTexts: { readonly [Rule in LabelRule]: string } = {
  class: '',
  classes: '',
  marks:
    'Boxes and polygons have changed too where they cannot be paired one to one with an overlap (IoU) of at least 0.5, points and lines where they are more than 5 pixels apart.',
  spans: 'Text spans have changed too where one begins or ends elsewhere.',
  file: 'Of masks and other labels that are files only the classes are compared, not what is in the files.',
  value: 'Other labels have changed too where their values differ.',
};

export function ruleText(rules: readonly LabelRule[]): string {
  const general =
    'A label has changed where it has other classes; unlabeled and failed count as classes, confidence does not count.';
  return [general, ...rules.map((rule) => ruleTexts[rule]).filter((text) => text !== '')].join(' ');
}

/** What somebody should know of one of the manifests before they trust the numbers. */
export function sideHints(where: string, side: ComparedSide): readonly string[] {
  const { objects, attribute, duplicates, withoutSource, brokenLines } = side;
  if (objects === 0) {
    return [`There are no objects ${where}. If it is no manifest, compare with another file.`];
  }
  return [
    attribute === undefined ? `No label attribute ${where}: all of its objects count as unlabeled.` : '',
    duplicates > 0
      ? `${counted(duplicates, 'line', 'lines')} ${where} ${duplicates === 1 ? 'repeats' : 'repeat'} the source of an earlier one: these are paired in their order.`
      : '',
    withoutSource > 0
      ? `${counted(withoutSource, 'object', 'objects')} ${where} without a source cannot be paired with any.`
      : '',
    brokenLines > 0
      ? `${counted(brokenLines, 'line', 'lines')} ${where} cannot be read, and ${brokenLines === 1 ? 'is' : 'are'} left out.`
      : '',
  ].filter((text) => text !== '');
}

import { boxes, picture, single } from '../../../../support/labeledLines.js';
import { linesOf } from '../../../../support/linted.js';
import type { LintCase } from './lintCases.js';

const cat = single(picture('a.jpg'), 'cat');
const { 'lan-metadata': metadata, ...label } = cat;
const withMetadata = (change: object) => ({ ...cat, 'lan-metadata': { ...Object(metadata), ...change } });
const at = (change: object): LintCase['at'] => [0, JSON.stringify(withMetadata(change)['lan-metadata'])];
const twoBoxes = boxes(picture('a.jpg'), [
  { name: 'cat', box: [0, 0, 1, 1] },
  { name: 'cat', box: [1, 1, 1, 1] },
]);
const twoConfidences = { ...Object(twoBoxes['lan-metadata']), objects: [{ confidence: 1 }, { confidence: -0.5 }] };

/** What is nearly as it must be. */
export const nearCases: readonly LintCase[] = [
  {
    name: 'a mistyped key that holds the address of an object',
    manifest: linesOf('{"sorce-ref":"s3://b/k.jpg"}'),
    problem: { kind: 'otherSourceKey', key: 'sorce-ref' },
    at: [0, '"sorce-ref"'],
    fixed: linesOf('{"source-ref":"s3://b/k.jpg"}'),
  },
  {
    name: 'a key like source-ref that holds something else',
    manifest: linesOf('{"sorce-ref":"a picture"}'),
    problem: { kind: 'noSource' },
    at: [0, '{"sorce-ref":"a picture"}'],
  },
  ...['lan-meta', 'lan_metadata', 'lan-metdata', 'lanMetadata'].map((key): LintCase => ({
    name: `metadata under "${key}"`,
    manifest: linesOf({ ...label, [key]: metadata ?? null }),
    problem: { kind: 'otherMetadataKey', key, attribute: 'lan' },
    at: [0, JSON.stringify(key)],
    fixed: linesOf(cat),
  })),
  {
    name: 'a creation date that is no time',
    manifest: linesOf(withMetadata({ 'creation-date': 'yesterday' })),
    problem: { kind: 'noTime', attribute: 'lan', time: 'yesterday' },
    at: at({ 'creation-date': 'yesterday' }),
  },
  {
    name: 'a creation date that is a number',
    manifest: linesOf(withMetadata({ 'creation-date': 1_764_000_000 })),
    problem: { kind: 'noTime', attribute: 'lan', time: '1764000000' },
    at: at({ 'creation-date': 1_764_000_000 }),
  },
  {
    name: 'a confidence above 1',
    manifest: linesOf(withMetadata({ confidence: 7.52 })),
    problem: { kind: 'confidenceOutside', attribute: 'lan', confidence: 7.52 },
    at: at({ confidence: 7.52 }),
  },
  {
    name: 'a confidence below 0 of one of the boxes',
    manifest: linesOf({ ...twoBoxes, 'lan-metadata': twoConfidences }),
    problem: { kind: 'confidenceOutside', attribute: 'lan', confidence: -0.5 },
    at: [0, JSON.stringify(twoConfidences)],
  },
  {
    name: 'the name of a class where its index must be',
    manifest: linesOf({ ...cat, lan: 'cat' }),
    problem: { kind: 'indexIsName', attribute: 'lan' },
    at: [0, '"cat"'],
  },
];

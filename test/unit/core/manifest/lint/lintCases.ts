import type { LintContext } from '../../../../../src/core/manifest/lint/lintContext.js';
import type { LintProblem } from '../../../../../src/core/manifest/lint/lintFinding.js';
import { boxes, failed, mask, multi, picture, single, spans, text } from '../../../../support/labeledLines.js';
import { linesOf } from '../../../../support/linted.js';

/** Each has one problem of a kind, and where it is. */
export interface LintCase {
  readonly name: string;
  readonly manifest: string;
  readonly context?: LintContext;
  readonly problem: LintProblem;
  /** What is underlined, and on which line that begins. */
  readonly at: readonly [line: number, text: string];
  /** The manifest after the fix; there is none where this is not given. */
  readonly fixed?: string;
}

const a = picture('a.jpg');
const b = picture('b.jpg');
const c = picture('c.jpg');
const [lineA, lineB] = [JSON.stringify(a), JSON.stringify(b)];
const tooLong = Object.fromEntries(['source', 'b', 'c', 'd', 'e', 'f'].map((key) => [key, 'x'.repeat(19_000)]));
const images = { taskType: 'ImageMultiClass' } as const;

export const lintCases: readonly LintCase[] = [
  {
    name: 'a byte order mark',
    manifest: `\uFEFF${linesOf(a)}`,
    problem: { kind: 'byteOrderMark' },
    at: [0, ''],
    fixed: linesOf(a),
  },
  {
    name: 'carriage returns, once',
    manifest: `${lineA}\n${lineB}\r\n${JSON.stringify(c)}\r\n`,
    problem: { kind: 'carriageReturns' },
    at: [1, ''],
    fixed: linesOf(a, b, c),
  },
  {
    name: 'a blank line',
    manifest: linesOf(a, ' \t', b),
    problem: { kind: 'blank' },
    at: [1, ' \t'],
    fixed: linesOf(a, b),
  },
  {
    name: 'a line that is cut off, from where it stops making sense',
    manifest: linesOf(a, '{"source-ref":"s3://b/k",,}', b),
    problem: { kind: 'notJson', message: '' },
    at: [1, ',}'],
  },
  { name: 'a text', manifest: linesOf(a, '"s3://b/k"'), problem: { kind: 'notAnObject' }, at: [1, '"s3://b/k"'] },
  {
    name: 'the bracket that begins a list',
    manifest: linesOf('[', a),
    problem: { kind: 'array', objects: 0 },
    at: [0, '['],
    fixed: linesOf(a),
  },
  {
    name: 'a list of objects',
    manifest: `[${lineA}, {"source-ref" : "s3://pictures/b.jpg", "n": 1.50}]\n`,
    problem: { kind: 'array', objects: 2 },
    at: [0, `[${lineA}, {"source-ref" : "s3://pictures/b.jpg", "n": 1.50}]`],
    fixed: linesOf(a, '{"source-ref":"s3://pictures/b.jpg","n":1.50}'),
  },
  {
    name: 'a comma after the object',
    manifest: linesOf(a, `${lineB} , `),
    problem: { kind: 'trailingComma' },
    at: [1, ','],
    fixed: linesOf(a, `${lineB}  `),
  },
  {
    name: 'an object that is spread over lines',
    manifest: `{\n  "source-ref": "s3://pictures/a.jpg",\n  "n": 1.50\n},\n${linesOf(b)}`,
    problem: { kind: 'severalLines', lastLine: 3 },
    at: [0, '{\n  "source-ref": "s3://pictures/a.jpg",\n  "n": 1.50\n},'],
    fixed: linesOf('{"source-ref":"s3://pictures/a.jpg","n":1.50}', b),
  },
  {
    name: 'a key that comes twice',
    manifest: linesOf('{"source":"x","n":1,"n":2}'),
    problem: { kind: 'keyTwice', key: 'n' },
    at: [0, '"n"'],
  },
  {
    name: 'a key that begins with a dollar',
    manifest: linesOf({ ...a, $id: 1 }),
    problem: { kind: 'dollarKey', key: '$id' },
    at: [0, '"$id"'],
  },
  {
    name: 'an attribute that is too long',
    manifest: linesOf({ source: 'x'.repeat(20_001) }),
    problem: { kind: 'attributeTooLong', key: 'source', characters: 20_001 },
    at: [0, `"${'x'.repeat(20_001)}"`],
  },
  {
    name: 'an object without a source',
    manifest: linesOf({ image: 'a' }),
    problem: { kind: 'noSource' },
    at: [0, '{"image":"a"}'],
  },
  {
    name: 'a key that is nearly source-ref',
    manifest: linesOf('{"Source_Ref":"s3://b/k.jpg"}'),
    problem: { kind: 'otherSourceKey', key: 'Source_Ref' },
    at: [0, '"Source_Ref"'],
    fixed: linesOf('{"source-ref":"s3://b/k.jpg"}'),
  },
  {
    name: 'both sources',
    manifest: linesOf({ ...a, source: 'x' }),
    problem: { kind: 'bothSources' },
    at: [0, '"source"'],
  },
  {
    name: 'a text where the task is about pictures',
    manifest: linesOf({ source: 'x' }),
    context: images,
    problem: { kind: 'wrongSourceKey', wanted: 'source-ref' },
    at: [0, '"source"'],
  },
  {
    name: 'a reference where the task is about texts',
    manifest: linesOf(a),
    context: { taskType: 'NamedEntityRecognition' },
    problem: { kind: 'wrongSourceKey', wanted: 'source' },
    at: [0, '"source-ref"'],
  },
  {
    name: 'a reference that is no text',
    manifest: linesOf({ 'source-ref': 7 }),
    problem: { kind: 'sourceNotText', key: 'source-ref' },
    at: [0, '7'],
  },
  {
    name: 'an empty text',
    manifest: linesOf({ source: '' }),
    problem: { kind: 'sourceNotText', key: 'source' },
    at: [0, '""'],
  },
  {
    name: 'a path',
    manifest: linesOf({ 'source-ref': 'a.jpg' }),
    problem: { kind: 'notAnS3Uri', uri: 'a.jpg' },
    at: [0, '"a.jpg"'],
  },
  {
    name: 'a web address of an object',
    manifest: linesOf({ 'source-ref': 'https://bucket.s3.us-west-2.amazonaws.com/my%20k.jpg' }),
    problem: { kind: 'notAnS3Uri', uri: 'https://bucket.s3.us-west-2.amazonaws.com/my%20k.jpg' },
    at: [0, '"https://bucket.s3.us-west-2.amazonaws.com/my%20k.jpg"'],
    fixed: linesOf({ 'source-ref': 's3://bucket/my k.jpg' }),
  },
  {
    name: 'a folder',
    manifest: linesOf({ 'source-ref': 's3://b/f/' }),
    problem: { kind: 'noObject', uri: 's3://b/f/' },
    at: [0, '"s3://b/f/"'],
  },
  {
    name: 'a picture that workers cannot be shown',
    manifest: linesOf(picture('a.TIFF')),
    context: images,
    problem: { kind: 'wrongExtension', extension: '.TIFF', allowed: ['.jpg', '.jpeg', '.png'] },
    at: [0, '"s3://pictures/a.TIFF"'],
  },
  {
    name: 'a key that looks percent-encoded',
    manifest: linesOf(picture('my%20cat.jpg')),
    problem: { kind: 'percentEncoded', uri: 's3://pictures/my%20cat.jpg' },
    at: [0, '"s3://pictures/my%20cat.jpg"'],
  },
  {
    name: 'an object twice, with a fix for the same line',
    manifest: linesOf(a, b, a, c),
    problem: { kind: 'duplicateSource', firstLine: 0 },
    at: [2, '"s3://pictures/a.jpg"'],
    fixed: linesOf(a, b, c),
  },
  {
    name: 'an object twice, without a fix for different lines',
    manifest: linesOf(a, b, { ...a, n: 1 }),
    problem: { kind: 'duplicateSource', firstLine: 0 },
    at: [2, '"s3://pictures/a.jpg"'],
  },
  {
    name: 'a bucket in another region, once',
    manifest: linesOf(a, b),
    context: { region: 'us-east-1', regionOf: () => 'eu-west-1' },
    problem: { kind: 'otherRegion', bucket: 'pictures', region: 'eu-west-1', wanted: 'us-east-1' },
    at: [0, '"s3://pictures/a.jpg"'],
  },
  {
    name: 'a bucket whose region nobody knows',
    manifest: linesOf(a, b),
    context: { region: 'us-east-1', regionOf: () => undefined },
    problem: { kind: 'unknownRegion', bucket: 'pictures' },
    at: [0, '"s3://pictures/a.jpg"'],
  },
  {
    name: 'an attribute that must end with -ref',
    manifest: linesOf(mask(a, 's3://out/0.png')),
    problem: { kind: 'labelAttributeName', attribute: 'lan', problem: 'refSuffixMissing' },
    at: [0, '"lan"'],
  },
  {
    name: 'an attribute whose name is too long',
    manifest: linesOf(JSON.stringify(single(a, 'cat')).replaceAll('"lan', `"${'n'.repeat(128)}`)),
    problem: { kind: 'labelAttributeTooLong', attribute: 'n'.repeat(128), most: 127 },
    at: [0, `"${'n'.repeat(128)}"`],
  },
  {
    name: 'an object that a chained job passes over',
    manifest: linesOf(single(a, 'cat'), b),
    context: { labelAttributeName: 'lan' },
    problem: { kind: 'alreadyLabeled', attribute: 'lan' },
    at: [0, '"lan"'],
  },
  {
    name: 'a failed object',
    manifest: linesOf(failed(a)),
    problem: { kind: 'failedObject', attribute: 'lan', failureReason: 'ClientError: expired.' },
    at: [0, JSON.stringify(failed(a)['lan-metadata'])],
  },
  {
    name: 'metadata without a label',
    manifest: linesOf({ ...a, 'lan-metadata': {} }),
    problem: { kind: 'labelMissing', attribute: 'lan' },
    at: [0, '"lan-metadata"'],
  },
  {
    name: 'metadata that is no object',
    manifest: linesOf({ ...a, lan: 1, 'lan-metadata': 'x' }),
    problem: { kind: 'metadataNotAnObject', attribute: 'lan' },
    at: [0, '"x"'],
  },
  {
    name: 'metadata without a type',
    manifest: linesOf({ ...a, lan: 1, 'lan-metadata': {} }),
    problem: { kind: 'metadataMemberMissing', attribute: 'lan', member: 'type' },
    at: [0, '{}'],
  },
  {
    name: 'a label that is not as it must be',
    manifest: linesOf({ ...boxes(a, []), lan: { annotations: [{ class_id: 0 }] } }),
    problem: { kind: 'malformedLabel', attribute: 'lan', member: 'annotations[0].left' },
    at: [0, '{"annotations":[{"class_id":0}]}'],
  },
  {
    name: 'an index that is a text',
    manifest: linesOf({ ...single(a, 'cat'), lan: '0' }),
    problem: { kind: 'indexIsText', attribute: 'lan' },
    at: [0, '"0"'],
    fixed: linesOf(single(a, 'cat')),
  },
  {
    name: 'a class without a name',
    manifest: linesOf({ ...multi(a, ['cat']), lan: [0, 8] }),
    problem: { kind: 'classUnnamed', attribute: 'lan', classId: '8' },
    at: [0, '[0,8]'],
  },
  {
    name: 'a box that leaves the picture',
    manifest: linesOf(boxes(a, [{ name: 'cat', box: [190, 0, 20, 10] }])),
    problem: { kind: 'markOutside', attribute: 'lan', mark: 0 },
    at: [0, JSON.stringify(boxes(a, [{ name: 'cat', box: [190, 0, 20, 10] }])['lan'])],
  },
  {
    name: 'a span that leaves the text',
    manifest: linesOf(spans(text('😀'), [['Mood', 0, 2]])),
    problem: { kind: 'spanOutside', attribute: 'lan', span: 0 },
    at: [0, JSON.stringify(spans(text('😀'), [['Mood', 0, 2]])['lan'])],
  },
  {
    name: 'a line that is too long',
    manifest: linesOf(tooLong),
    problem: { kind: 'longerThanAllowed', characters: JSON.stringify(tooLong).length },
    at: [0, JSON.stringify(tooLong)],
  },
  {
    name: 'a label without metadata, of the job that is to go on',
    manifest: linesOf({ ...a, lan: 0 }),
    context: { labelAttributeName: 'lan' },
    problem: { kind: 'metadataMissing', attribute: 'lan' },
    at: [0, '"lan"'],
  },
  {
    name: 'another number of confidences than of boxes',
    manifest: linesOf({ ...boxes(a, [{ name: 'cat', box: [0, 0, 1, 1] }]), lan: boxes(a, [])['lan'] }),
    problem: { kind: 'confidenceCount', attribute: 'lan', marks: 0, confidences: 1 },
    at: [0, JSON.stringify(boxes(a, [])['lan'])],
  },
];

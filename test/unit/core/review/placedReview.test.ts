import assert from 'node:assert/strict';
import { ManifestReader } from '../../../../src/core/manifest/manifestReader.js';
import { type ManifestRow, rowOf } from '../../../../src/core/manifest/manifestRows.js';
import { parseObject } from '../../../../src/core/manifest/parseLine.js';
import { objectAt, placeReview } from '../../../../src/core/review/placedReview.js';
import { type Decision, Review } from '../../../../src/core/review/review.js';
import { never, scanned } from '../manifest/scanning.js';

const picture = (name: string, label: string, confidence = 0.9) =>
  `{"source-ref":"s3://b/${name}","pet":1,"pet-metadata":{"class-name":"${label}","confidence":${confidence}}}`;
const text = (source: string) => `{"source":${JSON.stringify(source)},"pet":1,"pet-metadata":{"class-name":"cat"}}`;
const decision: Decision = { verdict: { kind: 'changed', className: 'dog' }, isFlagged: false, comment: '' };
const four = [0, 1, 2, 3].map((number) => picture(`${number}.jpg`, 'cat'));

describe('the decisions of a manifest that changes', () => {
  it('go with their objects when lines are moved', async () => {
    const review = await decidedIn(four, 1, 2);
    assert.deepEqual(await linesIn(review, [...four.slice(1), ...four.slice(0, 1)]), [0, 1]);
    assert.equal(review.lost, 0);
  });

  it('are shown nowhere, and kept, while their objects are gone', async () => {
    const review = await decidedIn(four, 1, 2);
    assert.deepEqual(await linesIn(review, four.toSpliced(1, 1)), [1]);
    assert.deepEqual([review.lost, review.size], [1, 2]);
    assert.deepEqual(await linesIn(review, four), [1, 2]);
  });

  it('are not of a label that says something else, but of one that is only surer', async () => {
    const review = await decidedIn(four, 1, 2);
    const changed = four.with(1, picture('1.jpg', 'fox')).with(2, picture('2.jpg', 'cat', 0.5));
    assert.deepEqual(await linesIn(review, changed), [2]);
  });

  it('are of the same one of several objects with one source', async () => {
    const twice = [...four, picture('1.jpg', 'cat'), picture('1.jpg', 'cat')];
    const review = await decidedIn(twice, 4);
    assert.deepEqual(await linesIn(review, twice.slice(1)), [3]);
    assert.deepEqual(await linesIn(review, [...four.slice(2), ...twice.slice(4)]), [3]);
  });

  it('are of texts, too, however long, and of objects without a source', async () => {
    const long = ['a', 'b'].map((end) => text(`x${'ü'.repeat(200)}${end}`));
    const lines = [...long, text('short'), '{"pet":1}', '{"pet":1,"n":2}'];
    const review = await decidedIn(lines, 1, 2, 4);
    assert.deepEqual(await linesIn(review, ['{"n":0,"source-ref":"s3://b/new"}', ...lines]), [2, 3, 5]);
  });

  it('are not of an object that has come into the place of the one that was shown', async () => {
    const scan = await scanOf([...four, text('a'), '{"pet":1}']);
    const at = (line: number, source: ManifestRow['source']) =>
      objectAt(scan, { line, attribute: 'pet', source }, never).then((object) => object?.source);
    assert.equal(await at(1, { kind: 'object', value: 's3://b/1.jpg' }), 's3://b/1.jpg');
    assert.equal(await at(2, { kind: 'object', value: 's3://b/1.jpg' }), undefined);
    assert.equal(await at(4, { kind: 'object', value: 'a' }), undefined);
    assert.equal(await at(5, { kind: 'text', value: 'a' }), undefined);
    assert.equal(await at(0, undefined), undefined);
    assert.equal(await at(5, undefined), '');
  });
});

async function decidedIn(lines: readonly string[], ...decided: readonly number[]): Promise<Review> {
  const scan = await scanOf(lines);
  const review = new Review();
  for (const line of decided) {
    const { source } = rowOf(line, parseObject(lines[line] ?? ''), 'pet');
    const object = await objectAt(scan, { line, attribute: 'pet', source }, never);
    assert.ok(object, `Line ${line} is another object`);
    review.decide('pet', line, { decision, object });
  }
  return review;
}

async function linesIn(review: Review, lines: readonly string[]): Promise<readonly (number | undefined)[]> {
  await placeReview(await scanOf(lines), review, never);
  return review.decided.map(({ line }) => line);
}

async function scanOf(lines: readonly string[]) {
  const reader = new ManifestReader(await scanned(`${lines.join('\n')}\n`));
  return {
    text: reader.text.bind(reader),
    lines: reader.lines.bind(reader),
    placeOf: reader.placeOf.bind(reader),
    repeatedSources: async () => reader.repeatedSources(),
  };
}

import assert from 'node:assert/strict';
import { ManifestReader } from '../../../../src/core/manifest/manifestReader.js';
import { type Decision, Review } from '../../../../src/core/review/review.js';
import type { ReviewForm } from '../../../../src/core/review/reviewedLine.js';
import { reviewedManifest } from '../../../../src/core/review/reviewedManifest.js';
import { readReviewed } from '../../../../src/core/review/reviewedObject.js';
import { boxes, picture } from '../../../support/labeledLines.js';
import { never, scanned } from '../manifest/scanning.js';

const createdAt = '2026-11-29T10:20:30.000000';
const asAttribute: ReviewForm = { kind: 'attribute', name: 'pet-reviewed' };
const asCopy: ReviewForm = { kind: 'copy', attribute: 'pet' };

const accepted: Decision = { verdict: { kind: 'accepted' }, isFlagged: false, comment: '' };
const changedTo = (className: string): Decision => ({
  verdict: { kind: 'changed', className },
  isFlagged: false,
  comment: '',
});

const label = (id: number, name: string) =>
  `"pet":${id},"pet-metadata":{"class-name":"${name}","confidence":0.51,"type":"groundtruth/image-classification","creation-date":"2026-01-01T00:00:00.000000","human-annotated":"yes","job-name":"labeling-job/pet"}`;
const line = (source: string, rest: string) => `{"source-ref":"s3://b/${source}",${rest}}`;
const manifest = [
  line('0.jpg', label(0, 'cat')),
  'not JSON \u00ff',
  line('2.jpg', `"n":1.50,${label(4, 'dog')}`),
  '',
].join('\n');

describe('a manifest with a review in it', () => {
  it('has the class that was decided in a label attribute of its own, and all else as it was', async () => {
    const { lines, lost } = await reviewed(asAttribute, [2, changedTo('cat')]);
    const [first, second, third = '', end] = lines;
    assert.deepEqual([first, second, end], [...manifest.split('\n').slice(0, 2), '']);
    assert.ok(third.startsWith(`${manifest.split('\n')[2]?.slice(0, -1)},"pet-reviewed":0,`), third);
    const { 'pet-reviewed-metadata': metadata } = JSON.parse(third) as Record<string, unknown>;
    assert.deepEqual(metadata, {
      'class-name': 'cat',
      confidence: 0,
      type: 'groundtruth/image-classification',
      'creation-date': createdAt,
      'human-annotated': 'yes',
      'job-name': 'labeling-job/pet',
      'adjustment-status': 'adjusted',
    });
    assert.equal(lost, 0);
  });

  it('says of an accepted label that it stays, with the confidence that it had', async () => {
    const { lines } = await reviewed(asAttribute, [0, accepted]);
    const { 'pet-reviewed': value, 'pet-reviewed-metadata': metadata } = JSON.parse(lines[0] ?? '') as Labels;
    assert.equal(value, 0);
    assert.deepEqual([metadata['adjustment-status'], metadata['confidence']], ['unadjusted', 0.51]);
  });

  it('has flag and comment in the metadata', async () => {
    const { lines } = await reviewed(asCopy, [2, { isFlagged: true, comment: 'too "dark"' }]);
    const { pet, 'pet-metadata': metadata } = JSON.parse(lines[2] ?? '') as Labels;
    assert.equal(pet, 4);
    const { 'pet-metadata': before } = JSON.parse(manifest.split('\n')[2] ?? '') as Labels;
    assert.deepEqual(metadata, { ...before, 'review-flag': 'yes', 'worker-feedback': [{ comment: 'too "dark"' }] });
  });

  it('is the same where labels were only accepted and a copy was asked for', async () => {
    const { lines, written } = await reviewed(asCopy, [0, accepted]);
    assert.deepEqual([lines.join('\n'), written], [manifest, 0]);
  });

  it('keeps all that an accepted label draws, of one class or of several', async () => {
    const marks = [['dog'], ['cat', 'dog'], []].map((names) =>
      JSON.stringify(
        boxes(
          picture('a.jpg'),
          names.map((name) => ({ name, box: [1, 2, 3, 4] })),
        ),
      ),
    );
    for (const [at, text] of marks.entries()) {
      const { lines } = await reviewed({ kind: 'attribute', name: 'lan-reviewed' }, [at, accepted], {
        attribute: 'lan',
        text: `${marks.join('\n')}\n`,
      });
      const before = JSON.parse(text) as Labels;
      const after = JSON.parse(lines[at] ?? '') as Labels;
      assert.deepEqual(after['lan-reviewed'], before['lan']);
      assert.deepEqual(after['lan-reviewed-metadata'], {
        ...(before['lan-metadata'] as object),
        'creation-date': createdAt,
        'adjustment-status': 'unadjusted',
      });
      const copy = await reviewed({ kind: 'copy', attribute: 'lan' }, [at, accepted], {
        attribute: 'lan',
        text: `${marks.join('\n')}\n`,
      });
      assert.deepEqual(copy.lines.slice(0, -1), marks);
    }
  });

  it('has an object whose labeling failed as a labeled one once its class is told', async () => {
    const text = `${manifest}${JSON.stringify({ 'source-ref': 's3://b/3.jpg', 'pet-metadata': { 'retry-count': 1, 'failure-reason': 'Expired', 'human-annotated': 'true' } })}\n`;
    const { lines } = await reviewed(asAttribute, [3, changedTo('dog')], { text });
    const { 'pet-reviewed': value, 'pet-reviewed-metadata': metadata } = JSON.parse(lines[3] ?? '') as Labels;
    assert.equal(value, 4);
    assert.deepEqual(metadata, {
      'class-name': 'dog',
      confidence: 0,
      type: 'groundtruth/image-classification',
      'creation-date': createdAt,
      'human-annotated': 'yes',
      'adjustment-status': 'adjusted',
    });
  });

  it('gives a class that no label has the number after the others', async () => {
    const { lines } = await reviewed(asCopy, [0, changedTo('bird')]);
    assert.equal((JSON.parse(lines[0] ?? '') as Labels)['pet'], 5);
  });

  it('numbers classes by all labels, also where they are of more classes than a summary has', async () => {
    const labels = Array.from({ length: 420 }, (_, at) =>
      label(at < 400 ? at % 200 : at, `class ${at < 400 ? at % 200 : at}`),
    );
    const text = labels.map((one, at) => `${line(`${at}.jpg`, one)}\n`).join('');
    const idOf = async (className: string) => {
      const { lines } = await reviewed(asCopy, [7, changedTo(className)], { text });
      return (JSON.parse(lines[7] ?? '') as Labels)['pet'];
    };
    assert.deepEqual([await idOf('class 419'), await idOf('a new one'), await idOf('class 3')], [419, 420, 3]);
  });

  it('says nothing in an attribute of its own of the review before', async () => {
    const before = label(0, 'cat').replace(
      '"type"',
      '"review-flag":"yes","worker-feedback":[{"comment":"dim"}],"type"',
    );
    const text = `${line('0.jpg', before)}\n`;
    const marks = async (form: ReviewForm, decision: Decision) => {
      const { lines } = await reviewed(form, [0, decision], { text });
      const { 'pet-metadata': old, 'pet-reviewed-metadata': metadata = old } = JSON.parse(
        lines[0] ?? '',
      ) as Partial<Labels>;
      return [metadata?.['review-flag'], metadata?.['worker-feedback']];
    };
    assert.deepEqual(await marks(asAttribute, accepted), [undefined, undefined]);
    assert.deepEqual(await marks(asCopy, changedTo('dog')), ['yes', [{ comment: 'dim' }]]);
    assert.deepEqual(await marks(asCopy, { ...accepted, comment: 'blue' }), ['yes', [{ comment: 'blue' }]]);
  });

  it('leaves out, and counts, a decision about an object that is no longer there', async () => {
    const { lines, lost } = await reviewed(asCopy, [2, changedTo('cat')], { source: 's3://b/9.jpg' });
    assert.deepEqual([lines.join('\n'), lost], [manifest, 1]);
  });

  it('has an object on one line that was spread over several', async () => {
    const spread = `${manifest.split('\n')[0]?.replace(',', ',\n  ')}\n${line('1.jpg', label(4, 'dog'))}\n`;
    const { lines } = await reviewed(asCopy, [0, changedTo('dog')], { text: spread });
    assert.equal(lines.length, 3);
    assert.equal((JSON.parse(lines[0] ?? '') as Labels)['pet'], 4);
    assert.equal(lines[1], line('1.jpg', label(4, 'dog')));
  });
});

interface Labels {
  readonly [name: string]: unknown;
  readonly 'pet-metadata': Record<string, unknown>;
  readonly 'pet-reviewed-metadata': Record<string, unknown>;
}

interface Reviewed {
  /** Of the object that is decided of, where it is not in the manifest. */
  readonly source?: string;
  readonly text?: string;
  readonly attribute?: string;
}

async function reviewed(
  form: ReviewForm,
  [at, decision]: readonly [number, Decision],
  { source, text = manifest, attribute = 'pet' }: Reviewed = {},
): Promise<{ readonly lines: readonly string[]; readonly written: number; readonly lost: number }> {
  const document = await scanned(text);
  const reader = new ManifestReader(document);
  const scan = {
    summary: async () => ({ ...reader.summary(), lines: document.lines, problems: 0, brokenLines: 0 }),
    lines: reader.lines.bind(reader),
    text: reader.text.bind(reader),
    rawLines: document.readRaw.bind(document),
  };
  const review = new Review();
  const { source: read, said } = readReviewed(await reader.text(at, never), attribute);
  const object = { source: source ?? read?.value ?? '', occurrence: 0, said };
  review.decide(attribute, at, { decision, object });
  const parts = reviewedManifest(scan, review, { form, createdAt, onProgress: () => undefined }, never);
  const bytes: number[] = [];
  for (;;) {
    const part = await parts.next();
    if (part.done === true) {
      return { lines: new TextDecoder().decode(Uint8Array.from(bytes)).split('\n'), ...part.value };
    }
    bytes.push(...part.value);
  }
}

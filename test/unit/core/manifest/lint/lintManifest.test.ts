import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { bytesSource } from '../../../../../src/core/manifest/byteSource.js';
import { lintManifest } from '../../../../../src/core/manifest/lint/lintManifest.js';
import { never } from '../../../../support/exported.js';
import { boxes, custom, mask, multi, picture, single, spans, text, verdict } from '../../../../support/labeledLines.js';
import { fixed, linesOf, lint, textIn } from '../../../../support/linted.js';
import { lintCases } from './lintCases.js';
import { nearCases } from './nearCases.js';

const [a, b, c] = [picture('a.jpg'), picture('b.jpg'), picture('c.jpg')];
const [lineA, lineB] = [JSON.stringify(a), JSON.stringify(b)];

const cases = [...lintCases, ...nearCases];

describe('lintManifest', () => {
  for (const { name, manifest, context, problem, at, fixed: right } of cases) {
    it(`finds ${name}`, async () => {
      const findings = await lint(manifest, context);
      const found = findings.find((finding) => finding.problem.kind === problem.kind);
      assert.ok(found, JSON.stringify(findings));
      assert.deepEqual({ ...found.problem, ...(problem.kind === 'notJson' && { message: '' }) }, problem);
      assert.deepEqual([found.range.startLine, textIn(manifest, found.range)], at);
      assert.equal(findings.filter((finding) => finding.problem.kind === problem.kind).length, 1);
      assert.equal(found.fix === undefined, right === undefined, 'has a fix');
      if (right !== undefined) {
        assert.equal(fixed(manifest, found), right);
        const left = await lint(right, context);
        assert.ok(
          left.every((finding) => finding.problem.kind !== problem.kind),
          JSON.stringify(left),
        );
      }
    });
  }

  it('finds nothing in what Ground Truth writes', async () => {
    const labeled = [
      single(a, 'cat'),
      multi(b, ['cat', 'dog']),
      boxes(c, [{ name: 'cat', box: [0, 0, 200, 100] }]),
      single(text('hello'), 'greeting'),
      spans(text('In May'), [['Date', 3, 6]]),
      verdict(picture('d.jpg'), 'bad'),
      custom(picture('e.jpg'), { any: ['thing'] }),
      JSON.stringify(mask(picture('f.jpg'), 's3://out/0.png')).replaceAll('"lan', '"lan-ref'),
      { 'source-ref': 's3://pictures/cloud.bin', 'source-ref-metadata': { format: 'text/xyz' } },
      picture('g.jpg'),
    ];
    assert.deepEqual(await lint(linesOf(...labeled)), []);
  });

  it('finds what is no UTF-8', async () => {
    const findings = await lint(Buffer.concat([Buffer.from('{"source":"'), Buffer.from('ñ"}\n', 'latin1')]));
    assert.deepEqual(
      findings.map(({ problem, severity }) => [problem.kind, severity]),
      [['notUtf8', 'error']],
    );
  });

  it('finds each line of a list that is spread over lines, and fixes them all', async () => {
    const manifest = `[\n${lineA},\n${lineB}\n]\n`;
    const findings = await lint(manifest);
    assert.deepEqual(
      findings.map(({ problem, range }) => [problem.kind, range.startLine]),
      [
        ['array', 0],
        ['trailingComma', 1],
        ['array', 3],
      ],
    );
    assert.equal(await allFixed(manifest), linesOf(a, b));
  });

  it('tells of the first object too many, once', async () => {
    const lines = Array.from({ length: 20_003 }, (_, index) => `{"source-ref":"s3://pictures/${index}.jpg"}\n`);
    const findings = await lint(lines.join(''), { taskType: 'SemanticSegmentation' });
    assert.deepEqual(
      findings.map(({ problem, range }) => [problem, range.startLine]),
      [[{ kind: 'tooManyObjects', most: 20_000 }, 20_000]],
    );
  });

  it('tells its progress', async () => {
    const bytes = new TextEncoder().encode(linesOf(a, b).repeat(1_250));
    const progress: number[] = [];
    for await (const step of lintManifest(bytesSource(bytes), {}, never)) {
      if (step.kind === 'progress') {
        progress.push(step.lines);
      }
    }
    assert.deepEqual(progress, [1_000, 2_000, 2_500]);
  });

  it('leaves nothing that it has a fix for, and no object out, when all is fixed', async () => {
    const key = fc.integer({ min: 0, max: 20 }).map((number) => `${number} größe 😀.jpg`);
    const object = key.map((name) => JSON.stringify(single(picture(name), 'cat')));
    const spoiled = object.chain((line) =>
      fc.constantFrom(
        line,
        `${line},`,
        `${line} , `,
        '',
        '  ',
        JSON.stringify(JSON.parse(line), undefined, 2),
        `[${line}, ${line.replace('jpg', 'png')}]`,
        line.replace('source-ref', 'source_ref'),
        line.replace('s3://pictures/', 'https://pictures.s3.amazonaws.com/'),
        line.replace('"lan":0', '"lan":"0"'),
      ),
    );
    const lineBreak = fc.constantFrom('\n', '\r\n');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(spoiled, lineBreak), { maxLength: 12 }), fc.boolean(), async (lines, mark) => {
        const manifest = (mark ? '\uFEFF' : '') + lines.map(([line, end]) => line + end).join('');
        const right = await allFixed(manifest);
        const findings = await lint(right);
        assert.deepEqual(
          findings.filter(({ severity }) => severity === 'error'),
          [],
        );
        assert.deepEqual(new Set(keysIn(right)), new Set(keysIn(manifest)));
      }),
    );
  });
});

/** One fix after the other, as somebody who clicks them away would do it. */
async function allFixed(manifest: string): Promise<string> {
  let current = manifest;
  for (;;) {
    const findings = await lint(current);
    const next = findings.find(({ fix }) => fix !== undefined);
    if (!next) {
      return current;
    }
    current = fixed(current, next);
  }
}

function keysIn(manifest: string): readonly string[] {
  return manifest.match(/[0-9]+ größe 😀\.(?:jpg|png)/gu) ?? [];
}

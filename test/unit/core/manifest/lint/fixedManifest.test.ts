import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Failure } from '../../../../../src/core/failure.js';
import { bytesSource } from '../../../../../src/core/manifest/byteSource.js';
import { fixedDocument } from '../../../../../src/core/manifest/lint/fixedDocument.js';
import { fixedManifest } from '../../../../../src/core/manifest/lint/fixedManifest.js';
import type { LintKind } from '../../../../../src/core/manifest/lint/lintReport.js';
import { randomText } from '../../../../support/brokenManifests.js';
import { never } from '../../../../support/exported.js';
import { picture } from '../../../../support/labeledLines.js';
import { applied, linesOf, lint } from '../../../../support/linted.js';
import { lintCases } from './lintCases.js';
import { nearCases } from './nearCases.js';

const [a, b] = [picture('a.jpg'), picture('b.jpg')];
const lineA = JSON.stringify(a);

const cases = [...lintCases, ...nearCases];

describe('fixedManifest', () => {
  for (const { name, manifest, context, problem, fixed } of cases) {
    it(`${fixed === undefined ? 'leaves' : 'makes right'} ${name}`, async () => {
      const { text, fixes } = await copied(manifest, [problem.kind], context);
      assert.equal(text, fixed ?? manifest);
      assert.equal(fixes > 0, fixed !== undefined);
    });
  }

  it('keeps what it has no fix for to the last byte', async () => {
    const manifest = Buffer.concat([
      Buffer.from(`\uFEFF {"a" : 1 }\r\n\r\n${lineA} ,\r\n{"ñ`),
      Buffer.from([0xff, 0x0d]),
    ]);
    const { bytes } = await copied(manifest, ['trailingComma']);
    assert.deepEqual(bytes.toString('latin1'), manifest.toString('latin1').replace(' ,', ' '));
  });

  it('fixes all at once', async () => {
    const manifest = `\uFEFF[\r\n${lineA},\r\n\r\n{\r\n "source-ref": "s3://pictures/b.jpg"\r\n},\r\n${lineA}\r\n]`;
    assert.deepEqual(await copied(manifest), {
      bytes: Buffer.from(linesOf(a, b)),
      text: linesOf(a, b),
      fixes: 8,
    });
  });

  it('makes no copy where a line cannot be read', async () => {
    const manifest = Buffer.alloc(17 * 1024 * 1024, 'x');
    await assert.rejects(copied(manifest), (error) => Failure.is(error, 'manifest.lineTooLong'));
  });

  it('leaves nothing that there is a fix for, also in an editor, and then has nothing more to do', async () => {
    await fc.assert(
      fc.asyncProperty(randomText, fc.constantFrom(undefined, ...kinds), async (text, kind) => {
        const only = kind && [kind];
        const inEditor = applied(text, fixedDocument(text.split('\n'), {}, only && new Set(only)));
        const left = (await lint(inEditor)).filter(({ fix, problem }) => fix && (!kind || problem.kind === kind));
        assert.deepEqual(left, []);
        assert.deepEqual(fixedDocument(inEditor.split('\n'), {}, only && new Set(only)), []);
      }),
      { numRuns: 300 },
    );
  });
});

const kinds: readonly LintKind[] = [
  'blank',
  'trailingComma',
  'severalLines',
  'array',
  'duplicateSource',
  'indexIsText',
];

async function copied(manifest: string | Uint8Array, only?: readonly LintKind[], context = {}) {
  const source = bytesSource(typeof manifest === 'string' ? new TextEncoder().encode(manifest) : manifest);
  const options = { context, location: 'a', ...(only && { kinds: new Set(only) }) };
  const parts = fixedManifest(source, options, never);
  const bytes: Uint8Array[] = [];
  for (;;) {
    const part = await parts.next();
    if (part.done === true) {
      const whole = Buffer.concat(bytes);
      return { bytes: whole, text: whole.toString('utf8'), fixes: part.value.fixes };
    }
    bytes.push(part.value);
  }
}

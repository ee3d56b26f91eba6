import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { severities } from '../../../src/core/manifest/lint/lintFinding.js';
import type { LintKind } from '../../../src/core/manifest/lint/lintReport.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { linesOf, lint } from '../../support/linted.js';
import { lintCases } from '../core/manifest/lint/lintCases.js';
import { nearCases } from '../core/manifest/lint/nearCases.js';

const kinds = Object.keys(severities) as readonly LintKind[];

const cases = [...lintCases, ...nearCases];

describe('a problem of a manifest', () => {
  before(fakeVscode);

  it('is explained, where its code leads to', async () => {
    const { explainedIn } = await import('../../../src/host/lint/explained.js');
    const { Uri } = await import('vscode');
    const explained = explainedIn(Uri.file('media/manifestProblems.md'));
    const lines = readFileSync('media/manifestProblems.md', 'utf8').split('\n');
    for (const kind of kinds) {
      const line = Number(explained(kind).fragment.slice(1));
      assert.equal(lines[line - 1], `## \`${kind}\``);
      assert.match(lines[line + 1] ?? '', /^\S.*\.$/u);
    }
  });

  it('that can be fixed has a name for its fix, and no other', async () => {
    const { fixText } = await import('../../../src/host/lint/fixText.js');
    const fixable = new Set(cases.filter(({ fixed }) => fixed !== undefined).map(({ problem }) => problem.kind));
    assert.deepEqual(
      kinds.filter((kind) => fixText(kind) !== undefined),
      kinds.filter((kind) => fixable.has(kind)),
    );
  });

  it('is told in a sentence', async () => {
    const { findingText } = await import('../../../src/host/lint/findingText.js');
    for (const { manifest, context } of cases) {
      for (const { problem } of await lint(manifest, context)) {
        assert.doesNotMatch(findingText(problem), /undefined|\{\d\}/u);
      }
    }
  });

  it('is told in the words of the manifest editor, where both speak of it', async () => {
    const { findingText } = await import('../../../src/host/lint/findingText.js');
    const { problemText } = await import('../../../webview/manifest/format.js');
    const shared: ReadonlySet<string> = new Set([
      'notJson',
      'notAnObject',
      'longerThanAllowed',
      'severalLines',
      'trailingComma',
    ]);
    const found = await Promise.all(cases.map(({ manifest, context }) => lint(manifest, context)));
    const problems = found.flat().map(({ problem }) => problem);
    assert.deepEqual((await lint(linesOf('7')))[0]?.problem, { kind: 'notAnObject' });
    for (const problem of problems.filter(({ kind }) => shared.has(kind))) {
      assert.equal(findingText(problem), problemText(problem as Parameters<typeof problemText>[0]));
    }
  });
});

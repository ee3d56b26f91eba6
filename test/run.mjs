// npm test: installs what is missing, runs every suite (or those that are named: `npm test -- unit page`), goes on after
// one fails, and ends with the figures of all. It runs before anything is installed, so it needs nothing but Node 20.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { findNode, installDependencies, isWindows, root } from './host/dependencies.mjs';
import { installTools } from './host/systemTools.mjs';

const suiteTimeoutMs = 30 * 60_000;

/**
 * Every suite is a script of package.json. A check passes or fails as a whole; tests are counted one by one.
 * @typedef {{ name: string, script: string, kind: 'check' | 'tests', tools?: import('./host/systemTools.mjs').Tool[] }} Suite
 * @type {readonly Suite[]}
 */
const suites = [
  { name: 'format', script: 'format:check', kind: 'check' },
  { name: 'lint', script: 'lint', kind: 'check' },
  { name: 'types', script: 'types', kind: 'check' },
  { name: 'unused', script: 'unused', kind: 'check' },
  { name: 'unit', script: 'test:unit', kind: 'tests' },
  { name: 'build', script: 'build', kind: 'check' },
  { name: 'contract', script: 'test:contract', kind: 'tests', tools: ['aws', 'boto3'] },
  { name: 'page', script: 'test:page', kind: 'tests', tools: ['chromium'] },
  { name: 'host', script: 'test:host', kind: 'tests', tools: ['chromium'] },
  { name: 'e2e', script: 'test:e2e', kind: 'tests', tools: ['chromium'] },
];

/** @typedef {{ passed: number, failed: number, note?: string }} Result */

const scratch = mkdtempSync(join(tmpdir(), 'ground-truth-test-'));
try {
  process.exitCode = main(process.argv.slice(2));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** @param {readonly string[]} names */
function main(names) {
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    console.error(
      `There is no suite "${unknown.join('", "')}". There are: ${suites.map(({ name }) => name).join(', ')}.`,
    );
    return 1;
  }
  const chosen = names.length === 0 ? suites : suites.filter(({ name }) => names.includes(name));
  installDependencies();
  findNode({ major: 22, minor: 13 }); // npm puts it first on the path of the scripts below; here it must only exist.
  const missing = installTools(new Set(chosen.flatMap(({ tools = [] }) => tools)));

  const results = [];
  for (const suite of chosen) {
    console.log(`\n════ ${suite.name} ${'═'.repeat(Math.max(0, 70 - suite.name.length))}`);
    const startedAt = Date.now();
    const lacking = (suite.tools ?? []).filter((tool) => missing.has(tool));
    const result = lacking.length > 0 ? { passed: 0, failed: 1, note: `needs ${lacking.join(', ')}` } : runSuite(suite);
    results.push({ name: suite.name, seconds: (Date.now() - startedAt) / 1_000, ...result });
  }
  return report(results);
}

/** @param {Suite} suite @returns {Result} */
function runSuite({ name, script, kind }) {
  const file = join(scratch, `${name}.json`);
  // The host suite runs Mocha inside VS Code, where the same reporter is built in.
  const options = ['--reporter=test/support/reporter.cjs', '--forbid-only', '--forbid-pending'];
  const isMochaCommand = kind === 'tests' && name !== 'host';
  const { status, signal } = spawnSync(
    'npm',
    ['run', '--silent', script, ...(isMochaCommand ? ['--', ...options] : [])],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, TEST_RESULT_FILE: file },
      timeout: suiteTimeoutMs,
      shell: isWindows,
    },
  );
  const isClean = status === 0;
  const end = signal === null ? `exit code ${status}` : `ended by ${signal}`;
  if (kind === 'check') {
    return isClean ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, note: end };
  }
  // Mocha writes the figures at its end: without them it was cut short, whatever the exit code says.
  if (!existsSync(file)) {
    return { passed: 0, failed: 1, note: `${end} before it could report` };
  }
  /** @type {Result} */
  const { passed, failed } = JSON.parse(readFileSync(file, 'utf8'));
  if (passed + failed === 0) {
    return { passed, failed: 1, note: 'it has no tests' };
  }
  return isClean || failed > 0 ? { passed, failed } : { passed, failed: 1, note: end };
}

/** @param {readonly (Result & { name: string, seconds: number })[]} results */
function report(results) {
  console.log(`\n${'suite'.padEnd(10)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'seconds'.padStart(9)}`);
  for (const { name, passed, failed, seconds, note = '' } of results) {
    const figures = [passed, failed].map((figure) => String(figure).padStart(8)).join('');
    console.log(`${name.padEnd(10)}${figures}${seconds.toFixed(1).padStart(9)}  ${note}`);
  }
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

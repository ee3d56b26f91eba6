import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { format } from 'node:util';
import Mocha from 'mocha';
import CountingReporter from '../../support/reporter.cjs';

/**
 * VS Code loads this file in its extension host and calls `run`: the desktop's through `desktop.ts`, the web workbench's
 * through `run.ts`. To resolve is exit code 0, to reject is 1.
 */
export async function run(): Promise<void> {
  // The console of the extension host does not fill in `%s`; the mark tells Mocha's lines from VS Code's own.
  const mark = process.env['TEST_LINE_MARK'] ?? '';
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => console.log(mark + format(...args));

  const grep = process.env['TEST_GREP'];
  const mocha = new Mocha({
    ui: 'bdd',
    color: false,
    timeout: 30_000,
    slow: 2_000,
    forbidOnly: true,
    forbidPending: true,
    reporter: CountingReporter,
    ...(grep && { grep }),
  });
  for (const file of readdirSync(__dirname)) {
    if (file.endsWith('.test.js')) {
      mocha.addFile(join(__dirname, file));
    }
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) {
    throw new Error(`${failures} tests failed.`);
  }
}

// Runs the suite inside the extension host of a real VS Code, whose workbench is opened in Chromium.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { root } from './dependencies.mjs';
import { startVSCodeServer, type VSCodeServer } from './vscodeServer.js';

const timeoutMs = 300_000;
const reportTimeoutMs = 3_000;
const mark = '\u2063mocha\u2063';
const isVerbose = process.env['VERBOSE'] !== undefined;

const scratch = mkdtempSync(join(tmpdir(), 'ground-truth-host-'));
const workspace = join(scratch, 'workspace');
const resultFile = process.env['TEST_RESULT_FILE'] ?? join(scratch, 'result.json');
mkdirSync(workspace);

void main();

async function main(): Promise<void> {
  try {
    await using server = await startVSCodeServer({
      withDriver: true, // Without it the payload below is ignored, and nothing would run.
      env: { TEST_LINE_MARK: mark, TEST_RESULT_FILE: resultFile },
    });
    await using browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1_280, height: 800 } });
    await runSuite(server, page);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function runSuite(server: VSCodeServer, page: Page): Promise<void> {
  const finished = Promise.withResolvers<number>();
  // Both names are VS Code's own, and must be there before the workbench is.
  await page.exposeFunction('codeAutomationExit', (code: number) => finished.resolve(code));
  await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => printMochasLines(args));
  page.once('crash', () => finished.reject(new Error("The workbench's page crashed.")));
  const timer = setTimeout(() => finished.reject(new Error(`No result within ${timeoutMs} ms.`)), timeoutMs);

  await page.goto(
    server.url(workspace, {
      extensionDevelopmentPath: server.remoteUri(root),
      extensionTestsPath: server.remoteUri(join(root, 'out', 'host', 'index.js')),
    }),
  );
  // VS Code starts a new extension host for one that died, and never reports; one that is done also ends.
  void server.extensionHostEnded.then(() => setTimeout(() => finished.resolve(1), reportTimeoutMs));
  const code = await finished.promise;
  clearTimeout(timer);
  // One that was killed may even be reported as 0: only the figures that the suite writes at its end prove that it ran.
  if (!existsSync(resultFile)) {
    throw new Error(`The extension host ended (code ${code}) before the suite did.`);
  }
  const { passed, failed } = JSON.parse(readFileSync(resultFile, 'utf8')) as { passed: number; failed: number };
  if (code !== 0 || failed > 0 || passed === 0) {
    throw new Error(`The suite in VS Code failed: ${passed} passed, ${failed} failed, exit code ${code}.`);
  }
}

function printMochasLines(args: readonly unknown[]): void {
  const text = args.join(' ');
  if (text.startsWith(mark) || isVerbose) {
    console.log(text.replaceAll(mark, ''));
  }
}

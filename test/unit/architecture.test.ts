import { build } from 'esbuild';

// What pages share with the extension host must run in both: a bare import of Node or vscode fails these builds.
describe('architecture', () => {
  for (const folder of ['core', 'protocol']) {
    it(`src/${folder} needs neither vscode nor Node`, async () => {
      await build({
        entryPoints: [`src/${folder}/**/*.ts`],
        bundle: true,
        platform: 'neutral',
        mainFields: ['module', 'main'],
        alias: { liquidjs: 'liquidjs/dist/liquid.browser.mjs' }, // As in esbuild.mjs.
        write: false,
        outdir: 'unused',
        logLevel: 'silent',
      });
    });
  }
});

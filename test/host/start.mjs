// npm start: builds the extension and opens it, with its walkthrough, in a real VS Code: the desktop's if `code` is on
// the path, otherwise (or with --web) VS Code in the browser. Ctrl+C stops all that it started.
//   --web         the browser, even if `code` is there
//   --port 3000   the browser's port; another one if it is taken
//   --no-open     only print the address
import process from 'node:process';
import { parseArgs } from 'node:util';
import { installDependencies } from './dependencies.mjs';
import { build, prepareLab } from './lab.mjs';
import { hasDesktop, openDesktop } from './startDesktop.mjs';
import { openInBrowser } from './startInBrowser.mjs';

const { values } = parseArgs({
  options: {
    web: { type: 'boolean', default: false },
    port: { type: 'string', default: '3000' },
    'no-open': { type: 'boolean', default: false },
  },
});

try {
  installDependencies();
  build();
  prepareLab();
  if (!values.web && hasDesktop()) {
    await openDesktop();
  } else {
    await openInBrowser({ port: Number(values.port), isShown: !values['no-open'] });
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

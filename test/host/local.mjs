// npm run local: Local Ground Truth alone, for the AWS CLI, boto3 or an SDK. It prints one line of JSON when it is ready.
// Arguments go through: npm run local -- --data DIR --port 4566
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { installDependencies, root } from './dependencies.mjs';
import { build, findServerNode, lab, prepareLab } from './lab.mjs';

const args = process.argv.slice(2);
try {
  installDependencies();
  build();
  prepareLab();
  const hasFolder = args.some((arg) => arg === '--data' || arg.startsWith('--data='));
  const server = spawn(
    findServerNode(),
    [join(root, 'dist', 'local', 'server.js'), ...(hasFolder ? [] : ['--data', lab.data]), ...args],
    { stdio: 'inherit' },
  );
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => server.kill(signal));
  }
  server.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

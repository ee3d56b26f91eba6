// npm run local: Local Ground Truth alone, for the AWS CLI, boto3 or an SDK. It prints one line of JSON when it is ready.
// Arguments go through: npm run local -- --data DIR --port 4566
//   --env   starts nothing: prints what a shell needs for the one that runs. eval "$(npm run --silent local -- --env)"
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { installDependencies, root } from './dependencies.mjs';
import { build, findServerNode, lab, prepareLab } from './lab.mjs';
import { runningServer } from './runningServer.mjs';

const args = process.argv.slice(2);
try {
  if (args.includes('--env')) {
    await printEnvironment();
  } else {
    start();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function start() {
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
}

async function printEnvironment() {
  const options = /** @type {const} */ ({ env: { type: 'boolean' }, data: { type: 'string', default: lab.data } });
  const { data } = parseArgs({ args, options }).values;
  const server = await runningServer(data);
  if (!server) {
    throw new Error(`No Local Ground Truth runs on "${data}". Start it in another terminal: npm run local`);
  }
  const variables = {
    AWS_ACCESS_KEY_ID: server.accessKeyId,
    AWS_SECRET_ACCESS_KEY: server.secretAccessKey,
    AWS_DEFAULT_REGION: server.region,
    AWS_ENDPOINT_URL: server.endpoint,
  };
  for (const [name, value] of Object.entries(variables)) {
    console.log(`export ${name}='${value}'`);
  }
}

import assert from 'node:assert/strict';
import { rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { functionArn, FunctionLab } from '../../../support/functionLab.js';

describe('the functions on this machine', () => {
  let lab: FunctionLab;
  beforeEach(async () => {
    lab = await FunctionLab.open();
  });
  afterEach(async () => lab.close());

  const modules: readonly { readonly name: string; readonly file?: string; readonly code: string }[] = [
    { name: 'a module', code: 'export const handler = (event) => ({ got: event.x });' },
    {
      name: 'a module whose handler takes its time',
      code: 'export async function handler(event) { return { got: event.x }; }',
    },
    { name: 'a default export', code: 'export default (event) => ({ got: event.x });' },
    { name: 'a CommonJS module', file: 'mine.cjs', code: 'exports.handler = (event) => ({ got: event.x });' },
    {
      name: 'what a CommonJS module makes',
      file: 'mine.cjs',
      code: 'const own = {}; own.handler = (e) => ({ got: e.x }); module.exports = own;',
    },
  ];
  for (const { name, file, code } of modules) {
    it(`may be ${name}`, async () => {
      await lab.useModule(code, file);
      assert.equal(lab.functions.has(functionArn), true);
      assert.deepEqual(await lab.functions.invoke(functionArn, { x: [1, 'ü'] }), { got: [1, 'ü'] });
    });
  }

  it('are told who they are and how long they have, and can read objects and find the server', async () => {
    await lab.useModule(`export const handler = async (event, context) => ({
      arn: context.invokedFunctionArn,
      hasTime: context.getRemainingTimeInMillis() > 0 && context.getRemainingTimeInMillis() <= 60_000,
      payload: JSON.parse(await context.readObject('s3://test/payload.json')),
      missing: await context.readObject('s3://test/none').catch((error) => error.message),
      endpoint: process.env.AWS_ENDPOINT_URL,
    });`);
    assert.deepEqual(await lab.functions.invoke(functionArn, {}), {
      arn: functionArn,
      hasTime: true,
      payload: [{ datasetObjectId: '0' }],
      missing: 'The specified key does not exist.',
      endpoint: 'http://127.0.0.1:1',
    });
  });

  it('read objects where those of the job are that they are called for', async () => {
    await lab.useModule(
      `export const handler = async (event, context) => String(await context.readObject('s3://test/where'));`,
    );
    const storages = [undefined, 'storage-1', 'storage-2', undefined];
    const answers = await Promise.all(storages.map((storage) => lab.functions.invoke(functionArn, {}, storage)));
    assert.deepEqual(answers, ['here', 'storage-1', 'storage-2', 'here']);
  });

  it('answer many calls at once, each its own', async () => {
    await lab.useModule('export const handler = async ({ n }) => { await null; return { n }; };');
    const numbers = Array.from({ length: 40 }, (_, n) => n);
    const answers = await Promise.all(numbers.map(async (n) => lab.functions.invoke(functionArn, { n })));
    assert.deepEqual(
      answers,
      numbers.map((n) => ({ n })),
    );
  });

  it('have what they print in the log', async () => {
    await lab.useModule('export const handler = () => { console.log("seen"); return null; };');
    await lab.functions.invoke(functionArn, {});
    while (!lab.log.includes(`function ${functionArn}: seen`)) {
      await new Promise((done) => {
        setImmediate(done);
      });
    }
  });

  it('are those of the file as it is now', async () => {
    await lab.useModule('export const handler = () => 1;');
    assert.equal(await lab.functions.invoke(functionArn, {}), 1);
    await lab.useModule('export const handler = () => 2;');
    await utimes(join(lab.folder, 'mine.mjs'), new Date(), new Date(Date.now() + 5_000)); // Some clocks are coarse.
    assert.equal(await lab.functions.invoke(functionArn, {}), 2);
    await writeFile(join(lab.folder, 'functions.json'), '{}');
    assert.equal(lab.functions.has(functionArn), false);
  });

  const failures: readonly { readonly name: string; readonly code: string; readonly message: RegExp }[] = [
    { name: 'throws', code: 'export const handler = () => { throw new Error("no idea"); };', message: /^no idea$/u },
    { name: 'rejects', code: 'export const handler = async () => { throw "text"; };', message: /^text$/u },
    {
      name: 'ends its process',
      code: 'export const handler = () => process.exit(3);',
      message: /^it ended its own thread$/u,
    },
    {
      name: 'throws when nobody listens',
      code: 'export const handler = () => new Promise(() => setImmediate(() => { throw new Error("later"); }));',
      message: /^later$/u,
    },
    {
      name: 'answers what is no JSON',
      code: 'export const handler = () => ({ n: 1n });',
      message: /BigInt/u,
    },
    {
      name: 'answers more than 6 MB',
      code: 'export const handler = () => "x".repeat(7_000_000);',
      message: /larger than 6 MB/u,
    },
  ];
  for (const { name, code, message } of failures) {
    it(`fail one call where the module ${name}, and can be called again`, async () => {
      await lab.useModule(`let calls = 0; ${code.replace('export const handler', 'const run')}
        export const handler = (event) => (event.ok ? 'ok' : run());`);
      await assert.rejects(lab.functions.invoke(functionArn, {}), { name: 'FunctionFailure', message });
      assert.equal(await lab.functions.invoke(functionArn, { ok: true }), 'ok');
    });
  }

  it('are ended when they take too long, be it in an endless loop', async () => {
    await lab.useModule(`export const handler = async (event, { readObject }) => {
      if (event.ok) return 'ok';
      await readObject('s3://test/started');
      for (;;);
    };`);
    const call = assert.rejects(lab.functions.invoke(functionArn, {}), {
      name: 'FunctionFailure',
      message: 'it took longer than 60 seconds',
    });
    await lab.started;
    lab.clock.advance(60_000);
    await call;
    assert.equal(await lab.functions.invoke(functionArn, { ok: true }), 'ok');
  });

  it('are broken off when the server ends, which is no failure of theirs', async () => {
    await lab.useModule(`export const handler = async (event, { readObject }) => {
      await readObject('s3://test/started');
      for (;;);
    };`);
    const call = assert.rejects(lab.functions.invoke(functionArn, {}), { name: 'Error', message: 'The server ends.' });
    await lab.started;
    lab.functions.stop();
    await call;
  });

  it('are all broken off when the server ends, those too that wait for their turn', async () => {
    await lab.useModule(`export const handler = async (event, { readObject }) => {
      await readObject('s3://test/started');
      for (;;);
    };`);
    const calls = Array.from({ length: 6 }, async () => lab.functions.invoke(functionArn, {}));
    const ends = Promise.allSettled(calls);
    await lab.started;
    lab.functions.stop();
    const reasons = (await ends).map((end) => end.status === 'rejected' && String(end.reason));
    assert.deepEqual(new Set(reasons), new Set(['Error: The server ends.']));
  });

  const absent: readonly { readonly name: string; readonly code: string; readonly message: RegExp }[] = [
    { name: 'is no JavaScript', code: 'export const = ;', message: /mine\.mjs" cannot be loaded: / },
    { name: 'throws as it is loaded', code: 'throw new Error("not today");', message: /cannot be loaded: not today$/u },
    { name: 'has no handler', code: 'export const handle = 1;', message: /it exports no function "handler"$/u },
  ];
  for (const { name, code, message } of absent) {
    it(`are not there where the module ${name}`, async () => {
      await lab.useModule(code);
      await assert.rejects(lab.functions.invoke(functionArn, {}), { name: 'FunctionUnavailable', message });
    });
  }

  it('are not there where the module is missing', async () => {
    await lab.useModule('');
    await rm(join(lab.folder, 'mine.mjs'));
    await assert.rejects(lab.functions.invoke(functionArn, {}), {
      name: 'FunctionUnavailable',
      message: /cannot be read: ENOENT/u,
    });
  });
}).timeout(20_000); // Each starts threads.

import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LocalFunctions } from '../../../../src/local/functions/localFunctions.js';
import { FakeClock } from '../../../support/fakeClock.js';

const arn = 'arn:aws:lambda:us-east-1:111122223333:function:mine';
const program = fileURLToPath(new URL('../../../../src/local/functions/functionThread.ts', import.meta.url));

describe('the functions on this machine', () => {
  let folder: string;
  let clock: FakeClock;
  let functions: LocalFunctions;
  let log: string[];
  /** Resolves when a function has asked for the object `s3://test/started`. */
  let started: Promise<unknown>;
  let server: Server | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'functions-'));
    clock = new FakeClock();
    log = [];
    const signs = new EventEmitter();
    started = once(signs, 'started');
    functions = new LocalFunctions({
      file: join(folder, 'functions.json'),
      program,
      environment: () => ({ AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }),
      async readObject(uri) {
        if (uri === 's3://test/started') {
          signs.emit('started');
          return Buffer.from('');
        }
        if (uri === 's3://test/payload.json') {
          return Buffer.from('[{"datasetObjectId":"0"}]');
        }
        throw new Error('The specified key does not exist.');
      },
      clock,
      log: (line) => void log.push(line),
    });
  });

  afterEach(async () => {
    functions.stop();
    server?.closeAllConnections();
    server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function useModule(code: string, name = 'mine.mjs'): Promise<void> {
    await writeFile(join(folder, name), code);
    await writeFile(join(folder, 'functions.json'), JSON.stringify({ [arn]: { module: `./${name}` } }));
  }

  async function useServer(listener: RequestListener): Promise<string> {
    server = createServer(listener);
    await new Promise<void>((done) => {
      server?.listen(0, '127.0.0.1', done);
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/here`;
    await writeFile(join(folder, 'functions.json'), JSON.stringify({ [arn]: { url } }));
    return url;
  }

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
      await useModule(code, file);
      assert.equal(functions.has(arn), true);
      assert.deepEqual(await functions.invoke(arn, { x: [1, 'ü'] }), { got: [1, 'ü'] });
    });
  }

  it('are told who they are and how long they have, and can read objects and find the server', async () => {
    await useModule(`export const handler = async (event, context) => ({
      arn: context.invokedFunctionArn,
      hasTime: context.getRemainingTimeInMillis() > 0 && context.getRemainingTimeInMillis() <= 60_000,
      payload: JSON.parse(await context.readObject('s3://test/payload.json')),
      missing: await context.readObject('s3://test/none').catch((error) => error.message),
      endpoint: process.env.AWS_ENDPOINT_URL,
    });`);
    assert.deepEqual(await functions.invoke(arn, {}), {
      arn,
      hasTime: true,
      payload: [{ datasetObjectId: '0' }],
      missing: 'The specified key does not exist.',
      endpoint: 'http://127.0.0.1:1',
    });
  });

  it('answer many calls at once, each its own', async () => {
    await useModule('export const handler = async ({ n }) => { await null; return { n }; };');
    const numbers = Array.from({ length: 40 }, (_, n) => n);
    const answers = await Promise.all(numbers.map(async (n) => functions.invoke(arn, { n })));
    assert.deepEqual(
      answers,
      numbers.map((n) => ({ n })),
    );
  });

  it('have what they print in the log', async () => {
    await useModule('export const handler = () => { console.log("seen"); return null; };');
    await functions.invoke(arn, {});
    while (!log.includes(`function ${arn}: seen`)) {
      await new Promise((done) => {
        setImmediate(done);
      });
    }
  });

  it('are those of the file as it is now', async () => {
    await useModule('export const handler = () => 1;');
    assert.equal(await functions.invoke(arn, {}), 1);
    await useModule('export const handler = () => 2;');
    await utimes(join(folder, 'mine.mjs'), new Date(), new Date(Date.now() + 5_000)); // Some clocks are coarse.
    assert.equal(await functions.invoke(arn, {}), 2);
    await writeFile(join(folder, 'functions.json'), '{}');
    assert.equal(functions.has(arn), false);
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
      await useModule(`let calls = 0; ${code.replace('export const handler', 'const run')}
        export const handler = (event) => (event.ok ? 'ok' : run());`);
      await assert.rejects(functions.invoke(arn, {}), { name: 'FunctionFailure', message });
      assert.equal(await functions.invoke(arn, { ok: true }), 'ok');
    });
  }

  it('are ended when they take too long, be it in an endless loop', async () => {
    await useModule(`export const handler = async (event, { readObject }) => {
      if (event.ok) return 'ok';
      await readObject('s3://test/started');
      for (;;);
    };`);
    const call = assert.rejects(functions.invoke(arn, {}), {
      name: 'FunctionFailure',
      message: 'it took longer than 60 seconds',
    });
    await started;
    clock.advance(60_000);
    await call;
    assert.equal(await functions.invoke(arn, { ok: true }), 'ok');
  });

  it('are broken off when the server ends, which is no failure of theirs', async () => {
    await useModule(`export const handler = async (event, { readObject }) => {
      await readObject('s3://test/started');
      for (;;);
    };`);
    const call = assert.rejects(functions.invoke(arn, {}), { name: 'Error', message: 'The server ends.' });
    await started;
    functions.stop();
    await call;
  });

  it('are all broken off when the server ends, those too that wait for their turn', async () => {
    await useModule(`export const handler = async (event, { readObject }) => {
      await readObject('s3://test/started');
      for (;;);
    };`);
    const calls = Array.from({ length: 6 }, async () => functions.invoke(arn, {}));
    const ends = Promise.allSettled(calls);
    await started;
    functions.stop();
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
      await useModule(code);
      await assert.rejects(functions.invoke(arn, {}), { name: 'FunctionUnavailable', message });
    });
  }

  it('are not there where the module is missing', async () => {
    await useModule('');
    await rm(join(folder, 'mine.mjs'));
    await assert.rejects(functions.invoke(arn, {}), {
      name: 'FunctionUnavailable',
      message: /cannot be read: ENOENT/u,
    });
  });

  it('may be at an address, which gets the event and gives the answer', async () => {
    const got: string[] = [];
    await useServer((request, response) => {
      const { method, url, headers } = request;
      let body = '';
      request.setEncoding('utf8').on('data', (piece: string) => {
        body += piece;
      });
      request.on('end', () => {
        got.push(`${method} ${url} ${headers['content-type']} ${body}`);
        response.end('{"taskInput":{}}');
      });
    });
    assert.deepEqual(await functions.invoke(arn, { x: 'ü' }), { taskInput: {} });
    assert.deepEqual(got, ['POST /here application/json {"x":"ü"}']);
  });

  const replies: readonly { readonly name: string; readonly listener: RequestListener; readonly message: RegExp }[] = [
    {
      name: 'answers with an error',
      listener: (_request, response) => response.writeHead(500).end('sorry'),
      message: /\/here answered with status 500: sorry$/u,
    },
    {
      name: 'answers no JSON',
      listener: (_request, response) => response.end('<html>'),
      message: /not valid JSON: <html>$/u,
    },
    {
      name: 'says as Lambda does that it threw',
      listener: (_request, response) => response.end('{"errorType":"KeyError","errorMessage":"x"}'),
      message: /^KeyError: x$/u,
    },
    {
      name: 'answers more than 6 MB',
      listener: (_request, response) => response.end(`"${'x'.repeat(7_000_000)}"`),
      message: /larger than 6 MB/u,
    },
  ];
  for (const { name, listener, message } of replies) {
    it(`fail where the address ${name}`, async () => {
      await useServer(listener);
      await assert.rejects(functions.invoke(arn, {}), { name: 'FunctionFailure', message });
    });
  }

  it('are not there where the address sends one on, or nobody listens any more', async () => {
    await useServer((_request, response) => response.writeHead(307, { location: 'http://example.org/' }).end());
    await assert.rejects(functions.invoke(arn, {}), { name: 'FunctionUnavailable' });
    server?.closeAllConnections();
    await new Promise((done) => {
      server?.close(done);
    });
    await assert.rejects(functions.invoke(arn, {}), {
      name: 'FunctionUnavailable',
      message: /^The function arn.* cannot be reached at http.*: connect ECONNREFUSED/u,
    });
  });

  it('are not waited for longer than their time at an address', async () => {
    const signs = new EventEmitter();
    const asked = once(signs, 'asked');
    await useServer(() => signs.emit('asked'));
    const call = assert.rejects(functions.invoke(arn, {}), { name: 'FunctionFailure', message: /longer than 60 s/u });
    await asked;
    clock.advance(60_000);
    await call;
  });
});

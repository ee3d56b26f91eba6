import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import type { RequestListener } from 'node:http';
import { functionArn, FunctionLab } from '../../../support/functionLab.js';

describe('the functions at addresses of this machine', () => {
  let lab: FunctionLab;
  beforeEach(async () => {
    lab = await FunctionLab.open();
  });
  afterEach(async () => lab.close());

  it('get the event and give the answer', async () => {
    const got: string[] = [];
    await lab.useServer((request, response) => {
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
    assert.deepEqual(await lab.functions.invoke(functionArn, { x: 'ü' }), { taskInput: {} });
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
      await lab.useServer(listener);
      await assert.rejects(lab.functions.invoke(functionArn, {}), { name: 'FunctionFailure', message });
    });
  }

  it('are not there where the address sends one on, or nobody listens any more', async () => {
    await lab.useServer((_request, response) => response.writeHead(307, { location: 'http://example.org/' }).end());
    await assert.rejects(lab.functions.invoke(functionArn, {}), { name: 'FunctionUnavailable' });
    await lab.closeServer();
    await assert.rejects(lab.functions.invoke(functionArn, {}), {
      name: 'FunctionUnavailable',
      message: /^The function arn.* cannot be reached at http.*: connect ECONNREFUSED/u,
    });
  });

  it('are not waited for longer than their time at an address', async () => {
    const signs = new EventEmitter();
    const asked = once(signs, 'asked');
    await lab.useServer(() => signs.emit('asked'));
    const call = assert.rejects(lab.functions.invoke(functionArn, {}), {
      name: 'FunctionFailure',
      message: /longer than 60 s/u,
    });
    await asked;
    lab.clock.advance(60_000);
    await call;
  });
});

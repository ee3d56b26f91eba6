import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFunctions } from '../../../../src/local/functions/functionsFile.js';

const arn = 'arn:aws:lambda:us-east-1:111122223333:function:mine';

describe('the file that names functions', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'functions-file-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('names modules, beside it or anywhere, and addresses on this machine', async () => {
    const file = join(folder, 'good.json');
    const qualified = `${arn}:$LATEST`;
    const elsewhere = join(tmpdir(), 'x.cjs');
    await writeFile(
      file,
      JSON.stringify({
        [arn]: { module: 'functions/mine.mjs' },
        [qualified]: { module: elsewhere, timeoutSeconds: 0.5 },
        [`${arn}-2`]: { url: 'http://localhost:9000/2015-03-31/functions/function/invocations', timeoutSeconds: 300 },
      }),
    );
    assert.deepEqual(
      [...readFunctions(file)],
      [
        [arn, { kind: 'module', path: join(folder, 'functions', 'mine.mjs'), timeoutMs: 60_000 }],
        [qualified, { kind: 'module', path: elsewhere, timeoutMs: 500 }],
        [
          `${arn}-2`,
          {
            kind: 'address',
            url: 'http://localhost:9000/2015-03-31/functions/function/invocations',
            timeoutMs: 300_000,
          },
        ],
      ],
    );
  });

  it('names none where it is not there', () => {
    assert.equal(readFunctions(join(folder, 'none.json')).size, 0);
  });

  const wrong: readonly (readonly [string, RegExp])[] = [
    ['{', /wrong\.json" is not valid JSON: /u],
    ['[]', /must have an object, whose names are ARNs of Lambda functions\.$/u],
    ['{"mine":{}}', /has "mine", which is not the ARN of a Lambda function\.$/u],
    [`{"${arn}":{}}`, /must give "arn.*:mine" either a "module" or a "url"\.$/u],
    [`{"${arn}":"x.mjs"}`, /either a "module" or a "url"/u],
    [`{"${arn}":{"module":"x","url":"http://localhost"}}`, /either a "module" or a "url"/u],
    [`{"${arn}":{"module":"x","path":"y"}}`, /and no "path"/u],
    [`{"${arn}":{"module":"x","timeoutSeconds":301}}`, /"timeoutSeconds" of more than 0 and at most 300/u],
    [`{"${arn}":{"module":"x","timeoutSeconds":"1"}}`, /"timeoutSeconds"/u],
    [`{"${arn}":{"url":"http://192.168.0.1/"}}`, /begins with http:\/\/127\.0\.0\.1/u],
    [`{"${arn}":{"url":"https://localhost/"}}`, /begins with http:\/\/127\.0\.0\.1/u],
    [`{"${arn}":{"url":"http://127.0.0.1.example.org/"}}`, /begins with http:\/\/127\.0\.0\.1/u],
    [`{"${arn}":{"url":"localhost:1"}}`, /begins with http:\/\/127\.0\.0\.1/u],
  ];
  for (const [content, message] of wrong) {
    it(`says what is wrong with ${content}`, async () => {
      const file = join(folder, 'wrong.json');
      await writeFile(file, content);
      assert.throws(() => readFunctions(file), { name: 'FunctionsFileProblem', message });
    });
  }
});

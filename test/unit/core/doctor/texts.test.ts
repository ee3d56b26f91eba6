import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { bashText } from '../../../../src/core/doctor/bash.js';
import { Examination } from '../../../../src/core/doctor/examination.js';
import type { Finding, Report } from '../../../../src/core/doctor/report.js';
import { reportJson, reportMarkdown, reportText, summary } from '../../../../src/core/doctor/reportText.js';
import { accountSubject } from '../../../../src/core/doctor/subject.js';
import { writeCommands } from '../../../../src/core/doctor/writeCommands.js';
import { servicesOver } from '../../../support/services.js';

describe('a command of the doctor', () => {
  it('reaches the program as it is, whatever it holds', () => {
    const argumentsOfAll = [
      'a b',
      "it's",
      '"quoted"',
      '$HOME `x` \\ !',
      '{"a":["*"]}',
      'Größe/ü.png',
      's3://b/k',
      '',
      '-x=1',
      'a\nb',
    ];
    const line = bashText([['printf', String.raw`%s\0`, ...argumentsOfAll]]);
    const printed = execFileSync('bash', ['-c', line], { encoding: 'utf8' });
    assert.deepEqual(printed.split('\0').slice(0, -1), argumentsOfAll);
  });
});

describe('a report', () => {
  const finding: Finding = {
    id: 's3.cors',
    check: 's3.cors',
    stage: 3,
    status: 'error',
    where: 's3://my_bucket',
    cause: 'The bucket has no CORS rule.',
    commands: [['aws', 's3api', 'put-bucket-cors', '--bucket', 'my_bucket']],
    fix: { title: 'Add the CORS rule', fileName: 'CORS.json', before: '', after: '{}' },
  };
  const fine: Finding = { ...finding, stage: 1, status: 'ok', id: 'auth.identity', commands: [] };
  const report: Report = { subject: 'the job "cats"', findings: [fine, finding] };

  it('is text for a terminal', () => {
    assert.equal(
      reportText(report),
      [
        'Looked at the job "cats".',
        '',
        '1. Signed in',
        '  ✓ s3://my_bucket: The bucket has no CORS rule. [auth.identity]',
        '      Fix: Add the CORS rule',
        '',
        '3. Buckets',
        '  ✗ s3://my_bucket: The bucket has no CORS rule. [s3.cors]',
        '      Fix: Add the CORS rule',
        '      $ aws s3api put-bucket-cors --bucket my_bucket',
        '',
        '1 error, 1 fine.',
        '',
      ].join('\n'),
    );
  });

  it('is Markdown, in which a name stays a name', () => {
    assert.match(
      reportMarkdown(report),
      /- ✗ \*\*s3:\/\/my\\_bucket\*\*: The bucket has no CORS rule\. \(`s3\.cors`\)/u,
    );
  });

  it('is JSON with its counts', () => {
    const { counts, findings } = JSON.parse(reportJson(report)) as { counts: object; findings: unknown[] };
    assert.deepEqual(counts, { ok: 1, warning: 0, error: 1, unknown: 0 });
    assert.equal(findings.length, 2);
  });

  it('is summed up', () => {
    assert.equal(summary({ findings: [] }), 'Nothing was found.');
  });
});

describe('a command that writes an object', () => {
  const examination = new Examination({
    services: servicesOver({}),
    place: { kind: 'local', region: 'us-east-1', cliOptions: [] },
    subject: accountSubject(),
  });

  const text = '{"source-ref":"s3://b/Größe \'1\'.png"}\n'.repeat(3);

  for (const [condition, options] of [
    [{ ifMatch: '"etag\'s"' }, ['--if-match', '"etag\'s"']],
    [{ isNew: true }, ['--if-none-match', '*']],
  ] as const) {
    it(`has the text with it, whatever characters it has, and the condition of its fix: ${options[0]}`, () => {
      const written = { uri: { bucket: 'b', key: "it's --body FILE.manifest" }, bytes: Buffer.from(text), condition };
      const [[, , script = ''] = []] = writeCommands(examination, written);
      const aws = 'aws() { printf "%s|" "${@:1:9}"; cat "${@:10}"; }';
      const said = execFileSync('bash', ['-c', `${aws}; ${script}`], { encoding: 'utf8' }).split('|');
      const place = ['s3api', 'put-object', '--bucket', 'b', '--key', written.uri.key];
      assert.deepEqual(said, [...place, ...options, '--body', text]);
    });
  }

  it('says that it has failed', () => {
    const written = { uri: { bucket: 'b', key: 'k' }, bytes: Buffer.from(text), condition: {} };
    const [[, , script = ''] = []] = writeCommands(examination, written);
    assert.throws(() => execFileSync('bash', ['-c', `aws() { return 254; }; ${script}`]), { status: 254 });
  });

  it('leaves a long text to an editor', () => {
    const written = { uri: { bucket: 'b', key: 'in.manifest' }, bytes: new Uint8Array(40_000) };
    const commands = writeCommands(examination, { ...written, condition: { ifMatch: '"e"' } });
    const put = ['aws', 's3api', 'put-object', '--bucket', 'b', '--key', 'in.manifest'];
    assert.deepEqual(commands, [
      ['aws', 's3', 'cp', 's3://b/in.manifest', 'in.manifest'],
      [...put, '--if-match', '"e"', '--body', 'in.manifest'],
    ]);
  });
});

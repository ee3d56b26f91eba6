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

  it('has the text with it, whatever characters it has', () => {
    const text = '{"source-ref":"s3://b/Größe \'1\'.png"}\n'.repeat(3);
    const [[, , script = ''] = []] = writeCommands(
      examination,
      { bucket: 'b', key: "it's.manifest" },
      Buffer.from(text),
    );
    const [, upload] = script.split('base64 -d | ');
    assert.equal(upload, String.raw`aws s3 cp - 's3://b/it'\''s.manifest'`);
    assert.equal(execFileSync('bash', ['-c', script.replace(upload, 'cat')], { encoding: 'utf8' }), text);
  });

  it('leaves a long text to an editor', () => {
    const commands = writeCommands(examination, { bucket: 'b', key: 'in.manifest' }, new Uint8Array(40_000));
    assert.deepEqual(commands[1], ['aws', 's3', 'cp', 'in.manifest', 's3://b/in.manifest']);
  });
});

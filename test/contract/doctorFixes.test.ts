import assert from 'node:assert/strict';
import { Failure } from '../../src/core/failure.js';
import { mostManifestBytes } from '../../src/core/doctor/readFile.js';
import type { Fix } from '../../src/core/doctor/report.js';
import { bucket, type DoctorLab, prepareDoctorLab } from '../support/doctorLab.js';

const { signal } = new AbortController();
const line = (key: string) => `{"source-ref":"s3://${bucket}/${key}"}\n`;
const good = line('a.png') + line('b.png');
const changed = (error: unknown) => Failure.is(error, 'fix.outdated');

describe('the fixes of the doctor', () => {
  let lab: DoctorLab;

  beforeEach(async () => {
    lab = await prepareDoctorLab();
  });

  afterEach(() => lab.stop());

  async function found(id: string) {
    const lines = await lab.examine();
    const own = lines.find(({ finding }) => finding.id === id);
    assert.ok(own, `${id} is not among ${lines.map(({ finding }) => finding.id).join(', ')}`);
    return own;
  }

  async function fixOf(id: string): Promise<Fix> {
    const { fix } = await found(id);
    assert.ok(fix, `${id} has no fix`);
    return fix;
  }

  const bytesOf = async (key: string) => (await lab.services.objects.readObject({ bucket, key }, {}, signal)).bytes;

  for (const { key, id, broken, other } of [
    { key: 'in.manifest', id: 'mf.blank', broken: good.replace('\n', '\n\n'), other: line('a.png') },
    { key: 'in.manifest', id: 's3.object.readable', broken: good + line('gone.png'), other: good },
    { key: 'labels.json', id: 'labels.duplicate', broken: labels('cat', 'dog', 'cat'), other: labels('cat', 'bird') },
    {
      key: 'template.liquid',
      id: 'tpl.grant.context',
      broken: '<style>p { background: url("{{ task.input.taskObject | grant_read_access }}") }</style>',
      other: '<crowd-form></crowd-form>',
    },
  ]) {
    it(`leave "${key}" as somebody else has written it meanwhile: ${id}`, async () => {
      await lab.put(key, broken);
      const fix = await fixOf(id);
      await lab.put(key, other);
      await assert.rejects(fix.apply(signal), changed);
      assert.equal(await lab.text(key), other);
    });

    it(`write "${key}" as the diff shows it, and keep what S3 has beside it: ${id}`, async () => {
      const options = { contentType: 'text/x-own', metadata: { owner: 'ann' } };
      await lab.services.objects.writeObject({ bucket, key }, new TextEncoder().encode(broken), options, signal);
      const fix = await fixOf(id);
      assert.equal(fix.before, broken);
      await fix.apply(signal);
      assert.equal(await lab.text(key), fix.after);
      const head = await lab.services.objects.headObject({ bucket, key }, signal);
      assert.deepEqual([head?.contentType, head?.metadata], [options.contentType, options.metadata]);
    });
  }

  it('are not done to a file that is gone', async () => {
    await lab.put('in.manifest', good.replace('\n', '\n\n'));
    const fix = await fixOf('mf.blank');
    await lab.services.objects.deleteObjects(bucket, ['in.manifest'], signal);
    await assert.rejects(fix.apply(signal), changed);
    assert.equal(await lab.services.objects.headObject({ bucket, key: 'in.manifest' }, signal), undefined);
  });

  it('leave CORS rules that were set meanwhile', async () => {
    const { repairs, probes } = lab.services;
    await repairs.setCorsRules(bucket, [{ AllowedMethods: ['GET'], AllowedOrigins: ['https://a.example'] }], signal);
    const fix = await fixOf('s3.cors');
    const others = [{ AllowedMethods: ['PUT'], AllowedOrigins: ['https://b.example'] }];
    await repairs.setCorsRules(bucket, others, signal);
    await assert.rejects(fix.apply(signal), changed);
    assert.deepEqual(await probes.corsRules(bucket, signal), others);
  });

  it('leave a trust policy that was set meanwhile', async () => {
    const { repairs, probes } = lab.services;
    await repairs.setTrustPolicy(lab.roleName, trusting('lambda.amazonaws.com'), signal);
    const fix = await fixOf('iam.trust');
    await repairs.setTrustPolicy(lab.roleName, trusting('ec2.amazonaws.com'), signal);
    await assert.rejects(fix.apply(signal), changed);
    assert.match((await probes.role(lab.roleName, signal))?.trustPolicy ?? '', /ec2/u);
  });

  it('keep bytes that are no UTF-8', async () => {
    const odd = Buffer.from([
      ...Buffer.from('{"source-ref":"s3://pictures/a.png","note":"'),
      0xff,
      0xfe,
      0x22,
      0x7d,
      0x0a,
    ]);
    await lab.put('in.manifest', Buffer.concat([odd, Buffer.from(`\n${line('gone.png')}${line('b.png')}`)]));
    await (await fixOf('mf.blank')).apply(signal);
    await (await fixOf('s3.object.readable')).apply(signal);
    assert.deepEqual(Buffer.from(await bytesOf('in.manifest')), Buffer.concat([odd, Buffer.from(line('b.png'))]));
  });

  it('are none for labels that are no UTF-8', async () => {
    const odd = Buffer.from(labels('cat', 'cat').replace('cat', '\u00FF'), 'latin1');
    await lab.put('labels.json', odd);
    const { finding, fix } = await found('labels.list');
    assert.equal(fix, undefined);
    assert.match(finding.cause, /labels.json" is not encoded as UTF-8. Save it as UTF-8, and upload it again./u);
  });

  it('are none for a manifest that is too large, of which the beginning and pieces are read', async () => {
    const rows = Array.from({ length: 150_000 }, (_, index) => line(`pictures/picture-${index}-${'x'.repeat(40)}.png`));
    const text = `${good}\n${rows.join('')}{"source-ref":"s3://elsewhere/z.png"}\n`;
    assert.ok(text.length > mostManifestBytes);
    await lab.put('in.manifest', text);
    const { objects } = lab.services;
    const read = objects.readObject.bind(objects);
    let bytes = 0;
    objects.readObject = async (...args) => {
      const body = await read(...args);
      bytes += body.bytes.length;
      return body;
    };
    const lines = await lab.examine();
    const of = (id: string) => lines.find(({ finding }) => finding.id === id);
    assert.equal(of('mf.blank')?.fix, undefined);
    assert.match(of('mf.blank')?.finding.cause ?? '', /open it, and choose "Save Fixed Copy As…"/u);
    assert.equal(of('s3.object.readable')?.fix, undefined);
    assert.match(of('s3.object.readable')?.finding.cause ?? '', /choose "Use the Rows That Are Shown…"/u);
    assert.match(of('mf.lint')?.finding.cause ?? '', /The first 8 MB of \d+ MB were read/u);
    assert.ok(bytes < mostManifestBytes + 1024 * 1024, `${bytes} bytes were read`);
    assert.ok(
      lines.some(({ finding }) => finding.where === 's3://elsewhere'),
      'the last line was read',
    );
  });
});

function labels(...names: readonly string[]): string {
  return `${JSON.stringify({ 'document-version': '2018-11-28', labels: names.map((label) => ({ label })) }, undefined, 2)}\n`;
}

function trusting(Service: string): string {
  const statement = { Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

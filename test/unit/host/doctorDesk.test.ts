import assert from 'node:assert/strict';
import { bucketSubject } from '../../../src/core/doctor/subject.js';
import type { Services, Target } from '../../../src/core/ports.js';
import { DoctorDesk } from '../../../src/host/panels/doctorDesk.js';
import type { ShownReport } from '../../../src/protocol/doctor.js';
import { corsServices } from '../../support/corsServices.js';
import { servicesOver } from '../../support/services.js';

const target: Target = { kind: 'aws', profile: 'lab', region: 'us-east-1' };

function deskOver(services: Partial<Services>) {
  const told: ShownReport[] = [];
  const desk = new DoctorDesk({
    connection: { services: async () => servicesOver(services), target: async () => target },
    prices: { read: async () => ({ problem: 'there is none' }) },
    onChange: (report) => told.push(report),
  });
  return { desk, told };
}

const cats = async () => ({ subject: bucketSubject('cats') });

describe('the desk of the doctor', () => {
  it('tells what it finds while it looks', async () => {
    const { desk, told } = deskOver(corsServices().services);
    await desk.look(cats);
    const counts = told.flatMap(({ state }) => (state.kind === 'running' ? [state.checked] : []));
    assert.deepEqual(
      counts,
      counts.toSorted((one, other) => one - other),
    );
    assert.equal(counts.at(-1), told.flatMap(({ state }) => (state.kind === 'running' ? [state.checks] : []))[0]);
    assert.deepEqual(told.at(-1)?.state, { kind: 'done' });
    assert.equal(told.at(-1)?.subject, 'the bucket "cats"');
    const line = desk.shown().lines.find(({ id }) => id === 's3.cors');
    assert.equal(line?.status, 'warning');
    assert.equal(line.fix?.title, 'Add the CORS rule');
    assert.match(desk.finding(line.key)?.commands[0]?.join(' ') ?? '', /put-bucket-cors .* --profile lab/u);
  });

  it('does a fix, and looks again', async () => {
    const { desk } = deskOver(corsServices().services);
    await desk.look(cats);
    const fix = desk.fix('s3.cors 0');
    assert.ok(fix);
    await desk.apply('s3.cors 0', fix);
    const line = desk.shown().lines.find(({ id }) => id === 's3.cors');
    assert.equal(line?.status, 'ok');
    assert.equal(desk.fix('s3.cors 0'), undefined);
  });

  it('knows the fix that is shown from one that was found later', async () => {
    const { desk } = deskOver(corsServices().services);
    await desk.look(cats);
    const idOf = () => desk.shown().lines.find(({ id }) => id === 's3.cors')?.fix?.id ?? '';
    const id = idOf();
    assert.equal(desk.shownFix('s3.cors 0', id), desk.fix('s3.cors 0'));
    await desk.again();
    assert.equal(desk.shownFix('s3.cors 0', id), undefined);
    assert.equal(desk.shownFix('s3.cors 0', idOf()), desk.fix('s3.cors 0'));
  });

  it('is cancelled where it stands', async () => {
    const { desk } = deskOver(corsServices().services);
    await desk.look(async () => {
      desk.cancel();
      return cats();
    });
    assert.deepEqual(desk.shown().state, { kind: 'cancelled' });
  });

  it('says why it cannot look at all', async () => {
    const { desk } = deskOver({});
    await desk.look(() => Promise.reject(new Error('no such job')));
    assert.deepEqual(desk.shown().state, { kind: 'failed', message: 'no such job' });
  });
});

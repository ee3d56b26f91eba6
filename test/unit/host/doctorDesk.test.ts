import assert from 'node:assert/strict';
import { changedMeanwhile } from '../../../src/core/doctor/changedMeanwhile.js';
import type { Fix } from '../../../src/core/doctor/report.js';
import { bucketSubject } from '../../../src/core/doctor/subject.js';
import { Failure } from '../../../src/core/failure.js';
import type { Services, Target } from '../../../src/core/ports.js';
import { DoctorDesk } from '../../../src/host/panels/doctorDesk.js';
import { Ledger } from '../../../src/host/support/ledger.js';
import type { ShownReport } from '../../../src/protocol/doctor.js';
import { accountOf } from '../../support/accountOf.js';
import { corsServices } from '../../support/corsServices.js';
import { MemoryJournal } from '../../support/memoryJournal.js';
import { MemoryMemento } from '../../support/memoryMemento.js';
import { servicesOver } from '../../support/services.js';

const target: Target = { kind: 'aws', profile: 'lab', region: 'us-east-1' };

function deskOver(services: Partial<Services>) {
  const told: ShownReport[] = [];
  let current = target;
  const connection = {
    services: async () => servicesOver({ ...services, account: accountOf('111122223333') }),
    target: async () => current,
  };
  const memory = { journal: new MemoryJournal(), earlier: new MemoryMemento() };
  const ledger = new Ledger(connection, memory, { tags: {}, onUntagged: () => undefined });
  const desk = new DoctorDesk({
    connection,
    ledger,
    prices: { read: async () => ({ problem: 'there is none' }) },
    onChange: (report) => told.push(report),
  });
  const entries = async () => (await ledger.open(new AbortController().signal)).record.entries();
  const switchTo = (other: Target) => {
    current = other;
  };
  return { desk, told, entries, switchTo };
}

/** Makes an object, or finds another one at its place. */
function fixThat(apply: () => Promise<void>): Fix {
  const text = { title: 'Make it', fileName: 'made.manifest', before: '', after: 'x' };
  return { ...text, commands: [], makes: { bucket: 'cats', key: 'in/made.manifest' }, apply };
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

  it('has what a fix makes in the ledger, before it is there', async () => {
    const { desk, entries } = deskOver(corsServices().services);
    await desk.look(cats);
    const recorded: unknown[] = [];
    const fix = fixThat(async () => void recorded.push(...(await entries()).map(({ resource }) => resource)));
    await desk.apply('s3.cors 0', fix);
    const made = { kind: 'objects', bucket: 'cats', folder: 'in/', names: ['made.manifest'] };
    assert.deepEqual(recorded, [made]);
    assert.deepEqual(
      (await entries()).map(({ resource }) => resource),
      [made],
    );
  });

  it('takes nobody’s object for its own, where one has come between', async () => {
    const { desk, entries } = deskOver(corsServices().services);
    await desk.look(cats);
    const outdated = changedMeanwhile('s3://cats/in/made.manifest');
    await assert.rejects(
      desk.apply(
        's3.cors 0',
        fixThat(() => Promise.reject(outdated)),
      ),
      outdated,
    );
    assert.deepEqual(await entries(), []);
  });

  it('makes nothing where another place has been connected to since it looked', async () => {
    const { desk, entries, switchTo } = deskOver(corsServices().services);
    await desk.look(cats);
    switchTo({ ...target, region: 'eu-west-1' });
    let isDone = false;
    const fix = fixThat(async () => {
      isDone = true;
    });
    await assert.rejects(desk.apply('s3.cors 0', fix), (error) => Failure.is(error, 'fix.outdated'));
    assert.deepEqual([isDone, await entries()], [false, []]);
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

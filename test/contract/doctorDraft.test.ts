import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { changedDraft, draftSubject } from '../../src/core/doctor/draftSubject.js';
import { examineAll, placeOf } from '../../src/core/doctor/examine.js';
import { emptyDraft, type LabelingJobDraft } from '../../src/core/jobs/labelingJobDraft.js';
import { complaints, type DoctorLab, prepareDoctorLab } from '../support/doctorLab.js';

const { signal } = new AbortController();
const samples = 'media/samples/traindata_cat_dog_images_20';

describe('the doctor on the form of a new labeling job', () => {
  let lab: DoctorLab;
  let draft: LabelingJobDraft;

  before(async () => {
    lab = await prepareDoctorLab();
    const names = await readdir(samples);
    await Promise.all(names.map(async (name) => lab.put(`lab/${name}`, await readFile(join(samples, name)))));
    const [team] = await lab.services.privateTeams.list(signal);
    draft = {
      ...emptyDraft,
      jobName: 'cats',
      inputBucket: lab.bucket,
      inputFolder: 'lab/',
      outputPath: `s3://${lab.bucket}/output/`,
      teamArn: team?.arn ?? '',
      labels: ['cat', 'dog'],
    };
  });

  after(() => lab.stop());

  const examine = async () => {
    const { services, server } = lab;
    const place = placeOf({ kind: 'local', server });
    const changeJob = async (change: Parameters<typeof changedDraft>[1]) => {
      draft = changedDraft(draft, change);
    };
    const { results } = await examineAll({ services, place, subject: draftSubject(draft), changeJob }, signal);
    return results.flatMap(({ lines }) => lines);
  };

  it('finds nothing wrong with the lab', async () => {
    assert.deepEqual(complaints(await examine()), []);
  });

  it('sets the workers to as many as the team has', async () => {
    draft = { ...draft, workersPerObject: '3' };
    const found = (await examine()).find(({ finding }) => finding.id === 'team.size');
    assert.equal(found?.finding.status, 'error');
    await found.fix?.apply(signal);
    assert.equal(draft.workersPerObject, '1');
    assert.deepEqual(complaints(await examine()), []);
  });
});

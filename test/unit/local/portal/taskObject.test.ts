import assert from 'node:assert/strict';
import { readTaskObject } from '../../../../src/local/portal/taskObject.js';
import { bucket, EngineLab, pictureLines } from '../../../support/engineLab.js';

describe('an object that a task shows', () => {
  const losses = [
    { name: 'it', lose: (lab: EngineLab, key: string) => lab.objects.delete(bucket, key), said: 'There is no object' },
    { name: 'its bucket', lose: (lab: EngineLab) => lab.objects.deleteBucket(bucket), said: `The bucket "${bucket}"` },
  ];
  for (const { name, lose, said } of losses) {
    it(`is refused with what is gone: ${name}`, async () => {
      const lab = new EngineLab();
      await lab.prepare();
      await lab.createJob({ lines: pictureLines(1) });
      const worker = lab.addWorker('anna@example.org');
      const [task] = lab.take(worker, 1);
      const { taskId = '', taskInput = {} } = task ?? {};
      const uri = taskInput['taskObject'] as string;
      const dependencies = { ...lab.portal, storages: lab.storages };
      await readTaskObject(dependencies, worker, { taskId, uri });
      lose(lab, uri.slice(`s3://${bucket}/`.length));
      await assert.rejects(readTaskObject(dependencies, worker, { taskId, uri }), {
        code: 'NotFound',
        message: new RegExp(said, 'u'),
      });
    });
  }
});

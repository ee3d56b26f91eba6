import assert from 'node:assert/strict';
import { inDeletionOrder, type LabResource } from '../../../../src/core/lab/labResources.js';

const role: LabResource = { kind: 'role', name: 'role', arn: 'arn:role' };
const team: LabResource = { kind: 'team', name: 'team' };
const workforce: LabResource = { kind: 'workforce', name: 'default' };
const pool: LabResource = { kind: 'userPool', id: 'us-east-1_pool' };
const job: LabResource = { kind: 'labelingJob', name: 'job' };
const bucket: LabResource = { kind: 'bucket', name: 'bucket' };
const object: LabResource = { kind: 'objects', bucket: 'elsewhere', folder: 'a/', names: ['1.jpg'] };

describe('lab resources', () => {
  it('are deleted so that nothing goes that something else still needs', () => {
    const kinds = inDeletionOrder([role, pool, workforce, team, bucket, object, job]).map(({ kind }) => kind);
    const isBefore = (first: string, second: string) =>
      kinds.findIndex((kind) => kind === first) < kinds.findIndex((kind) => kind === second);
    assert.ok(isBefore('labelingJob', 'bucket'), 'a job is stopped before its bucket goes');
    assert.ok(isBefore('labelingJob', 'team'), 'and before its team goes');
    assert.ok(isBefore('team', 'workforce'), 'a workforce with teams is refused');
    assert.ok(isBefore('workforce', 'userPool'), 'workers sign in through it');
    assert.ok(isBefore('labelingJob', 'role'), 'a job that is stopping writes with its role');
  });
});

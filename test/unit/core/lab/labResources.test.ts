import assert from 'node:assert/strict';
import {
  inDeletionOrder,
  type LabResource,
  withoutResource,
  withResources,
} from '../../../../src/core/lab/labResources.js';

const role: LabResource = { kind: 'role', name: 'role', arn: 'arn:role' };
const team: LabResource = { kind: 'team', name: 'team', arn: 'arn:team' };
const workforce: LabResource = { kind: 'workforce' };
const job: LabResource = { kind: 'labelingJob', name: 'job' };
const bucket: LabResource = { kind: 'bucket', name: 'bucket' };
const object: LabResource = { kind: 'object', bucket: 'elsewhere', key: 'a.jpg' };

describe('lab resources', () => {
  it('are deleted so that nothing goes that something else still needs', () => {
    const kinds = inDeletionOrder([role, workforce, team, bucket, object, job]).map(({ kind }) => kind);
    const isBefore = (first: string, second: string) =>
      kinds.findIndex((kind) => kind === first) < kinds.findIndex((kind) => kind === second);
    assert.ok(isBefore('labelingJob', 'bucket'), 'a job is stopped before its bucket goes');
    assert.ok(isBefore('labelingJob', 'team'), 'and before its team goes');
    assert.ok(isBefore('team', 'workforce'), 'a workforce with teams is refused');
    assert.ok(isBefore('labelingJob', 'role'), 'a job that is stopping writes with its role');
  });

  it('are recorded once', () => {
    assert.deepEqual(withResources([bucket, team], [team, bucket, role]), [bucket, team, role]);
  });

  it('hold no object whose bucket goes as a whole', () => {
    const inOwn: LabResource = { kind: 'object', bucket: 'bucket', key: 'a.jpg' };
    assert.deepEqual(withResources([bucket], [inOwn, object]), [bucket, object]);
  });

  it('tell things of the same name apart', () => {
    const sameName: LabResource = { kind: 'role', name: 'team', arn: 'arn' };
    assert.deepEqual(withoutResource([team, sameName], team), [sameName]);
  });
});

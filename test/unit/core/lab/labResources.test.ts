import assert from 'node:assert/strict';
import {
  inDeletionOrder,
  labObjects,
  type LabResource,
  withoutResource,
  withResources,
} from '../../../../src/core/lab/labResources.js';

const role: LabResource = { kind: 'role', name: 'role', arn: 'arn:role' };
const team: LabResource = { kind: 'team', name: 'team' };
const workforce: LabResource = { kind: 'workforce' };
const job: LabResource = { kind: 'labelingJob', name: 'job' };
const bucket: LabResource = { kind: 'bucket', name: 'bucket' };
const object: LabResource = { kind: 'objects', bucket: 'elsewhere', folder: 'a/', names: ['1.jpg'] };

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
    const inOwn: LabResource = { kind: 'objects', bucket: 'bucket', folder: '', names: ['a.jpg'] };
    assert.deepEqual(withResources([bucket], [inOwn, object]), [bucket, object]);
  });

  it('tell things of the same name apart', () => {
    const sameName: LabResource = { kind: 'role', name: 'team', arn: 'arn' };
    assert.deepEqual(withoutResource([team, sameName], team), [sameName]);
  });

  it('are one for each folder, however many objects that has', () => {
    const keys = Array.from({ length: 200_000 }, (_, index) => `pictures/${index}.jpg`);
    const recorded = withResources([], labObjects('b', [...keys, 'top.jpg', 'a/b/c.jpg']));
    assert.deepEqual(
      recorded.map((it) => it.kind === 'objects' && [it.folder, it.names.length]),
      [
        ['pictures/', 200_000],
        ['', 1],
        ['a/b/', 1],
      ],
    );
    const again = withResources(recorded, labObjects('b', ['pictures/0.jpg', 'pictures/new.jpg']));
    assert.deepEqual(
      again.map((it) => it.kind === 'objects' && it.names.length),
      [200_001, 1, 1],
    );
  });

  it('keep the objects that came to a folder while others of it were deleted', () => {
    const [shown] = labObjects('b', ['a/1', 'a/2']);
    assert.ok(shown);
    const meanwhile = withResources([shown], labObjects('b', ['a/3']));
    assert.deepEqual(withoutResource(meanwhile, shown), labObjects('b', ['a/3']));
    assert.deepEqual(withoutResource([shown], shown), []);
  });
});

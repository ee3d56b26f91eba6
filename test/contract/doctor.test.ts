import assert from 'node:assert/strict';
import { doctorCases } from '../support/doctorCases.js';
import { RequestRecorder } from '../support/requests/requestRecorder.js';
import { complaints, type DoctorLab, prepareDoctorLab } from '../support/doctorLab.js';

const { signal } = new AbortController();

describe('the doctor on Local Ground Truth', () => {
  const recorder = new RequestRecorder();
  let lab: DoctorLab;

  beforeEach(async () => {
    lab = await prepareDoctorLab(recorder);
  });

  afterEach(() => lab.stop());

  it('finds nothing wrong where nothing is', async () => {
    const lines = await lab.examine();
    assert.deepEqual(complaints(lines), []);
    assert.deepEqual([...new Set(lines.map(({ finding }) => finding.stage))], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('names the permission that is missing, and the smallest policy', async () => {
    const statement = {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:GetBucketCORS',
      Resource: `arn:aws:s3:::${lab.bucket}`,
    };
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await lab.services.repairs.setBucketPolicy(lab.bucket, policy, signal);
    const denied = (await lab.examine()).find(({ finding }) => finding.check === 's3.cors');
    assert.equal(denied?.finding.status, 'unknown');
    assert.deepEqual(denied.finding.policy?.Statement, [
      { Effect: 'Allow', Action: 's3:GetBucketCORS', Resource: `arn:aws:s3:::${lab.bucket}` },
    ]);
  });

  for (const { item, broken, check, break: breakIt, stays = [] } of doctorCases) {
    it(`${item}: ${check} finds ${broken}, and mends it`, async () => {
      await breakIt(lab);
      let lines = await lab.examine();
      assert.ok(
        lines.some(({ finding }) => finding.id === check && finding.status !== 'ok'),
        `${check} is not among these:\n${complaints(lines).join('\n')}`,
      );
      const ids = new Set([check, ...lines.flatMap(({ finding, fix }) => (fix ? [finding.id] : []))]);
      for (const id of ids) {
        const found = lines.find(({ finding }) => finding.id === id && finding.status !== 'ok');
        if (found) {
          assert.ok(found.fix, `${id} has no fix`);
          await found.fix.apply(signal);
          lines = await lab.examine();
        }
      }
      const others = lines.filter(({ finding }) => !stays.includes(finding.id));
      assert.deepEqual(complaints(others), []);
      assert.equal(lines.length - others.length, stays.length);
    });
  }

  it('asks AWS for nothing that its service model does not allow, and has asked for all that it may', () => {
    assert.deepEqual(recorder.violations(), []);
    const asked = recorder.operations();
    assert.deepEqual(
      doctorOperations.filter((operation) => !asked.includes(operation)),
      [],
    );
  });
});

/** Of the probes and the repairs. */
const doctorOperations = [
  'S3 HeadBucket',
  'S3 GetBucketCors',
  'S3 GetBucketPolicy',
  'S3 GetPublicAccessBlock',
  'S3 GetBucketEncryption',
  'S3 GetObject',
  'S3 HeadObject',
  'S3 PutObject',
  'S3 PutBucketCors',
  'S3 DeleteBucketPolicy',
  'S3 PutBucketPolicy',
  'IAM GetRole',
  'IAM ListRolePolicies',
  'IAM GetRolePolicy',
  'IAM ListAttachedRolePolicies',
  'IAM SimulatePrincipalPolicy',
  'IAM UpdateAssumeRolePolicy',
  'IAM PutRolePolicy',
  'SageMaker ListWorkforces',
  'SageMaker ListLabelingJobs',
  'Cognito Identity Provider DescribeUserPool',
  'Cognito Identity Provider CreateUserPoolDomain',
];

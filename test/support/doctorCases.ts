import { DeleteUserPoolDomainCommand } from '@aws-sdk/client-cognito-identity-provider';
import { DeleteRolePolicyCommand, ListRolePoliciesCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { DeleteBucketCorsCommand, PutBucketCorsCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { bucket, type DoctorLab } from './doctorLab.js';
import { onePixel } from './lab.js';
import { gifPixel, hugePng, pngBomb, turnedJpeg } from './oddPictures.js';

export interface DoctorCase {
  /** The row of the list of what users suffer from. */
  readonly item: number;
  readonly broken: string;
  readonly check: string;
  readonly break: (lab: DoctorLab) => Promise<void>;
  /** What cannot be looked at from here, mended or not. */
  readonly stays?: readonly string[];
}

const line = (key: string) => `{"source-ref":"s3://${bucket}/${key}"}\n`;
const good = line('a.png') + line('b.png');

/** So many more members, each of which is short enough. */
function notes(count: number): string {
  return Array.from({ length: count }, (_, index) => `,"note-${index}":"${'x'.repeat(15_000)}"`).join('');
}

function manifest(text: string): DoctorCase['break'] {
  return (lab) => lab.put('in.manifest', text);
}

/** One more picture in the manifest. */
function picture(key: string, bytes: Uint8Array): DoctorCase['break'] {
  return async (lab) => {
    await lab.put(key, bytes);
    await lab.put('in.manifest', good + line(key));
  };
}

function labels(...names: readonly string[]): DoctorCase['break'] {
  const config = { 'document-version': '2018-11-28', labels: names.map((label) => ({ label })) };
  return (lab) => lab.put('labels.json', JSON.stringify(config));
}

function request(members: object): DoctorCase['break'] {
  return async (lab) => lab.changeRequest(() => members);
}

function task(members: object): DoctorCase['break'] {
  return async (lab) =>
    lab.changeRequest(({ HumanTaskConfig }) => ({ HumanTaskConfig: { ...HumanTaskConfig, ...members } }));
}

async function withoutPolicies({ clients: { iam }, roleName: RoleName }: DoctorLab): Promise<void> {
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  for (const PolicyName of PolicyNames) {
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  }
}

async function setRule(lab: DoctorLab, rule: object): Promise<void> {
  const CORSRules = [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'], ...rule }];
  await lab.clients.s3.send(new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules } }));
}

const labeled = (name: string) => {
  const metadata = {
    'class-name': 'cat',
    confidence: 0.9,
    type: 'groundtruth/image-classification',
    'job-name': 'labeling-job/earlier',
    'human-annotated': 'yes',
    'creation-date': '2026-01-01T00:00:00.000000',
  };
  return `${JSON.stringify({ 'source-ref': `s3://${bucket}/a.png`, [name]: 0, [`${name}-metadata`]: metadata })}\n`;
};

/** Every broken set-up that can be made on Local Ground Truth. */
export const doctorCases: readonly DoctorCase[] = [
  {
    item: 2,
    broken: 'a bucket without CORS rules',
    check: 's3.cors',
    break: async ({ clients }) => void (await clients.s3.send(new DeleteBucketCorsCommand({ Bucket: bucket }))),
  },
  {
    item: 2,
    broken: 'a CORS rule for another page alone',
    check: 's3.cors',
    break: (lab) => setRule(lab, { AllowedOrigins: ['https://example.com'], ExposeHeaders: ['ETag'] }),
  },
  {
    item: 3,
    broken: 'a CORS rule of before the EXIF change',
    check: 's3.cors.shape',
    break: (lab) => setRule(lab, {}),
  },
  {
    item: 4,
    broken: 'a line of an object that is missing',
    check: 's3.object.readable',
    break: manifest(good + line('gone.png')),
  },
  {
    item: 5,
    broken: 'a granted address in a style sheet',
    check: 'tpl.grant.context',
    break: (lab) =>
      lab.put(
        'template.liquid',
        `<style>p { background: url("{{ task.input.taskObject | grant_read_access }}"); }</style><crowd-form></crowd-form>`,
      ),
  },
  { item: 8, broken: 'a role that may not read the bucket', check: 'iam.role.s3', break: withoutPolicies },
  { item: 8, broken: 'a role that may not write the results', check: 'output.writable', break: withoutPolicies },
  {
    item: 10,
    broken: 'a role that SageMaker may not act as',
    check: 'iam.trust',
    break: async ({ clients, roleName: RoleName }) => {
      const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
      await clients.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
    },
  },
  {
    item: 14,
    broken: 'the built-in function of another region',
    check: 'lambda.invoke',
    break: task({ PreHumanTaskLambdaArn: 'arn:aws:lambda:us-east-1:568282634449:function:PRE-ImageMultiClass' }),
  },
  {
    item: 14,
    broken: 'a function of a custom job that the role may not call',
    check: 'lambda.invoke',
    break: task({ PreHumanTaskLambdaArn: 'arn:aws:lambda:us-east-1:111122223333:function:prepare' }),
    stays: ['lambda.exists'],
  },
  { item: 15, broken: 'a byte order mark', check: 'mf.byteOrderMark', break: manifest(`\uFEFF${good}`) },
  { item: 15, broken: 'carriage returns', check: 'mf.carriageReturns', break: manifest(good.replaceAll('\n', '\r\n')) },
  { item: 15, broken: 'an empty line', check: 'mf.blank', break: manifest(good.replace('\n', '\n\n')) },
  { item: 15, broken: 'a comma behind a line', check: 'mf.trailingComma', break: manifest(good.replace('\n', ',\n')) },
  { item: 15, broken: 'the same object twice', check: 'mf.duplicateSource', break: manifest(good + line('a.png')) },
  {
    item: 15,
    broken: 'another key than source-ref',
    check: 'mf.otherSourceKey',
    break: manifest(good.replace('source-ref', 'source_ref')),
  },
  {
    item: 15,
    broken: 'a web address in place of an S3 URI',
    check: 'mf.notAnS3Uri',
    break: manifest(`${line('a.png')}{"source-ref":"https://s3.amazonaws.com/${bucket}/b.png"}\n`),
  },
  {
    item: 15,
    broken: 'a JSON list',
    check: 'mf.array',
    break: manifest(`[${good.trim().replace('\n', ',')}]\n`),
  },
  { item: 15, broken: 'a line that is no JSON', check: 'mf.notJson', break: manifest(`${good}{"source-ref":\n`) },
  {
    item: 15,
    broken: 'a line of more than 100,000 characters',
    check: 'mf.longerThanAllowed',
    break: manifest(good + line('a.png').replace('}', `,"note":"${'x'.repeat(19_000)}"${notes(6)}}`)),
  },
  {
    item: 15,
    broken: 'a value of more than 20,000 characters',
    check: 'mf.attributeTooLong',
    break: manifest(good + line('c.png').replace('}', `,"note":"${'x'.repeat(20_001)}"}`)),
  },
  {
    item: 15,
    broken: 'a key that begins with a dollar sign',
    check: 'mf.dollarKey',
    break: manifest(good + line('c.png').replace('}', ',"$id":1}')),
  },
  { item: 15, broken: 'a line without an object', check: 'mf.noSource', break: manifest(`${good}{"id":1}\n`) },
  { item: 15, broken: 'a file of another kind', check: 'mf.wrongExtension', break: picture('clip.gif', onePixel) },
  {
    item: 15,
    broken: 'a folder in place of an object',
    check: 'mf.noObject',
    break: manifest(good + line('pictures/')),
  },
  { item: 17, broken: 'a label twice', check: 'labels.duplicate', break: labels('cat', 'dog', 'cat') },
  { item: 17, broken: 'a label that is too long', check: 'labels.length', break: labels('cat', 'd'.repeat(257)) },
  {
    item: 18,
    broken: 'a picture that is cut off',
    check: 'img.decode',
    break: picture('cut.png', onePixel.subarray(0, -20)),
  },
  {
    item: 18,
    broken: 'a text named as a picture',
    check: 'img.type',
    break: picture('text.png', Buffer.from('hello')),
  },
  { item: 18, broken: 'a GIF named as a JPEG', check: 'img.type', break: picture('moving.jpg', gifPixel) },
  {
    item: 18,
    broken: 'a picture that unpacks to far more than its pixels',
    check: 'img.decode',
    break: picture('bomb.png', pngBomb(50_000_000)),
  },
  {
    item: 18,
    broken: 'a file of more than 40 MB',
    check: 'img.bytes',
    break: (lab) => picture('large.png', Buffer.concat([onePixel, Buffer.alloc(40 * 1024 * 1024)]))(lab),
  },
  { item: 18, broken: 'an empty file', check: 'img.type', break: picture('empty.png', new Uint8Array()) },
  { item: 18, broken: 'a picture of too many pixels', check: 'img.pixels', break: picture('huge.png', hugePng()) },
  {
    item: 21,
    broken: 'three workers for each object, and a team of one',
    check: 'team.size',
    break: task({ NumberOfHumanWorkersPerDataObject: 3 }),
  },
  { item: 23, broken: 'half a minute for a task', check: 'job.timeout', break: task({ TaskTimeLimitInSeconds: 30 }) },
  {
    item: 23,
    broken: 'tasks that are withdrawn before the team is through',
    check: 'job.availability',
    break: async (lab) => {
      const objects = Array.from({ length: 20 }, (_, index) => `object-${index}.png`);
      await Promise.all(objects.map((key) => lab.put(key, onePixel)));
      await lab.put('in.manifest', objects.map(line).join(''));
      await task({ TaskAvailabilityLifetimeInSeconds: 60 })(lab);
    },
  },
  {
    item: 29,
    broken: 'a user pool without a domain',
    check: 'cognito.domain',
    break: async ({ clients, userPool: UserPoolId }) => {
      await clients.cognito.send(new DeleteUserPoolDomainCommand({ UserPoolId, Domain: 'ground-truth-lab' }));
    },
  },
  {
    item: 37,
    broken: 'a picture that is stored turned, for boxes',
    check: 'img.exif',
    break: async (lab) => {
      await picture('turned.jpg', turnedJpeg())(lab);
      await task({
        PreHumanTaskLambdaArn: 'arn:aws:lambda:us-east-1:432418664414:function:PRE-BoundingBox',
        AnnotationConsolidationConfig: {
          AnnotationConsolidationLambdaArn: 'arn:aws:lambda:us-east-1:432418664414:function:ACS-BoundingBox',
        },
      })(lab);
    },
  },
  {
    item: 44,
    broken: 'a chained job under another label attribute name',
    check: 'job.chain.count',
    break: manifest(labeled('earlier') + line('b.png')),
  },
  {
    item: 55,
    broken: 'a bucket policy that denies reading',
    check: 's3.object.readable',
    break: async ({ clients }) => {
      const statement = {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: [`arn:aws:s3:::${bucket}/a.png`, `arn:aws:s3:::${bucket}/b.png`],
      };
      const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
      await clients.s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
    },
  },
  // Not of the kind that only a doctor finds, but found by it all the same.
  {
    item: 13,
    broken: 'a label attribute name that Ground Truth refuses',
    check: 'job.attr',
    break: request({ LabelAttributeName: 'cats-ref' }),
  },
];

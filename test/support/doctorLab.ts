import { AdminSetUserPasswordCommand } from '@aws-sdk/client-cognito-identity-provider';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { createAwsServices } from '../../src/aws/services.js';
import { examineAll, placeOf } from '../../src/core/doctor/examine.js';
import type { Finding } from '../../src/core/doctor/report.js';
import { changedRequest, readRequest } from '../../src/core/doctor/requestFile.js';
import type { FoundLine } from '../../src/core/doctor/runChecks.js';
import { requestSubject } from '../../src/core/doctor/subject.js';
import type { Services } from '../../src/core/ports.js';
import { type Clients, clientsOf, createInput, createTeam, labelingJobRequest } from './lab.js';
import { startTestServer, type TestServer } from './localServer.js';
import { noKeeper } from './labKeepers.js';
import { RequestRecorder } from './requests/requestRecorder.js';

const { signal } = new AbortController();
export const bucket = 'pictures';
const email = 'ann@example.com';

/** All that a labeling job needs, and nothing wrong with it; a test breaks one thing. */
export interface DoctorLab {
  readonly server: TestServer;
  readonly services: Services;
  readonly clients: Clients;
  readonly userPool: string;
  readonly roleName: string;
  readonly bucket: string;
  /** What `aws sagemaker create-labeling-job --cli-input-json` would get. */
  request: string;
  put(key: string, body: string | Uint8Array): Promise<void>;
  text(key: string): Promise<string>;
  changeRequest(change: (request: Request) => object): void;
  examine(): Promise<readonly FoundLine[]>;
  stop(): Promise<void>;
}

type Request = ReturnType<typeof labelingJobRequest>;

/** `recorder`: of all that the doctor asks AWS for, and what its fixes do. */
export async function prepareDoctorLab(recorder = new RequestRecorder()): Promise<DoctorLab> {
  const server = await startTestServer();
  const target = { kind: 'local', server } as const;
  const services = createAwsServices(target, { onClient: recorder.onClient });
  const clients = clientsOf(server.clientConfig);
  const pictures = ['a.png', 'b.png'];
  const lines = pictures.map((key) => `{"source-ref":"s3://${bucket}/${key}"}`);
  await createInput(clients, { bucket, pictures, lines });
  await services.objects.allowLabelingPages(bucket, signal);
  const { workteamArn, userPool } = await createTeam(clients, { name: 'team', emails: [email] });
  await clients.cognito.send(
    new AdminSetUserPasswordCommand({
      UserPoolId: userPool,
      Username: email,
      Password: 'long-enough-8',
      Permanent: true,
    }),
  );
  const role = await services.executionRoles.create({ buckets: [bucket] }, noKeeper, signal);
  const whole = labelingJobRequest({ name: 'cats', bucket, roleArn: role.arn, workteamArn });
  const lab: DoctorLab = {
    server,
    services,
    clients,
    userPool,
    bucket,
    roleName: role.name,
    request: JSON.stringify(whole),
    async put(key, body) {
      await clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
    },
    async text(key) {
      return new TextDecoder().decode((await services.objects.readObject({ bucket, key }, {}, signal)).bytes);
    },
    changeRequest(change) {
      lab.request = JSON.stringify({ ...whole, ...change(JSON.parse(lab.request) as Request) });
    },
    async examine() {
      const subject = requestSubject(readRequest(lab.request), { title: 'the request' });
      const changeJob = async (change: Parameters<typeof changedRequest>[1]) => {
        lab.request = changedRequest(lab.request, change);
      };
      const { results } = await examineAll({ services, place: placeOf(target), subject, changeJob }, signal);
      return results.flatMap((result) => result.lines);
    },
    async stop() {
      services.dispose();
      for (const client of Object.values(clients)) {
        client.destroy();
      }
      await server.stop();
    },
  };
  return lab;
}

/** What is not as it should be, as one line each. */
export function complaints(lines: readonly FoundLine[]): readonly string[] {
  return lines
    .map(({ finding }) => finding)
    .filter(({ status }) => status !== 'ok')
    .map(({ status, id, where, cause }: Finding) => `${status} ${id} ${where}: ${cause}`);
}

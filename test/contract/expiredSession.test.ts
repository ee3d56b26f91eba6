import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createAwsServices } from '../../src/aws/services.js';
import type { Services } from '../../src/core/ports.js';
import { upload } from '../../src/core/uploads/upload.js';
import type { Connectors } from '../../src/host/support/switchableConnection.js';
import { hasten } from '../support/faults/hasten.js';
import { fakeVscode } from '../support/fakeVscode.js';
import { noKeeper } from '../support/labKeepers.js';
import { onePixel } from '../support/lab.js';
import { type FaultyTestServer, startTestServer } from '../support/localServer.js';
import { MemoryMemento } from '../support/memoryMemento.js';
import { RequestRecorder } from '../support/requests/requestRecorder.js';

const { signal } = new AbortController();
const bucket = 'expired-session';
const ended = { service: 'sts', operation: '*', fault: 'ExpiredToken' } as const;

/** The connection itself, the real adapters behind it, and credentials that end in the middle. */
describe('what is under way when the credentials end', () => {
  let server: FaultyTestServer;
  let recorder: RequestRecorder;
  let services: Services;
  let prompts: number;
  let close: () => void;

  beforeEach(async () => {
    fakeVscode();
    const { SwitchableConnection } = await import('../../src/host/support/switchableConnection.js');
    server = await startTestServer();
    recorder = new RequestRecorder();
    prompts = 0;
    const onClient: RequestRecorder['onClient'] = (client) => {
      recorder.onClient(client);
      hasten(client);
    };
    const connectors: Connectors = {
      startLocal: async () => server,
      connect: async () => createAwsServices({ kind: 'local', server }, { onClient }),
      async signIn(_, works, until) {
        if (await works(until)) {
          return true; // As where somebody has signed in since.
        }
        prompts += 1;
        await new Promise(setImmediate); // Whoever else meets the end meanwhile waits for the same answer.
        server.setFaults([]);
        return works(until);
      },
      watchCredentials: () => ({ dispose: () => undefined }),
      openStorage: unneeded,
      openPortal: unneeded,
      openMemberOutlooks: unneeded,
    };
    const connection = new SwitchableConnection(connectors, new MemoryMemento());
    await connection.switchTo({ kind: 'aws', profile: 'lab', region: 'us-east-1' });
    services = await connection.services();
    close = () => connection.dispose();
    await services.objects.createBucket(bucket, signal);
  });

  afterEach(async () => {
    close();
    await server.stop();
  });

  it('goes on where it was, after one question: an upload', async () => {
    server.setFaults([{ service: 's3', operation: 'PutObject', fault: 'ExpiredToken', after: 20 }, ended]);
    const files = Array.from({ length: 100 }, (_, at) => ({ key: `pictures/${at}.png`, read: async () => onePixel }));
    const { objects } = services;
    const outcome = await upload({ objects, bucket, files, md5, onProgress: () => undefined }, signal);
    assert.deepEqual([outcome.uploaded.length, outcome.failed.length, prompts], [100, 0, 1]);
    const page = await services.objects.listObjects({ bucket, prefix: 'pictures/' }, signal);
    assert.equal(page.objects.length, 100);
    // Those that met the end ask once more with credentials read anew, and once more with new ones.
    const written = recorder.countOf('S3 PutObject');
    assert.ok(written <= 100 + 2 * 16, `${written} requests`);
  });

  it('goes on where it was, after one question: the steps to a team', async () => {
    server.setFaults([{ service: 'cognito-idp', operation: 'CreateGroup', fault: 'ExpiredToken' }, ended]);
    const request = {
      name: 'team',
      description: 'Private team of Example',
      emails: ['ana@example.com'],
      organization: 'Example',
      contactEmail: 'boss@example.com',
    };
    const team = await services.privateTeams.create(request, { onStep: () => undefined, keeper: noKeeper }, signal);
    assert.deepEqual([team.name, prompts], ['team', 1]);
    assert.deepEqual(
      ['CreateUserPool', 'CreateUserPoolClient', 'CreateUserPoolDomain', 'AdminCreateUser'].map((operation) =>
        recorder.countOf(`Cognito Identity Provider ${operation}`),
      ),
      [1, 1, 1, 1],
    );
  });
});

function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}

function unneeded(): never {
  throw new Error('Nobody needs it here');
}

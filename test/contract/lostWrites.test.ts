import assert from 'node:assert/strict';
import { type AwsClient, createAwsServices } from '../../src/aws/services.js';
import { Failure } from '../../src/core/failure.js';
import { hasten } from '../support/faults/hasten.js';
import { type FaultyTestServer, startTestServer } from '../support/localServer.js';
import { aroundRequests } from '../support/requests/aroundRequests.js';

const { signal } = new AbortController();
const uri = { bucket: 'lost-writes', key: 'reviewed.manifest' };
const bytes = (text: string) => new TextEncoder().encode(text);

/** The SDK asks again, and meets what it has written itself: that is no change by somebody else. */
describe('an object that is only to be written where there is none', () => {
  let server: FaultyTestServer;

  beforeEach(async () => {
    server = await startTestServer();
  });

  afterEach(() => server.stop());

  for (const { where, onClient } of [
    { where: 'in a bucket with S3’s own key', onClient: hasten },
    { where: 'in a bucket with a key of KMS, whose ETags are no MD5', onClient: encrypted },
  ]) {
    it(`is written where the reply is lost, ${where}`, async () => {
      const services = createAwsServices({ kind: 'local', server }, { onClient });
      await services.objects.createBucket(uri.bucket, signal);
      server.setFaults([{ service: 's3', operation: 'PutObject', fault: 'CutAfter', times: 1 }]);
      await services.objects.writeObject(uri, bytes('ours'), { isNew: true }, signal);
      const other = services.objects.writeObject(uri, bytes('else'), { isNew: true }, signal);
      await assert.rejects(other, (error) => Failure.is(error, 'object.changed'));
      const { bytes: kept } = await services.objects.readObject(uri, {}, signal);
      assert.equal(new TextDecoder().decode(kept), 'ours');
      services.dispose();
    });
  }
});

function encrypted(client: AwsClient): void {
  hasten(client);
  aroundRequests(client, async (_, send) => {
    const reply = (await send()) as { readonly output: { ETag?: string } };
    if (reply.output.ETag !== undefined) {
      reply.output.ETag = '"of-the-cipher-text"';
    }
    return reply;
  });
}

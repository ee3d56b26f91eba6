import assert from 'node:assert/strict';
import { createAwsServices } from '../../src/aws/services.js';
import { Failure, type FailureCode } from '../../src/core/failure.js';
import type { Services } from '../../src/core/ports.js';
import type { FaultName } from '../../src/local/faults/faultRule.js';
import { hasten } from '../support/faults/hasten.js';
import { type FaultyTestServer, startTestServer } from '../support/localServer.js';

const { signal } = new AbortController();

/** Where a bucket is, is asked by a HEAD, and the reply to that has no body. */
describe('a bucket that does not tell where it is', () => {
  let server: FaultyTestServer;
  let services: Services;

  before(async () => {
    server = await startTestServer();
    services = createAwsServices({ kind: 'local', server }, { onClient: hasten });
    await services.objects.createBucket('pictures', signal);
  });

  after(async () => {
    services.dispose();
    await server.stop();
  });

  const cases: readonly (readonly [FaultName, FailureCode])[] = [
    ['AccessDenied', 'aws.accessDenied'],
    ['ExpiredToken', 'aws.signedOut'],
    ['SlowDown', 'aws.overloaded'],
  ];
  for (const [fault, code] of cases) {
    it(`says why all the same: ${fault}`, async () => {
      server.setFaults(['HeadBucket', 'ListObjectsV2'].map((operation) => ({ service: 's3', operation, fault })));
      await assert.rejects(services.probes.bucketRegion('pictures', signal), (error) => {
        assert.ok(Failure.is(error, code), String(error));
        return !Failure.is(error, 'aws.accessDenied') || error.details.action === 's3:ListBucket';
      });
    });
  }
});

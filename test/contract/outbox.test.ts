import assert from 'node:assert/strict';
import { createAwsServices } from '../../src/aws/services.js';
import type { Services } from '../../src/core/ports.js';
import { Outbox, type ReceivedInvitation } from '../../src/node/outbox.js';
import { startTestServer, type TestServer } from '../support/localServer.js';

const { signal } = new AbortController();

describe('the outbox', () => {
  let server: TestServer;
  let services: Services;

  before(async () => {
    server = await startTestServer();
    services = createAwsServices({ kind: 'local', server });
  });

  after(async () => {
    services.dispose();
    await server.stop();
  });

  it('tells of each invitation that the server sends, and keeps all', async () => {
    await createTeam('before', 'early@example.com');
    const arrived = Promise.withResolvers<ReceivedInvitation>();
    const outbox = new Outbox(server.dataFolder, arrived.resolve);
    await outbox.watch();
    await createTeam('after', 'late@example.com');
    const { email, temporaryPassword } = await arrived.promise;
    outbox.dispose();
    assert.equal(email, 'late@example.com');
    assert.ok(temporaryPassword.length >= 8, temporaryPassword);
    const emails = (await outbox.list()).map((invitation) => invitation.email);
    assert.deepEqual(emails, ['late@example.com', 'early@example.com']);
  });

  async function createTeam(name: string, email: string): Promise<void> {
    const request = { name, description: name, emails: [email], organization: 'Us', contactEmail: email };
    await services.privateTeams.create(request, () => undefined, signal);
  }
});

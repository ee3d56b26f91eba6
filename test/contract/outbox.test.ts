import assert from 'node:assert/strict';
import { createAwsServices } from '../../src/aws/services.js';
import type { Services } from '../../src/core/ports.js';
import { Outbox, type ReceivedInvitation } from '../../src/node/outbox.js';
import { startTestServer, type TestServer } from '../support/localServer.js';
import { noKeeper } from '../support/labKeepers.js';

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

  it('tells once of each, also where it is asked to watch twice at the same time', async () => {
    const told: string[] = [];
    const arrived = Promise.withResolvers<void>();
    const outbox = new Outbox(server.dataFolder, ({ email }) => {
      told.push(email);
      if (email === 'second@example.com') {
        arrived.resolve();
      }
    });
    await Promise.all([outbox.watch(), outbox.watch()]);
    await createTeam('first', 'first@example.com');
    await createTeam('second', 'second@example.com');
    await arrived.promise;
    await outbox.watch();
    outbox.dispose();
    assert.deepEqual(told, ['first@example.com', 'second@example.com']);
  });

  it('leaves no watcher behind where it is closed while it begins', async () => {
    let told = 0;
    const outbox = new Outbox(server.dataFolder, () => {
      told += 1;
    });
    const beginning = outbox.watch();
    outbox.dispose();
    await beginning;
    const seen = Promise.withResolvers<void>();
    const other = new Outbox(server.dataFolder, () => seen.resolve());
    await other.watch();
    await createTeam('third', 'third@example.com');
    await seen.promise;
    other.dispose();
    assert.equal(told, 0);
  });

  async function createTeam(name: string, email: string): Promise<void> {
    const request = { name, description: name, emails: [email], organization: 'Us', contactEmail: email };
    await services.privateTeams.create(request, { onStep: () => undefined, keeper: noKeeper }, signal);
  }
});

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendReply } from '../../../../src/local/http/reply.js';

describe('a reply', () => {
  const cases = [
    { name: 'was sent', header: 'plain' },
    { name: 'could not be sent', header: '猫' },
  ];

  for (const { name, header } of cases) {
    it(`closes its stream when it ${name}`, async () => {
      const pieces = [Buffer.from('wau')];
      let isClosed = false;
      const body: AsyncIterableIterator<Uint8Array> = {
        [Symbol.asyncIterator]: () => body,
        async next() {
          const value = pieces.pop();
          return value === undefined ? { done: true, value } : { value };
        },
        async return() {
          isClosed = true;
          return { done: true, value: undefined };
        },
      };
      await serveOnce({ status: 200, headers: { 'x-header': header }, body });
      assert.equal(isClosed, true);
    });
  }
});

/** Resolves when the reply has been sent, or given up. */
async function serveOnce(reply: Parameters<typeof sendReply>[2]): Promise<void> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sent = new Promise<void>((done) => {
    server.once('request', (request, response) => {
      void sendReply(request, response, reply)
        .catch(() => response.destroy())
        .finally(done);
    });
  });
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}/`).then(
    (answer) => answer.text(),
    () => undefined,
  );
  await sent;
  server.close();
}

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const patienceMs = 5000;

/** Listens on the first of the ports that is free. */
export async function listen(
  server: Server,
  { address, ports }: { readonly address: string; readonly ports: readonly number[] },
): Promise<void> {
  for (const [index, port] of ports.entries()) {
    try {
      await new Promise<void>((done, fail) => {
        server.once('error', fail);
        server.listen({ port, host: address }, () => {
          server.off('error', fail);
          done();
        });
      });
      return;
    } catch (error) {
      if (index === ports.length - 1) {
        throw error;
      }
    }
  }
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port; // A TCP server that listens: it has one.
}

/** Answers what is under way, for as long as that takes in reason. */
export async function close(server: Server): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), patienceMs);
  await new Promise<void>((done) => {
    server.close(() => done());
    server.closeIdleConnections();
  });
  clearTimeout(timer);
}

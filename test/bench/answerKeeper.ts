import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PortalUser } from '../support/lab.js';
import { deleteDataFolder, makeDataFolder } from '../support/localServer.js';

/** The peer of what measures a team at work: a server that only keeps answers, and says nothing to all else. */
export interface AnswerKeeper {
  readonly endpoint: string;
  readonly user: PortalUser;
  end(): Promise<void>;
}

export async function startAnswerKeeper(): Promise<AnswerKeeper> {
  const folder = await makeDataFolder();
  const program = fileURLToPath(new URL('labelingLoadPeer.ts', import.meta.url));
  const server = fork(program, [join(folder, 'answers')]);
  const [port] = (await once(server, 'message')) as [number];
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    endpoint,
    user: new PortalUser(endpoint, { token: 'x', email: '', workerId: '', expiresAt: '' }),
    async end() {
      server.disconnect();
      await once(server, 'exit');
      await deleteDataFolder(folder);
    },
  };
}

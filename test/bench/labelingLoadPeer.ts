// The least that a portal could do: it hands out the same task again and again, and answers once the answer is on disk.
import { open } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';

const task = JSON.stringify([
  { taskId: 'x'.repeat(36), datasetObjectId: '0', taskInput: { taskObject: 's3://load/0.png', labels: ['cat'] } },
]);

void main(process.argv[2] ?? '');

async function main(file: string): Promise<void> {
  const answers = await open(file, 'a');
  let waiting: (() => void)[] = [];
  let isSyncing = false;
  const sync = async (): Promise<void> => {
    isSyncing = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await answers.appendFile('an answer\n'.repeat(batch.length));
      await answers.sync();
      batch.forEach((reply) => reply());
    }
    isSyncing = false;
  };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const reply = (): void => void response.end(request.url?.endsWith('/tasks') === true ? task : '{}');
    if (request.url?.endsWith('/answer') !== true) {
      reply();
      return;
    }
    waiting.push(reply);
    if (!isSyncing) {
      void sync();
    }
  };
  const server = createServer((request, response) => {
    request.resume().on('end', () => answer(request, response));
  });
  server.listen(0, '127.0.0.1', () => {
    process.send?.((server.address() as AddressInfo).port);
  });
  process.on('disconnect', () => process.exit());
}

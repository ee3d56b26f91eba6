import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LocalFunctions } from '../../src/local/functions/localFunctions.js';
import { FakeClock } from './fakeClock.js';

/** What the lab's module or server stands for. */
export const functionArn = 'arn:aws:lambda:us-east-1:111122223333:function:mine';

const program = fileURLToPath(new URL('../../src/local/functions/functionThread.ts', import.meta.url));

/** A folder with one function, and what runs it. */
export class FunctionLab {
  readonly folder: string;
  readonly clock = new FakeClock();
  readonly log: string[] = [];
  readonly functions: LocalFunctions;
  readonly #signs = new EventEmitter();
  /** Resolves when a function has asked for the object `s3://test/started`. */
  readonly started = once(this.#signs, 'started');
  #server: Server | undefined;

  private constructor(folder: string) {
    this.folder = folder;
    this.functions = new LocalFunctions({
      file: join(folder, 'functions.json'),
      program,
      environment: () => ({ AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }),
      readObject: async (uri, storage) => this.#readObject(uri, storage),
      clock: this.clock,
      log: (line) => void this.log.push(line),
    });
  }

  static async open(): Promise<FunctionLab> {
    return new FunctionLab(await mkdtemp(join(tmpdir(), 'functions-')));
  }

  async useModule(code: string, name = 'mine.mjs'): Promise<void> {
    await writeFile(join(this.folder, name), code);
    await this.#name({ module: `./${name}` });
  }

  async useServer(listener: RequestListener): Promise<void> {
    this.#server = createServer(listener);
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    await this.#name({ url: `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/here` });
  }

  async closeServer(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server !== undefined) {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    }
  }

  async close(): Promise<void> {
    this.functions.stop();
    await this.closeServer();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #name(target: object): Promise<void> {
    await writeFile(join(this.folder, 'functions.json'), JSON.stringify({ [functionArn]: target }));
  }

  async #readObject(uri: string, storage: string | undefined): Promise<Uint8Array> {
    if (uri === 's3://test/where') {
      return Buffer.from(storage ?? 'here');
    }
    if (uri === 's3://test/started') {
      this.#signs.emit('started');
      return Buffer.from('');
    }
    if (uri === 's3://test/payload.json') {
      return Buffer.from('[{"datasetObjectId":"0"}]');
    }
    throw new Error('The specified key does not exist.');
  }
}

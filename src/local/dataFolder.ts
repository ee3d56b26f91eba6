import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject, JsonValue } from '../core/json.js';
import type { Identity } from './http/services.js';
import { syncFolder } from './store/syncFolder.js';

/** What stands in `server.json`, by which others find the server: its answer to them, and whose process it is. */
export interface ServerRecord {
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly portal: string;
  /** The portal's address for other machines, where it has been opened to them. */
  readonly sharedPortal?: string;
  readonly pid: number;
  /** Made new at each start; the server's health says the same, so that a stale file is told from a living server. */
  readonly instance: string;
}

const identityFile = 'identity.json';
const serverFile = 'server.json';

/** Makes the folder, where it is missing, for nobody but this user. */
export async function makeDataFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** Who this data folder is to its clients: read where it has been made before. The region may change between runs. */
export async function identityOf(folder: string, region: string): Promise<Identity> {
  const saved = await readJson(join(folder, identityFile));
  const accountId = textField(saved, 'accountId');
  const accessKeyId = textField(saved, 'accessKeyId');
  const secretAccessKey = textField(saved, 'secretAccessKey');
  if (accountId !== undefined && accessKeyId !== undefined && secretAccessKey !== undefined) {
    return { accountId, accessKeyId, secretAccessKey, region };
  }
  const made = {
    accountId: String(randomInt(100_000_000_000, 999_999_999_999)),
    accessKeyId: `AKIA${base32(16)}`,
    secretAccessKey: randomBytes(30).toString('base64'),
  };
  await writePrivately(folder, identityFile, made);
  return { ...made, region };
}

export async function recordServer(folder: string, record: ServerRecord): Promise<void> {
  await writePrivately(folder, serverFile, record);
}

/** The server that has this folder, or had it last. It is a hint: where it cannot be read, nobody is known. */
export async function recordedServer(
  folder: string,
  log: (line: string) => void,
): Promise<{ readonly endpoint: string; readonly pid: number } | undefined> {
  let saved: JsonObject | undefined;
  try {
    saved = await readJson(join(folder, serverFile));
  } catch (error) {
    log(`does not know who had the folder last: ${String(error)}`);
  }
  const endpoint = textField(saved, 'endpoint');
  const pid = saved?.['pid'];
  return endpoint === undefined || !URL.canParse(endpoint) || typeof pid !== 'number' ? undefined : { endpoint, pid };
}

/** Replaces the file as a whole; nobody but this user may read it. */
async function writePrivately(folder: string, name: string, content: object): Promise<void> {
  const temporary = join(folder, `${name}.${randomUUID()}.tmp`);
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(content)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, join(folder, name));
  await syncFolder(folder);
}

async function readJson(path: string): Promise<JsonObject | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    throw new Error(`The file "${path}" is damaged: it is not JSON`); // The parser quotes it, and it may hold the key.
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

function textField(object: JsonObject | undefined, name: string): string | undefined {
  const value = object?.[name];
  return typeof value === 'string' ? value : undefined;
}

function base32(length: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return Array.from(randomBytes(length), (byte) => letters[byte % letters.length]).join('');
}

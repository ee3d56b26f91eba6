import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as TlsAgent, request as httpsRequest } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { rootCertificates } from 'node:tls';
import { setTimeout as delay } from 'node:timers/promises';
import { formatS3Uri } from '../../core/s3Uri.js';
import { bucketAddress, storageEndpoint, type StorageKeys, type StorageLocation } from '../../core/storage.js';
import type { Clock } from '../clock.js';
import type { ServiceError } from '../http/serviceError.js';
import { signRequest } from './signRequest.js';
import { StorageAway } from './storageAway.js';
import { type Asked, connectionProblem, refusalOf } from './storageProblems.js';

export interface StoreClientOptions {
  readonly location: StorageLocation;
  /** PEM: whom to trust beside the usual authorities. */
  readonly certificateAuthorities?: string;
  /** As they are now; throws `StorageAway` where there are none. */
  readonly keys: () => StorageKeys;
  readonly clock: Clock;
  /** Told how each request for a bucket has ended: with a reply of the store's, or with what is in its way. */
  readonly onOutcome: (problem: StorageAway | undefined, bucket: string) => void;
}

export interface StoreRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly bucket: string;
  /** Raw; none: the bucket itself. */
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly action: Asked['action'];
}

/** No byte for so long: the request has failed. */
const silenceMs = 30_000;
const socketsAtOnce = 32;
const attempts = 3;
const firstPauseMs = 200;
const longestRefusalBytes = 64 * 1024;
const skewAllowedMs = 60_000;

/**
 * Sends requests to a store that speaks S3. What may pass at once is tried three times; what may pass later is thrown as
 * `StorageAway`, for whoever can wait.
 */
export class StoreClient {
  readonly #options: StoreClientOptions;
  readonly #agent: Agent | TlsAgent;
  /** Amazon S3 says where a bucket is: it is then asked for there. */
  readonly #regions = new Map<string, string>();
  /** How far the store's clock is ahead, in ms, once it has refused a time. */
  #skewMs = 0;

  constructor(options: StoreClientOptions) {
    this.#options = options;
    const { certificateAuthorities: ca, location } = options;
    const shared = { keepAlive: true, maxSockets: socketsAtOnce, timeout: silenceMs };
    this.#agent = storageEndpoint(location).startsWith('https:')
      ? new TlsAgent({ ...shared, ...(ca !== undefined && { ca: [...rootCertificates, ca] }) })
      : new Agent(shared);
  }

  dispose(): void {
    this.#agent.destroy();
  }

  /** The reply to a request that was carried out; its body is still to be read. */
  async send(request: StoreRequest): Promise<IncomingMessage> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const reply = await this.#attempt(request);
        this.#options.onOutcome(undefined, request.bucket);
        return reply;
      } catch (error) {
        const mayPass = error instanceof StorageAway && ['unreachable', 'overloaded'].includes(error.problem);
        if (!mayPass || attempt === attempts) {
          this.#options.onOutcome(error instanceof StorageAway ? error : undefined, request.bucket);
          throw error;
        }
      }
      await delay(firstPauseMs * 2 ** attempt);
    }
  }

  /** The whole body of the reply. */
  async sendAndRead(request: StoreRequest): Promise<Buffer> {
    const reply = await this.send(request);
    return this.read(reply);
  }

  async read(reply: IncomingMessage): Promise<Buffer> {
    try {
      return await buffer(reply);
    } catch (error) {
      throw connectionProblem(error, storageEndpoint(this.#options.location));
    }
  }

  /** The body in pieces, as they come. */
  async *pieces(reply: IncomingMessage): AsyncGenerator<Uint8Array> {
    try {
      yield* reply as AsyncIterable<Uint8Array>;
    } catch (error) {
      throw connectionProblem(error, storageEndpoint(this.#options.location));
    }
  }

  async #attempt(request: StoreRequest): Promise<IncomingMessage> {
    const before = { region: this.#regionOf(request.bucket), skewMs: this.#skewMs };
    try {
      return await this.#sendOnce(request);
    } catch (error) {
      const isOther = this.#regionOf(request.bucket) !== before.region || this.#skewMs !== before.skewMs;
      if (error instanceof StorageAway && isOther) {
        return this.#sendOnce(request); // The refusal has told what was wrong.
      }
      throw error;
    }
  }

  async #sendOnce(request: StoreRequest): Promise<IncomingMessage> {
    const { keys, clock } = this.#options;
    const { method, bucket, key, query = {}, headers = {}, body = new Uint8Array() } = request;
    const location = this.#locationOf(bucket);
    const { origin, path } = bucketAddress(location, bucket);
    const url = new URL(origin);
    const signed = signRequest(
      { method, host: url.host, path: `${path}/${key ?? ''}`, query, body },
      { keys: keys(), region: location.region, now: new Date(clock.now().getTime() + this.#skewMs) },
    );
    const reply = await this.#exchange(
      url,
      { method, path: signed.path, headers: { ...headers, ...signed.headers } },
      body,
    );
    const status = reply.statusCode ?? 0;
    if (status >= 200 && status < 300) {
      return reply;
    }
    throw this.#learnFrom(request, reply, await this.#refusal(reply, request));
  }

  #exchange(
    { protocol, hostname, port }: URL,
    head: { readonly method: string; readonly path: string; readonly headers: Readonly<Record<string, string>> },
    body: Uint8Array,
  ): Promise<IncomingMessage> {
    const send = protocol === 'https:' ? httpsRequest : httpRequest;
    const endpoint = storageEndpoint(this.#options.location);
    return new Promise((resolve, reject) => {
      const options = {
        ...head,
        hostname: hostname.replaceAll(/[[\]]/gu, ''),
        port,
        agent: this.#agent,
        headers: { ...head.headers, ...(head.method !== 'GET' && { 'content-length': String(body.length) }) },
      };
      const outgoing = send(options, resolve);
      outgoing.setTimeout(silenceMs, () => outgoing.destroy(new Error(`no byte for ${silenceMs / 1_000} seconds`)));
      outgoing.on('error', (error) => reject(connectionProblem(error, endpoint)));
      outgoing.end(body);
    });
  }

  async #refusal(reply: IncomingMessage, request: StoreRequest): Promise<ServiceError | StorageAway> {
    let body = '';
    for await (const piece of this.pieces(reply)) {
      body += body.length < longestRefusalBytes ? Buffer.from(piece).toString() : '';
    }
    const { bucket, key, action } = request;
    return refusalOf(
      { status: reply.statusCode ?? 0, headers: reply.headers, body },
      {
        endpoint: storageEndpoint(this.#options.location),
        region: this.#regionOf(bucket),
        bucket,
        resource: key === undefined ? `s3://${bucket}` : formatS3Uri({ bucket, key }),
        action,
      },
    );
  }

  #learnFrom({ bucket }: StoreRequest, { headers }: IncomingMessage, error: ServiceError | StorageAway) {
    if (error instanceof StorageAway) {
      const { 'x-amz-bucket-region': region, date } = headers;
      const { location, clock } = this.#options;
      if (error.problem === 'elsewhere' && location.endpoint === undefined && typeof region === 'string') {
        this.#regions.set(bucket, region);
      }
      const skewMs = Date.parse(date ?? '') - clock.now().getTime();
      if (error.problem === 'clockWrong' && Math.abs(skewMs - this.#skewMs) > skewAllowedMs) {
        this.#skewMs = skewMs; // As the SDKs do.
      }
    }
    return error;
  }

  #regionOf(bucket: string): string {
    return this.#regions.get(bucket) ?? this.#options.location.region;
  }

  #locationOf(bucket: string): StorageLocation {
    return { ...this.#options.location, region: this.#regionOf(bucket) };
  }
}

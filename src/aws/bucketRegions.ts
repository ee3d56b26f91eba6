import type { S3Client } from '@aws-sdk/client-s3';

interface BucketCommand {
  readonly input: { readonly Bucket?: string };
}

type Send = (command: BucketCommand, options?: unknown) => Promise<unknown>;

interface Redirect extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/**
 * Asks for buckets of other regions there, by a client of that region, once S3 has said where a bucket is. The SDK's own
 * `followRegionRedirects` changes the one client for as long as a call takes, and with it all that is under way beside it.
 */
export class BucketRegions {
  readonly client: S3Client;
  readonly #make: (region: string) => S3Client;
  readonly #clients = new Map<string, S3Client>();
  /** Where buckets are that are not in the connection's region. */
  readonly #regions = new Map<string, string>();

  constructor(region: string, make: (region: string) => S3Client) {
    this.client = make(region);
    this.#make = make;
    const sendHere = this.client.send.bind(this.client) as Send;
    const send: Send = (command, options) => this.#send(command, options, sendHere);
    this.client.send = send as S3Client['send'];
  }

  dispose(): void {
    for (const client of [this.client, ...this.#clients.values()]) {
      client.destroy();
    }
  }

  async #send(command: BucketCommand, options: unknown, sendHere: Send): Promise<unknown> {
    const { Bucket: bucket = '' } = command.input;
    const known = this.#regions.get(bucket);
    try {
      return await this.#sendTo(known, sendHere)(command, options);
    } catch (error) {
      const region = regionIn(error);
      if (region === undefined || region === known) {
        throw error;
      }
      this.#regions.set(bucket, region);
      return this.#sendTo(region, sendHere)(command, options);
    }
  }

  #sendTo(region: string | undefined, sendHere: Send): Send {
    if (region === undefined) {
      return sendHere;
    }
    const client = this.#clients.get(region) ?? this.#make(region);
    this.#clients.set(region, client);
    return client.send.bind(client) as Send;
  }
}

/** Where the bucket is, if S3 says that it is not here: for good, while it is new, or because the signature says so. */
function regionIn(error: unknown): string | undefined {
  if (!(error instanceof Error)) {
    return undefined;
  }
  const { $metadata, $response, name } = error as Redirect;
  const status = $metadata?.httpStatusCode ?? 0;
  return [301, 307].includes(status) || (status === 400 && name === 'AuthorizationHeaderMalformed')
    ? $response?.headers?.['x-amz-bucket-region']
    : undefined;
}

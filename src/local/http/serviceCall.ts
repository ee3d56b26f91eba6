import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock.js';

/** One call of one operation, let in by its signature. */
export interface ServiceCall {
  /** By its signing name: `s3`, `sagemaker`, `cognito-idp`, `iam`, `sts`. */
  readonly service: string;
  readonly operation: string;
  /** S3's bucket; empty elsewhere. */
  readonly bucket?: string;
  /** S3's key; empty where the call concerns no object. */
  readonly key?: string;
  /** A field of the input that is a text. */
  readonly field: (name: string) => string | undefined;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** What stands around every operation. */
export interface CallGuard {
  /** By which signatures are judged. */
  readonly signatureClock: Clock;
  around<T>(call: ServiceCall, run: () => T | Promise<T>): Promise<T>;
}

/** The client hears nothing more: there is no answer to give. */
export class ConnectionCut extends Error {
  override readonly name = 'ConnectionCut';
}

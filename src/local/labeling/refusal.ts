import type { PortalRefusal } from '../../core/portal/workerPortal.js';

/** What a worker cannot do, and why. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: PortalRefusal['code'];
  /** When it may be tried again. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: PortalRefusal['code'], message: string, retryAfterSeconds?: number) {
    super(message);
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

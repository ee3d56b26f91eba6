import type { PortalRefusal } from '../../core/portal/workerPortal.js';

/** What a worker cannot do, and why. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: PortalRefusal['code'];

  constructor(code: PortalRefusal['code'], message: string) {
    super(message);
    this.code = code;
  }
}

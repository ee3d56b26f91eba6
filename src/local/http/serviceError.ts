/** A refusal in the way AWS refuses: `code` is the error's name on the wire, `message` its text. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: string;
  readonly status: number;
  /** Elements of their own in the answer, where the protocol has such (S3). */
  readonly details: Readonly<Record<string, string | number>>;

  constructor(code: string, message: string, status = 400, details: Readonly<Record<string, string | number>> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

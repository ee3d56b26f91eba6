/** A refusal in the way AWS refuses: `code` is the error's name on the wire, `message` its text. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: string;
  readonly status: number;
  /** Elements of their own in the answer, where the protocol has such (S3). */
  readonly details: Readonly<Record<string, string | number>>;
  /** Headers of their own, likewise. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: string,
    message: string,
    status = 400,
    details: Readonly<Record<string, string | number>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.code = code;
    this.status = status;
    this.details = details;
    this.headers = headers;
  }
}

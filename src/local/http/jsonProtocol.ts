import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject, JsonValue } from '../../core/json.js';
import { header, type RequestHead } from './incoming.js';
import type { Reply } from './reply.js';
import { collect } from './requestBody.js';
import { type CallGuard, ConnectionCut } from './serviceCall.js';
import { ServiceError } from './serviceError.js';
import { skewText } from './signatureRefusals.js';
import type { Identity, JsonService } from './services.js';
import { hasSignatureV4, sha256, verifySignatureV4 } from './signatureV4.js';

export interface ProtocolOptions {
  readonly identity: Identity;
  readonly guard: CallGuard;
  readonly log: (line: string) => void;
}

/** A request that has been read as far as its head, and where its answer goes. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly head: RequestHead;
}

const longestBody = 8 * 1024 * 1024;
const contentType = 'application/x-amz-json-1.1';

/** S3's words for a bad signature, as these services say it. */
const signatureErrors: Readonly<Record<string, string>> = {
  InvalidAccessKeyId: 'UnrecognizedClientException',
  SignatureDoesNotMatch: 'InvalidSignatureException',
  RequestTimeTooSkewed: 'InvalidSignatureException',
  AuthorizationHeaderMalformed: 'IncompleteSignatureException',
  AuthorizationQueryParametersError: 'IncompleteSignatureException',
  InvalidArgument: 'IncompleteSignatureException',
  AccessDenied: 'IncompleteSignatureException',
};

/** Answers `X-Amz-Target: <target>.<operation>` in AWS JSON 1.1. */
export async function answerJson(
  services: readonly JsonService[],
  exchange: Exchange,
  options: ProtocolOptions,
): Promise<Reply> {
  const { request, head } = exchange;
  const target = header(head.headers, 'x-amz-target') ?? '';
  try {
    const body = await collect(request, longestBody);
    const output = await callOperation(services, target, { body, exchange, options });
    return jsonReply(200, output === undefined ? '' : JSON.stringify(output));
  } catch (error) {
    if (error instanceof ConnectionCut) {
      throw error;
    }
    if (!(error instanceof ServiceError)) {
      options.log(`${target} failed: ${error instanceof Error ? error.stack : String(error)}`);
      return errorReply('InternalFailure', 'The request processing has failed because of an internal error.', 500);
    }
    return errorReply(error.code, error.message, error.status);
  }
}

async function callOperation(
  services: readonly JsonService[],
  target: string,
  {
    body,
    exchange,
    options,
  }: { readonly body: Buffer; readonly exchange: Exchange; readonly options: ProtocolOptions },
): Promise<JsonObject | undefined> {
  const [serviceName = '', operationName = ''] = target.split('.');
  const service = services.find((candidate) => candidate.target === serviceName);
  if (service === undefined) {
    throw unknownOperation(target, options);
  }
  authenticate(service, body, exchange.head, options);
  const operation = Object.hasOwn(service.operations, operationName) ? service.operations[operationName] : undefined;
  if (operation === undefined) {
    throw unknownOperation(target, options);
  }
  const input = parseInput(body);
  const field = (name: string): string | undefined => {
    const value = input[name];
    return typeof value === 'string' ? value : undefined;
  };
  const { request, response } = exchange;
  const call = { service: service.signingName, operation: operationName, field, request, response };
  return options.guard.around(call, () => operation(input, header(exchange.head.headers, 'x-amz-security-token')));
}

function authenticate(
  { signingName }: JsonService,
  body: Buffer,
  head: RequestHead,
  { identity, guard }: ProtocolOptions,
): void {
  if (!hasSignatureV4(head)) {
    throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  try {
    verifySignatureV4(head, {
      identity,
      now: guard.signatureClock.now(),
      service: signingName,
      bodyHash: sha256(body),
    });
  } catch (error) {
    if (error instanceof ServiceError) {
      throw new ServiceError(signatureErrors[error.code] ?? error.code, skewText(error) ?? error.message);
    }
    throw error;
  }
}

function parseInput(body: Buffer): JsonObject {
  let input: JsonValue;
  try {
    input = body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as JsonValue);
  } catch {
    throw new ServiceError('SerializationException', 'The request body is not valid JSON');
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new ServiceError('SerializationException', 'Start of structure expected');
  }
  return input as JsonObject;
}

function unknownOperation(target: string, { log }: ProtocolOptions): ServiceError {
  log(`${target} is not implemented`);
  return new ServiceError('UnknownOperationException', `The operation "${target}" is not implemented here`);
}

function errorReply(type: string, message: string, status: number): Reply {
  // Services differ in the case of "message"; clients read either.
  const reply = jsonReply(status, JSON.stringify({ __type: type, message, Message: message }));
  return { ...reply, headers: { ...reply.headers, 'x-amzn-errortype': type } };
}

function jsonReply(status: number, body: string): Reply {
  return { status, headers: { 'content-type': contentType }, body };
}

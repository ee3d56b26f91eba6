import type { RequestHead } from './incoming.js';
import type { Exchange, ProtocolOptions } from './jsonProtocol.js';
import type { Reply } from './reply.js';
import { collect } from './requestBody.js';
import { ConnectionCut } from './serviceCall.js';
import { ServiceError } from './serviceError.js';
import { skewText } from './signatureRefusals.js';
import type { QueryService, XmlNode } from './services.js';
import { hasSignatureV4, sha256, verifySignatureV4 } from './signatureV4.js';
import { xmlElement, type XmlContent } from './xml.js';

const longestBody = 8 * 1024 * 1024;

/** S3's words for a bad signature, as these services say it. */
const signatureErrors: Readonly<Record<string, string>> = {
  InvalidAccessKeyId: 'InvalidClientTokenId',
  RequestTimeTooSkewed: 'SignatureDoesNotMatch',
  AuthorizationHeaderMalformed: 'IncompleteSignature',
  AuthorizationQueryParametersError: 'IncompleteSignature',
  InvalidArgument: 'IncompleteSignature',
  AccessDenied: 'IncompleteSignature',
};

/** Answers a form with `Action` and `Version` in XML. */
export async function answerQuery(
  services: readonly QueryService[],
  { request, response, head }: Exchange,
  requestId: string,
  options: ProtocolOptions,
): Promise<Reply> {
  let namespace = '';
  let action = '';
  try {
    const body = await collect(request, longestBody);
    const form = new Map(new URLSearchParams(body.toString('utf8')));
    action = form.get('Action') ?? '';
    const version = form.get('Version') ?? '';
    const service = services.find((candidate) => candidate.version === version);
    namespace = service?.xmlNamespace ?? '';
    if (service === undefined) {
      throw unknownAction(action, version, options);
    }
    authenticate(service, body, head, options);
    const operation = Object.hasOwn(service.operations, action) ? service.operations[action] : undefined;
    if (operation === undefined) {
      throw unknownAction(action, version, options);
    }
    const field = (name: string) => form.get(name);
    const call = { service: service.signingName, operation: action, field, request, response };
    const result = await options.guard.around(call, () => operation(form));
    return xmlReply(
      200,
      xmlElement(`${action}Response`, {
        '@xmlns': namespace,
        ...(result !== undefined && { [`${action}Result`]: withMembers(result) }),
        ResponseMetadata: { RequestId: requestId },
      }),
    );
  } catch (error) {
    if (error instanceof ConnectionCut) {
      throw error;
    }
    return errorReply(error, { action, namespace, requestId }, options);
  }
}

function authenticate(
  { signingName }: QueryService,
  body: Buffer,
  head: RequestHead,
  { identity, guard }: ProtocolOptions,
): void {
  if (!hasSignatureV4(head)) {
    throw new ServiceError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
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
      throw new ServiceError(signatureErrors[error.code] ?? error.code, skewText(error) ?? error.message, 403);
    }
    throw error;
  }
}

function unknownAction(action: string, version: string, { log }: ProtocolOptions): ServiceError {
  log(`${action} (version ${version}) is not implemented`);
  return new ServiceError('InvalidAction', `Could not find operation ${action} for version ${version}`);
}

function withMembers(node: XmlNode): XmlContent {
  if (typeof node === 'string') {
    return node;
  }
  if (isList(node)) {
    return { member: node.map(withMembers) };
  }
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => [name, value === undefined ? undefined : withMembers(value)]),
  );
}

function isList(node: XmlNode): node is readonly XmlNode[] {
  return Array.isArray(node);
}

function errorReply(
  error: unknown,
  { action, namespace, requestId }: { readonly action: string; readonly namespace: string; readonly requestId: string },
  { log }: ProtocolOptions,
): Reply {
  const refusal = error instanceof ServiceError ? error : internalFailure;
  if (refusal === internalFailure) {
    log(`${action} failed: ${error instanceof Error ? error.stack : String(error)}`);
  }
  const { code, message, status } = refusal;
  return xmlReply(
    status,
    xmlElement('ErrorResponse', {
      '@xmlns': namespace,
      Error: { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message },
      RequestId: requestId,
    }),
  );
}

const internalFailure = new ServiceError(
  'InternalFailure',
  'The request processing has failed because of an internal error.',
  500,
);

function xmlReply(status: number, body: string): Reply {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

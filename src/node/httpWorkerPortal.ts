import { Failure } from '../core/failure.js';
import {
  portalPaths,
  type PortalRefusal,
  type PortalSession,
  type PortalTask,
  type WorkerPortal,
} from '../core/portal/workerPortal.js';

interface PortalRequest {
  readonly session?: PortalSession;
  /** What the path's `:ref` or `:id` stands for. */
  readonly parameter?: string;
  readonly body?: object;
  /** Whom a refusal is about. */
  readonly email?: string;
}

/** Local Ground Truth's worker portal, over HTTP. */
export function httpWorkerPortal(portalAddress: string): WorkerPortal {
  const call = <T>(method: keyof WorkerPortal, request: PortalRequest, signal: AbortSignal): Promise<T> =>
    callPortal<T>(portalAddress.replace(/\/$/u, ''), method, request, signal);
  const done = async (method: keyof WorkerPortal, request: PortalRequest, signal: AbortSignal): Promise<void> => {
    await call(method, request, signal);
  };
  return {
    signIn: (credentials, signal) => call('signIn', { body: credentials, email: credentials.email }, signal),
    setNewPassword: (request, signal) => call('setNewPassword', { body: request }, signal),
    signOut: (session, signal) => done('signOut', { session }, signal),
    listJobs: (session, signal) => call('listJobs', { session }, signal),
    template: (session, parameter, signal) => call('template', { session, parameter }, signal),
    takeTasks: (session, { jobReferenceCode, count }, signal) =>
      call('takeTasks', { session, parameter: jobReferenceCode, body: { count } }, signal),
    acceptTask: (session, parameter, signal) => call<PortalTask>('acceptTask', { session, parameter }, signal),
    submitAnswer: (session, { taskId, answerContent }, signal) =>
      call('submitAnswer', { session, parameter: taskId, body: { answerContent } }, signal),
    declineTask: (session, parameter, signal) => done('declineTask', { session, parameter }, signal),
    releaseTask: (session, parameter, signal) => done('releaseTask', { session, parameter }, signal),
    stopWorking: (session, parameter, signal) => done('stopWorking', { session, parameter }, signal),
    undoLastAnswer: (session, parameter, signal) => call('undoLastAnswer', { session, parameter }, signal),
  };
}

async function callPortal<T>(
  address: string,
  method: keyof WorkerPortal,
  request: PortalRequest,
  signal: AbortSignal,
): Promise<T> {
  const [verb = '', path = ''] = portalPaths[method].split(' ');
  const { session, parameter = '', body = {} } = request;
  let response: Response;
  let text: string;
  try {
    response = await fetch(address + path.replace(/:\w+/u, encodeURIComponent(parameter)), {
      method: verb,
      headers: {
        'content-type': 'application/json',
        ...(session && { authorization: `Bearer ${session.token}` }),
      },
      ...(verb === 'POST' && { body: JSON.stringify(body) }),
      signal,
    });
    text = await response.text();
  } catch (error) {
    signal.throwIfAborted();
    throw new Failure('portal.unreachable', { endpoint: address, reason: reasonOf(error) }, { cause: error });
  }
  if (response.ok) {
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
  throw failureOf(method, request, { status: response.status, text });
}

interface BadReply {
  readonly status: number;
  readonly text: string;
}

function failureOf(method: keyof WorkerPortal, request: PortalRequest, reply: BadReply): Failure {
  const { session, parameter: taskId = '', email = session?.email ?? '' } = request;
  const { code, message: reason } = refusalOf(reply);
  switch (code) {
    case 'SessionExpired':
      return new Failure('portal.signedOut', { email });
    case 'NotAuthorized':
      return method === 'signIn' || method === 'setNewPassword'
        ? new Failure('portal.wrongPassword', { email, reason })
        : new Failure('portal.refused', { action: method, reason });
    case 'InvalidPassword':
      return new Failure('portal.weakPassword', { reason });
    case 'TaskGone':
      return new Failure('portal.taskGone', { taskId, reason });
    case 'NothingToUndo':
      return new Failure('portal.nothingToUndo', { reason });
    case 'InvalidRequest':
    case 'NotFound':
    case 'unknown':
      return new Failure('portal.refused', { action: method, reason });
  }
}

const codes: readonly PortalRefusal['code'][] = [
  'NotAuthorized',
  'SessionExpired',
  'InvalidPassword',
  'InvalidRequest',
  'NotFound',
  'TaskGone',
  'NothingToUndo',
];

/** The portal's refusal; whatever else answers at its address is quoted. */
function refusalOf({ status, text }: BadReply): { readonly code: PortalRefusal['code'] | 'unknown'; message: string } {
  try {
    const { code = '', message = '' } = JSON.parse(text) as { readonly code?: string; readonly message?: string };
    return { code: codes.find((known) => known === code) ?? 'unknown', message: message || `${status} ${code}` };
  } catch {
    return { code: 'unknown', message: `${status} ${text.slice(0, 200)}` };
  }
}

/** What the system said, which fetch keeps as the cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}

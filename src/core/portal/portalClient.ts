import { Failure } from '../failure.js';
import type { SessionEnd } from './standing.js';
import {
  portalPaths,
  type PortalRefusal,
  type PortalSession,
  type PortalTask,
  type WorkerPortal,
} from './workerPortal.js';

/** A request to the portal; how a session shows itself is up to whoever sends it. */
export interface PortalRequest {
  readonly verb: string;
  /** Under the portal's address. */
  readonly path: string;
  /** JSON; only with `POST`. */
  readonly body?: string;
  readonly session?: PortalSession;
}

export interface PortalReply {
  readonly status: number;
  readonly text: string;
}

/** Fails with `portal.unreachable` where nobody answers. */
export type SendToPortal = (request: PortalRequest, signal: AbortSignal) => Promise<PortalReply>;

interface Call {
  readonly session?: PortalSession;
  /** What the path's `:ref` or `:id` stands for. */
  readonly parameter?: string;
  readonly body?: object;
  readonly query?: Readonly<Record<string, string>>;
  /** Whom a refusal is about. */
  readonly email?: string;
}

/** Local Ground Truth's worker portal, over whatever carries requests to it: the extension's, or a browser's. */
export function workerPortalOver(send: SendToPortal): WorkerPortal {
  const ask = async <T>(method: keyof WorkerPortal, call: Call, signal: AbortSignal): Promise<T> => {
    const [verb = '', path = ''] = portalPaths[method].split(' ');
    const { session, parameter = '', query, body = {} } = call;
    const filledIn = path.replace(/:\w+/u, encodeURIComponent(parameter));
    const reply = await send(
      {
        verb,
        path: query ? `${filledIn}?${new URLSearchParams(query).toString()}` : filledIn,
        ...(verb === 'POST' && { body: JSON.stringify(body) }),
        ...(session && { session }),
      },
      signal,
    );
    if (reply.status >= 500) {
      // No refusal: the same request may be taken another time, and nothing that was to be sent is given up.
      throw new Error(`The labeling portal failed: ${refusalOf(reply).message}`);
    }
    if (!isSuccess(reply)) {
      throw failureOf(method, call, reply);
    }
    return (reply.text === '' ? undefined : JSON.parse(reply.text)) as T;
  };
  const done = async (method: keyof WorkerPortal, call: Call, signal: AbortSignal): Promise<void> => {
    await ask(method, call, signal);
  };
  return {
    signIn: (credentials, signal) => ask('signIn', { body: credentials, email: credentials.email }, signal),
    setNewPassword: (request, signal) => ask('setNewPassword', { body: request }, signal),
    signOut: (session, signal) => done('signOut', { session }, signal),
    listJobs: (session, signal) => ask('listJobs', { session }, signal),
    template: (session, parameter, signal) => ask('template', { session, parameter }, signal),
    takeTasks: (session, { jobReferenceCode, count }, signal) =>
      ask('takeTasks', { session, parameter: jobReferenceCode, body: { count } }, signal),
    acceptTask: (session, parameter, signal) => ask<PortalTask>('acceptTask', { session, parameter }, signal),
    submitAnswer: (session, { taskId, answerContent }, signal) =>
      ask('submitAnswer', { session, parameter: taskId, body: { answerContent } }, signal),
    declineTask: (session, parameter, signal) => done('declineTask', { session, parameter }, signal),
    releaseTask: (session, parameter, signal) => done('releaseTask', { session, parameter }, signal),
    stopWorking: (session, parameter, signal) => done('stopWorking', { session, parameter }, signal),
    standing: (session, { jobReferenceCode, taskId }, signal) =>
      ask(
        'standing',
        { session, parameter: jobReferenceCode, ...(taskId !== undefined && { query: { task: taskId } }) },
        signal,
      ),
    undoLastAnswer: (session, parameter, signal) => ask('undoLastAnswer', { session, parameter }, signal),
  };
}

export function isSuccess({ status }: Pick<PortalReply, 'status'>): boolean {
  return status >= 200 && status < 300;
}

function failureOf(method: keyof WorkerPortal, call: Call, reply: PortalReply): Failure {
  const { session, parameter: taskId = '', email = session?.email ?? '' } = call;
  const { code, message: reason, sessionEnd: why } = refusalOf(reply);
  switch (code) {
    case 'SessionExpired':
      return new Failure('portal.signedOut', { email, ...(why !== undefined && { why }) });
    case 'NotAuthorized':
    case 'TooManyAttempts':
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
  'TooManyAttempts',
  'SessionExpired',
  'InvalidPassword',
  'InvalidRequest',
  'NotFound',
  'TaskGone',
  'NothingToUndo',
];

const sessionEnds: readonly SessionEnd[] = [
  'signedOut',
  'anotherWorker',
  'expired',
  'passwordChanged',
  'disabled',
  'memberDeleted',
  'unknown',
];

/** The portal's refusal; whatever else answers at its address is quoted. */
export function refusalOf({ status, text }: PortalReply): {
  readonly code: PortalRefusal['code'] | 'unknown';
  readonly message: string;
  readonly sessionEnd?: SessionEnd;
} {
  try {
    const { code = '', message = '', sessionEnd } = JSON.parse(text) as Partial<Record<string, string>>;
    const end = sessionEnds.find((known) => known === sessionEnd);
    return {
      code: codes.find((known) => known === code) ?? 'unknown',
      message: message || `${status} ${code}`,
      ...(end !== undefined && { sessionEnd: end }),
    };
  } catch {
    return { code: 'unknown', message: `${status} ${text.slice(0, 200)}` };
  }
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject } from '../../core/json.js';
import { portalPaths, type PortalRefusal, type WorkerPortal } from '../../core/portal/workerPortal.js';
import type { PathHandler } from '../http/services.js';
import { submitAnswer, undoLastAnswer } from '../labeling/answers.js';
import {
  acceptTask,
  declineTask,
  type HandOutDependencies,
  listJobs,
  releaseTask,
  stopWorking,
  takeTasks,
  template,
} from '../labeling/handOut.js';
import { Refusal } from '../labeling/refusal.js';
import type { Worker } from '../labeling/workers.js';
import { numberField, objectField, readJsonBody, textField } from './body.js';
import { portalPage, portalPageHeaders } from './portalPage.js';
import { setNewPassword, signIn } from './signIn.js';
import { revokeToken, tokenHolder } from './tokens.js';

export interface PortalDependencies extends HandOutDependencies {
  /** Runs the change in a commit, which it may share with others; resolves when it is on disk. */
  readonly commit: <T>(change: () => T) => Promise<T>;
  readonly log: (line: string) => void;
}

/** No bucket can have a name with an underscore, so that this path is nobody's. */
export const portalPath = '/_local/portal';

interface Call {
  /** What the path's `:ref` or `:id` stands for. */
  readonly parameter: string;
  readonly body: JsonObject;
  readonly token: string;
}

/** A reply has the result's JSON, or nothing. */
type Reply = object | undefined;

type Method = keyof WorkerPortal;

interface Route {
  readonly method: Method;
  readonly verb: string;
  readonly pattern: RegExp;
}

const routes: readonly Route[] = (Object.entries(portalPaths) as [Method, string][]).map(([method, text]) => {
  const [verb = '', route = ''] = text.split(' ');
  return { method, verb, pattern: new RegExp(`^${portalPath}${route.replace(/:\w+/u, '([\\w-]+)')}$`, 'u') };
});

const statuses: Readonly<Record<PortalRefusal['code'], number>> = {
  NotAuthorized: 403,
  SessionExpired: 401,
  InvalidPassword: 400,
  InvalidRequest: 400,
  NotFound: 404,
  TaskGone: 409,
  NothingToUndo: 409,
};

/** The worker portal: its contract as JSON over HTTP, and a page that says where labeling happens. */
export function portalHandler(dependencies: PortalDependencies): PathHandler {
  const calls = callsOf(dependencies);
  return {
    path: portalPath,
    async handle(request, response) {
      try {
        requireOwnOrigin(request);
        const { pathname } = new URL(request.url ?? portalPath, 'http://localhost');
        if (request.method === 'GET' && (pathname === portalPath || pathname === `${portalPath}/`)) {
          send(response, 200, { text: portalPage, headers: portalPageHeaders });
          return;
        }
        const route = routes.find(({ verb, pattern }) => verb === request.method && pattern.test(pathname));
        if (route === undefined) {
          throw new Refusal('NotFound', 'The portal has nothing at this address.');
        }
        const reply = await calls[route.method]({
          parameter: route.pattern.exec(pathname)?.[1] ?? '',
          body: route.verb === 'POST' ? await readJsonBody(request) : {},
          token: bearerToken(request),
        });
        send(response, reply === undefined ? 204 : 200, json(reply));
      } catch (error) {
        if (error instanceof Refusal) {
          send(response, statuses[error.code], json({ code: error.code, message: error.message }));
          return;
        }
        dependencies.log(`portal: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        send(response, 500, json({ code: 'InternalFailure', message: 'The portal failed. Its log says why.' }));
      }
    },
  };
}

/** One entry for each method of the contract: a forgotten one does not compile. */
function callsOf(dependencies: PortalDependencies): Readonly<Record<Method, (call: Call) => Reply | Promise<Reply>>> {
  const { database, clock, commit } = dependencies;
  const asWorker =
    (run: (worker: Worker, call: Call) => Reply | Promise<Reply>) =>
    (call: Call): Reply | Promise<Reply> => {
      const holder = tokenHolder(database, { token: call.token, purpose: 'session', now: clock.now() });
      if (holder === undefined) {
        throw new Refusal('SessionExpired', 'You are signed out. Sign in again.');
      }
      return run({ sub: holder.sub, poolId: holder.pool_id, username: holder.username }, call);
    };
  // A whole team asks at once, and each commit waits for the disk: those that come together share one.
  const changing = (run: (worker: Worker, call: Call) => Reply) =>
    asWorker(async (worker, call) => commit(() => run(worker, call)));

  return {
    signIn: async ({ body }) =>
      signIn(dependencies, { email: textField(body, 'email'), password: textField(body, 'password') }),
    setNewPassword: async ({ body }) =>
      setNewPassword(dependencies, {
        challenge: textField(body, 'challenge'),
        newPassword: textField(body, 'newPassword'),
      }),
    signOut({ token }) {
      revokeToken(database, token);
      return undefined;
    },
    listJobs: asWorker((worker) => listJobs(dependencies, worker)),
    template: asWorker((worker, { parameter }) => ({ content: template(dependencies, worker, parameter) })),
    takeTasks: changing((worker, { parameter, body }) =>
      takeTasks(dependencies, worker, { jobReferenceCode: parameter, count: numberField(body, 'count') }),
    ),
    acceptTask: changing((worker, { parameter }) => acceptTask(dependencies, worker, parameter)),
    submitAnswer: changing((worker, { parameter, body }) =>
      submitAnswer(dependencies, worker, {
        taskId: parameter,
        answerContent: objectField(body, 'answerContent'),
      }),
    ),
    declineTask: changing((worker, { parameter }) => {
      declineTask(dependencies, worker, parameter);
      return undefined;
    }),
    releaseTask: changing((worker, { parameter }) => {
      releaseTask(dependencies, worker, parameter);
      return undefined;
    }),
    stopWorking: changing((worker, { parameter }) => {
      stopWorking(dependencies, worker, parameter);
      return undefined;
    }),
    undoLastAnswer: changing((worker, { parameter }) => undoLastAnswer(dependencies, worker, parameter)),
  };
}

function bearerToken({ headers }: IncomingMessage): string {
  return /^Bearer ([\w-]+)$/u.exec(headers.authorization ?? '')?.[1] ?? '';
}

/** A page of another origin may send requests here, though it could not read the replies. */
function requireOwnOrigin({ headers }: IncomingMessage): void {
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host ?? ''}`) {
    throw new Refusal('NotAuthorized', 'The portal takes no requests from other sites.');
  }
}

interface Content {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

function json(value: object | undefined): Content {
  return {
    text: value === undefined ? '' : JSON.stringify(value),
    headers: { 'content-type': 'application/json' },
  };
}

function send(response: ServerResponse, status: number, { text, headers }: Content): void {
  response.writeHead(status, {
    ...(status !== 204 && headers),
    'cache-control': 'no-store',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
  response.end(text);
}

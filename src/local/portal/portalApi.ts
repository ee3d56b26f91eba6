import type { JsonObject } from '../../core/json.js';
import { type BrowserSession, nobody } from '../../core/portal/browserPortal.js';
import type { SessionEnd } from '../../core/portal/standing.js';
import type { PortalSession, WorkerPortal } from '../../core/portal/workerPortal.js';
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
import { checkMask, isMaskOf, keepTask, type MaskCheckDependencies } from '../labeling/maskCheck.js';
import { takeBackFetched } from '../labeling/takeBack.js';
import { isWorker, type Worker, workerId } from '../labeling/workers.js';
import type { AttemptLimit } from './attemptLimit.js';
import { numberField, objectField, textField } from './body.js';
import type { Caller } from './caller.js';
import { sessionEnd, SessionOver, signOut } from './sessionEnds.js';
import { setNewPassword, signIn } from './signIn.js';
import { standing } from './standing.js';
import { readTaskObject, type TaskObject } from './taskObject.js';
import { hasSession, type TokenHolder, tokenHolder } from './tokens.js';

export interface PortalApiDependencies extends HandOutDependencies, MaskCheckDependencies {
  /** Runs the change in a commit, which it may share with others; resolves when it is on disk. */
  readonly commit: <T>(change: () => T) => Promise<T>;
}

interface PortalCall {
  /** What the path's `:ref` or `:id` stands for. */
  readonly parameter: string;
  readonly query: URLSearchParams;
  readonly body: JsonObject;
  readonly caller: Caller;
  /** From where it comes. */
  readonly address: string;
}

/** What is told: JSON, or an object's bytes; nothing where the contract has no result. */
export interface PortalAnswer {
  readonly json?: object;
  readonly object?: TaskObject;
  /** The page's session from now on; an empty token ends it. */
  readonly session?: Pick<PortalSession, 'token' | 'expiresAt'>;
}

export type PortalMethod = keyof WorkerPortal | 'session' | 'object';

export type PortalApi = Readonly<Record<PortalMethod, (call: PortalCall) => PortalAnswer | Promise<PortalAnswer>>>;

/** One entry for each method of the contract: a forgotten one does not compile. */
export function portalApi(dependencies: PortalApiDependencies, limit: AttemptLimit): PortalApi {
  const { database, clock, commit, identity } = dependencies;
  const signedIn = ({ token }: Caller) => tokenHolder(database, { token, purpose: 'session', now: clock.now() });
  const holderOf = (caller: Caller): TokenHolder | undefined => {
    const holder = signedIn(caller);
    const isAnothersPage =
      holder !== undefined &&
      caller.kind === 'page' &&
      ![nobody, workerId(holder.sub, identity)].includes(caller.workerId);
    return isAnothersPage ? undefined : holder;
  };
  const endOf = (caller: Caller): SessionEnd => {
    if (signedIn(caller) !== undefined) {
      return 'anotherWorker';
    }
    // A browser forgets its cookie when a worker logs out; the other tabs know only who they show.
    const isLoggedOut = caller.kind === 'page' && caller.token === '' && isWorker(database, caller.workerId, identity);
    return isLoggedOut ? 'signedOut' : sessionEnd(database, caller.token);
  };
  const asWorker =
    (run: (worker: Worker, call: PortalCall) => object | undefined) =>
    (call: PortalCall): PortalAnswer => {
      const json = run(workerOf(call), call);
      return json === undefined ? {} : { json };
    };
  // A whole team asks at once, and each commit waits for the disk: those that come together share one.
  const changing =
    (run: (worker: Worker, call: PortalCall) => object | undefined) =>
    async (call: PortalCall): Promise<PortalAnswer> => {
      const worker = workerOf(call);
      const json = await commit(() => run(worker, call));
      return json === undefined ? {} : { json };
    };
  const workerOf = ({ caller }: PortalCall): Worker => {
    const holder = holderOf(caller);
    if (holder === undefined || (caller.kind === 'page' && caller.workerId === nobody)) {
      throw new SessionOver(endOf(caller));
    }
    return { sub: holder.sub, poolId: holder.pool_id, username: holder.username };
  };

  return {
    async signIn({ body, caller, address }) {
      limit.begin(address);
      const credentials = { email: textField(body, 'email'), password: textField(body, 'password') };
      const result = await signIn(dependencies, credentials);
      limit.succeed(address);
      if (result.kind === 'newPasswordRequired') {
        return { json: result };
      }
      const { json, ...answer } = begun(result.session, caller);
      return { json: { kind: result.kind, session: json }, ...answer };
    },
    async setNewPassword({ body, caller }) {
      const change = { challenge: textField(body, 'challenge'), newPassword: textField(body, 'newPassword') };
      return begun(await setNewPassword(dependencies, change), caller);
    },
    async signOut({ caller }) {
      const holder = holderOf(caller);
      if (caller.kind === 'page' && holder === undefined) {
        return {}; // Whoever has signed in since stays so.
      }
      await commit(() => {
        signOut(database, caller.token);
        if (holder !== undefined && !hasSession(database, { sub: holder.sub, now: clock.now() })) {
          takeBackFetched(database, holder, { exceptIn: undefined, now: clock.now() });
        }
      });
      return { session: { token: '', expiresAt: clock.now().toISOString() } };
    },
    session({ caller }) {
      const holder = holderOf(caller);
      const session: BrowserSession =
        holder === undefined
          ? { kind: 'signedOut' }
          : {
              kind: 'signedIn',
              session: {
                token: '',
                email: holder.email ?? holder.username,
                workerId: workerId(holder.sub, identity),
                expiresAt: new Date(holder.expires_at).toISOString(),
              },
            };
      return { json: session };
    },
    listJobs: asWorker((worker) => listJobs(dependencies, worker)),
    template: asWorker((worker, { parameter }) => ({ content: template(dependencies, worker, parameter) })),
    takeTasks: changing((worker, { parameter, body }) =>
      takeTasks(dependencies, worker, { jobReferenceCode: parameter, count: numberField(body, 'count') }),
    ),
    acceptTask: changing((worker, { parameter }) => acceptTask(dependencies, worker, parameter)),
    submitAnswer: async (call) => {
      const submission = { taskId: call.parameter, answerContent: objectField(call.body, 'answerContent') };
      const asked = workerOf(call);
      if (isMaskOf(dependencies, asked, submission)) {
        // An answer that comes in time is in time, however long its mask waits to be looked at.
        await commit(() => keepTask(dependencies, asked, submission.taskId));
        await checkMask(dependencies, asked, submission);
      }
      // The session may have ended meanwhile: the commit asks again whose it is.
      const worker = workerOf(call);
      return { json: await commit(() => submitAnswer(dependencies, worker, submission)) };
    },
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
    standing: asWorker((worker, { parameter, query }) =>
      standing(dependencies, worker, { jobReferenceCode: parameter, taskId: query.get('task') ?? undefined }),
    ),
    undoLastAnswer: changing((worker, { parameter }) => undoLastAnswer(dependencies, worker, parameter)),
    object: async (call) => ({
      object: await readTaskObject(dependencies, workerOf(call), {
        taskId: call.parameter,
        uri: call.query.get('uri') ?? '',
      }),
    }),
  };
}

/** A page is not told its token: the browser keeps that where no script can read it. */
function begun(session: PortalSession, { kind }: Caller): PortalAnswer & { readonly json: PortalSession } {
  return kind === 'page' ? { json: { ...session, token: '' }, session } : { json: session };
}

import { Failure } from '../failure.js';
import type { PortalView } from './portalView.js';
import type { SessionEnd } from './standing.js';
import type { PortalSession, WorkerPortal } from './workerPortal.js';

export interface DeskSessionPorts {
  /** The portal as it can be reached now: a server that died is started again. */
  portal(signal: AbortSignal): Promise<WorkerPortal>;
  /** Tokens, in a safe place. */
  readonly sessions: {
    get(email: string): Promise<PortalSession | undefined>;
    set(email: string, session: PortalSession | undefined): Promise<void>;
  };
  /** The temporary password that this machine's outbox has for `email`. */
  invitation(email: string): Promise<string | undefined>;
  /** Told when the portal cannot be reached, and when it can again. */
  onConnection(state: { readonly isConnected: boolean; readonly reason?: string }): void;
  /** Told when the portal knows the session no longer. */
  onSignedOut(): void;
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

const firstRetryMs = 200;
const longestRetryMs = 3_000;

/** Who sits at the desk: signing in, and calling the portal as that worker. */
export class DeskSession {
  readonly #ports: DeskSessionPorts;
  #email = '';
  #session: PortalSession | undefined;
  #challenge: string | undefined;
  /** Why the session that was in use is over. */
  #ended: SessionEnd | undefined;

  constructor(ports: DeskSessionPorts) {
    this.#ports = ports;
  }

  get email(): string {
    return this.#email;
  }

  get current(): PortalSession | undefined {
    return this.#session;
  }

  async switchTo(email: string): Promise<void> {
    this.#email = email;
    this.#challenge = undefined;
    this.#ended = undefined;
    this.#session = await this.#ports.sessions.get(email);
  }

  async signInView(problem?: string): Promise<PortalView> {
    if (this.#challenge !== undefined) {
      return { kind: 'newPassword', email: this.#email };
    }
    // A password that was refused is not offered again.
    const temporaryPassword = problem === undefined ? await this.#ports.invitation(this.#email) : undefined;
    return {
      kind: 'signIn',
      email: this.#email,
      ...(temporaryPassword !== undefined && { temporaryPassword }),
      ...(problem !== undefined && { problem }),
      ...(this.#ended !== undefined && { ended: this.#ended }),
    };
  }

  /** The next place to go to, or `undefined` once signed in. */
  async signIn(email: string, password: string, signal: AbortSignal): Promise<PortalView | undefined> {
    this.#email = email;
    try {
      const portal = await this.#ports.portal(signal);
      const result = await portal.signIn({ email, password }, signal);
      if (result.kind === 'newPasswordRequired') {
        this.#challenge = result.challenge;
        return { kind: 'newPassword', email };
      }
      await this.#begin(result.session);
      return undefined;
    } catch (error) {
      if (Failure.is(error, 'portal.wrongPassword')) {
        return this.signInView(error.details.reason);
      }
      throw error;
    }
  }

  async setNewPassword(newPassword: string, signal: AbortSignal): Promise<PortalView | undefined> {
    if (this.#challenge === undefined) {
      return this.signInView();
    }
    try {
      const portal = await this.#ports.portal(signal);
      await this.#begin(await portal.setNewPassword({ challenge: this.#challenge, newPassword }, signal));
      return undefined;
    } catch (error) {
      if (Failure.is(error, 'portal.weakPassword')) {
        return { kind: 'newPassword', email: this.#email, problem: error.details.reason };
      }
      if (Failure.is(error, 'portal.signedOut') || Failure.is(error, 'portal.wrongPassword')) {
        this.#challenge = undefined; // It was not answered in time: back to the temporary password.
        return this.signInView();
      }
      throw error;
    }
  }

  async signOut(signal: AbortSignal): Promise<void> {
    const session = this.#session;
    await this.#end();
    if (session) {
      const portal = await this.#ports.portal(signal);
      await portal.signOut(session, signal).catch((error: unknown) => {
        if (!Failure.is(error)) {
          throw error; // A portal that is gone or knows the session no longer has nothing to end.
        }
      });
    }
  }

  /** Calls the portal as this worker, again and again for as long as it cannot be reached. */
  async call<T>(
    request: (portal: WorkerPortal, session: PortalSession) => Promise<T>,
    signal: AbortSignal,
    onUnreachable?: () => void,
  ): Promise<T> {
    const session = this.#session;
    if (!session) {
      throw new Failure('portal.signedOut', { email: this.#email });
    }
    let isConnected = true;
    for (let waitMs = firstRetryMs; ; waitMs = Math.min(longestRetryMs, waitMs * 2)) {
      try {
        const result = await request(await this.#ports.portal(signal), session);
        if (!isConnected) {
          this.#ports.onConnection({ isConnected: true });
        }
        return result;
      } catch (error) {
        // One that has ended or been replaced meanwhile has nothing more to tell.
        if (Failure.is(error, 'portal.signedOut') && session === this.#session) {
          await this.#end();
          this.#ended = endOf(session, error.details.why);
          this.#ports.onSignedOut();
        }
        if (!isUnreachable(error) || signal.aborted) {
          throw error;
        }
        isConnected = false;
        onUnreachable?.();
        this.#ports.onConnection({ isConnected, reason: error.details.reason });
        await this.#ports.wait(waitMs, signal);
      }
    }
  }

  async #begin(session: PortalSession): Promise<void> {
    this.#challenge = undefined;
    this.#ended = undefined;
    this.#session = session;
    this.#email = session.email;
    await this.#ports.sessions.set(session.email, session);
  }

  async #end(): Promise<void> {
    this.#session = undefined;
    await this.#ports.sessions.set(this.#email, undefined);
  }
}

/** A browser forgets a session whose time is over, and the portal hears of none. */
function endOf({ expiresAt }: PortalSession, why: SessionEnd = 'unknown'): SessionEnd {
  const isForgotten = why === 'signedOut' || why === 'unknown';
  return isForgotten && Date.parse(expiresAt) <= Date.now() ? 'expired' : why;
}

function isUnreachable(error: unknown): error is Failure<'portal.unreachable' | 'local.notStarted'> {
  return Failure.is(error, 'portal.unreachable') || Failure.is(error, 'local.notStarted');
}

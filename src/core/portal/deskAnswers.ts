import { Failure } from '../failure.js';
import type { JsonObject } from '../json.js';
import type { KeptPlace, Place } from './deskPlace.js';
import type { DeskSession } from './deskSession.js';
import type { LateAnswer } from './portalView.js';
import type { PortalTask } from './workerPortal.js';

/** Answers on their way from a worker's desk to the portal: each is kept until the portal has it. */
export class DeskAnswers {
  readonly #session: DeskSession;
  readonly #place: () => KeptPlace;
  readonly #accepting = new Map<string, Promise<PortalTask>>();

  constructor(session: DeskSession, place: () => KeptPlace) {
    this.#session = session;
    this.#place = place;
  }

  async accept(taskId: string, signal: AbortSignal): Promise<PortalTask> {
    const accepting = this.#session.call((portal, session) => portal.acceptTask(session, taskId, signal), signal);
    this.#accepting.set(taskId, accepting);
    return accepting;
  }

  /** An answer waits for its task's clock to have started. */
  async send(taskId: string, answer: JsonObject, signal: AbortSignal) {
    await this.#accepting.get(taskId);
    this.#accepting.delete(taskId);
    try {
      return await this.#session.call(
        (portal, session) => portal.submitAnswer(session, { taskId, answerContent: answer }, signal),
        signal,
        () => this.#keep({ taskId, answer }),
      );
    } catch (error) {
      if (Failure.is(error, 'portal.signedOut')) {
        this.#keep({ taskId, answer });
      }
      throw error;
    }
  }

  get hasUnsent(): boolean {
    return this.#place().get()?.unsent !== undefined;
  }

  /** Sends what was kept; resolves to what has become of it, or to `undefined` where there is nothing. */
  async sendUnsent(signal: AbortSignal): Promise<LateAnswer | undefined> {
    const place = this.#place().get();
    if (!place?.unsent) {
      return undefined;
    }
    const { unsent, jobReferenceCode } = place;
    let late: LateAnswer = { kind: 'taken' };
    try {
      await this.send(unsent.taskId, unsent.answer, signal);
    } catch (error) {
      if (!Failure.is(error, 'portal.taskGone') && !Failure.is(error, 'portal.refused')) {
        throw error;
      }
      late = { kind: 'refused', reason: error.details.reason }; // It will never be taken.
    }
    this.#place().set({ jobReferenceCode });
    return late;
  }

  clear(): void {
    this.#accepting.clear();
  }

  #keep(unsent: NonNullable<Place['unsent']>): void {
    const place = this.#place().get();
    if (place) {
      this.#place().set({ ...place, unsent });
    }
  }
}

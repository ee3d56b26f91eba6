import type { JsonObject } from '../core/json.js';
import type { WorkerDesk } from '../core/portal/workerDesk.js';
import type { Handlers } from './channel.js';
import type { LabelingPage } from './labelingPage.js';

export interface LabelingSurroundings {
  /** The script that makes worker elements of a frame. */
  bundle(): Promise<string>;
  openLink(url: string): Promise<void>;
  showOutput(): Promise<void>;
  manageTrust(): Promise<void>;
  /** Resolves to the address of the one that is chosen. */
  chooseInvitation(): Promise<string | undefined>;
}

/** An answer of this many characters is no answer to any task that there is. */
const longestAnswer = 8_000_000;
const mostTasks = 20;

/** What the labeling page may ask for. It shows what came with a job, so whatever it sends is checked. */
export function labelingHandlers(desk: WorkerDesk, surroundings: LabelingSurroundings): Handlers<LabelingPage> {
  return {
    'view.get': (_, signal) => desk.view(signal),
    'frame.bundle': () => surroundings.bundle(),
    'session.signIn': ({ email, password }, signal) => desk.signIn(text(email), text(password), signal),
    'session.setNewPassword': ({ newPassword }, signal) => desk.setNewPassword(text(newPassword), signal),
    'session.signOut': (_, signal) => desk.signOut(signal),
    'jobs.list': (_, signal) => desk.listJobs(signal),
    'job.start': ({ jobReferenceCode }, signal) => desk.start(text(jobReferenceCode), signal),
    'job.finish': (_, signal) => desk.finish(signal),
    'job.stop': (_, signal) => desk.stop(signal),
    'job.leave': (_, signal) => desk.leave(signal),
    'job.standing': ({ taskId }, signal) => desk.standing(taskId === undefined ? undefined : text(taskId), signal),
    'tasks.take': ({ count }, signal) => desk.take(Math.min(mostTasks, wholeNumber(count)), signal),
    'task.accept': ({ taskId }, signal) => desk.accept(text(taskId), signal),
    // Not given up with the page: an answer that was sent is sent to the end.
    'task.submit': ({ taskId, answer }) =>
      desk.submit(text(taskId), answerContent(answer), new AbortController().signal),
    async 'task.decline'({ taskId }, signal) {
      await desk.decline(text(taskId), signal);
      return undefined;
    },
    'task.release': ({ taskId }, signal) => desk.release(text(taskId), signal),
    'answer.undo': (_, signal) => desk.undo(signal),
    'asset.read': ({ taskId, index }, signal) => desk.readAsset(text(taskId), wholeNumber(index), signal),
    async 'link.open'({ url }) {
      if (/^https?:\/\//u.test(text(url))) {
        await surroundings.openLink(url);
      }
      return undefined;
    },
    async 'trust.manage'() {
      await surroundings.manageTrust();
      return undefined;
    },
    async 'output.show'() {
      await surroundings.showOutput();
      return undefined;
    },
    async 'invitations.show'(_, signal) {
      const email = await surroundings.chooseInvitation();
      if (email === undefined) {
        return undefined;
      }
      await desk.sit(email, undefined);
      return desk.view(signal);
    },
  };
}

function text(value: unknown): string {
  if (typeof value !== 'string' || value.length > 100_000) {
    throw new Error('The page sent something else than the text that was expected');
  }
  return value;
}

function wholeNumber(value: unknown): number {
  if (!Number.isSafeInteger(value) || Number(value) < 0) {
    throw new Error('The page sent something else than the number that was expected');
  }
  return Number(value);
}

function answerContent(value: unknown): JsonObject {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject || JSON.stringify(value).length > longestAnswer) {
    throw new Error('The page sent something else than an answer');
  }
  return value as JsonObject;
}

import * as vscode from 'vscode';
import type { TaskAsset } from '../../core/portal/taskAsset.js';
import type { DeskPorts, Place } from '../../core/portal/deskPlace.js';
import type { PortalSession } from '../../core/portal/workerPortal.js';
import type { S3Uri } from '../../core/s3Uri.js';
import type { Connection } from '../support/connection.js';
import { formatBytes } from '../support/format.js';
import type { Invitations } from '../support/invitations.js';
import { noticeFor } from '../support/notices.js';
import type { RenderTemplate } from '../support/trust.js';
import type { WorkerChoice } from './workerChoice.js';

export interface LabelingDeps {
  readonly connection: Connection;
  readonly invitations: Invitations;
  /** Of the workspace. */
  readonly memory: vscode.Memento;
  readonly secrets: vscode.SecretStorage;
  readonly log: vscode.LogOutputChannel;
  readonly renderTemplate: RenderTemplate;
}

/** What Ground Truth takes as a picture, which is no danger to the window. */
const mostBytes = 40 * 1_024 * 1_024;

type OwnPorts = Omit<DeskPorts, 'onConnection' | 'onSignedOut' | 'wait'>;

/** What a worker's desk needs of VS Code: objects, secrets, settings, and what the workspace remembers. */
export function deskPorts(deps: LabelingDeps, workers: WorkerChoice): OwnPorts {
  const { connection, invitations, memory, secrets } = deps;
  return {
    portal: async (signal) => connection.portal(signal),
    renderTemplate: async (template, taskInput) => deps.renderTemplate(template, taskInput),
    readAsset: async (uri, signal) => readAsset(connection, uri, signal),
    sessions: {
      async get(email) {
        const text = await secrets.get(secretKey(email));
        return text === undefined ? undefined : (JSON.parse(text) as PortalSession);
      },
      async set(email, session) {
        await (session ? secrets.store(secretKey(email), JSON.stringify(session)) : secrets.delete(secretKey(email)));
      },
    },
    placeOf: (email) => ({
      get: () => memory.get<Place>(placeKey(email)),
      set: (place) => void memory.update(placeKey(email), place),
    }),
    async invitation(email) {
      const invitation = (await invitations.list()).find((each) => each.email === email);
      return invitation && (await workers.hasTemporaryPassword(email)) ? invitation.temporaryPassword : undefined;
    },
    autoAdvance: () => vscode.workspace.getConfiguration('groundTruth').get('labeling.autoAdvance', false),
    mayRunTemplates: () => vscode.workspace.isTrusted,
  };
}

async function readAsset(connection: Connection, uri: S3Uri, signal: AbortSignal): Promise<TaskAsset> {
  const { bucket, key } = uri;
  try {
    const { objects } = await connection.services();
    // One request and not two: of an object that is too large, no more than this is read.
    const range = { offset: 0, bytes: mostBytes };
    const {
      bytes,
      totalBytes,
      contentType = 'application/octet-stream',
    } = await objects.readObject(uri, { range }, signal);
    if (totalBytes > mostBytes) {
      const reason = vscode.l10n.t('It has {0}, more than a task can show.', formatBytes(totalBytes));
      return { bucket, key, kind: 'failed', reason };
    }
    return { bucket, key, kind: 'read', bytes, contentType };
  } catch (error) {
    signal.throwIfAborted();
    return { bucket, key, kind: 'failed', reason: noticeFor(error).message };
  }
}

function placeKey(email: string): string {
  return `labeling.place.${email}`;
}

function secretKey(email: string): string {
  return `labeling.session.${email}`;
}

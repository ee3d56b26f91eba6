import * as vscode from 'vscode';
import type { Services } from '../../core/ports.js';
import type { DraftHolder, PanelLook } from '../panels/doctors.js';
import { pickObject } from '../panels/s3Picker.js';
import type { SwitchableConnection } from '../support/switchableConnection.js';
import { type Choice, pickOne } from '../support/prompts.js';
import type { DoctorAnchor } from './signatures.js';

export interface DoctorQuestionDeps {
  readonly connection: SwitchableConnection;
  readonly drafts: DraftHolder;
}

type Kind = PanelLook['kind'];

/** What is to be looked at: what the row or the caller names, or what the user chooses; `undefined` for nothing. */
export async function askForLook(
  deps: DoctorQuestionDeps,
  from: DoctorAnchor | undefined,
): Promise<PanelLook | undefined> {
  const named = lookFrom(from);
  if (named) {
    return named;
  }
  const kind = await pickOne(vscode.l10n.t('Run Doctor'), vscode.l10n.t('What to look at'), kinds(deps));
  switch (kind) {
    case undefined:
      return undefined;
    case 'account':
    case 'worker':
    case 'draft':
      return { kind };
    case 'job':
    case 'bucket':
    case 'manifest':
      return askWhich(kind, await deps.connection.services());
  }
}

function lookFrom(from: DoctorAnchor | undefined): PanelLook | undefined {
  switch (from?.kind) {
    case undefined:
    case 'problem':
    case 'more':
    case 'empty':
      return undefined;
    case 'labelingJob':
    case 'jobFile':
    case 'jobFolder':
      return { kind: 'job', name: from.job.name };
    case 'bucket':
      return { kind: 'bucket', name: from.bucket.name };
    case 'folder':
      return { kind: 'bucket', name: from.bucket };
    case 'object':
      return { kind: 'manifest', uri: { bucket: from.object.bucket, key: from.object.key } };
    case 'privateTeam':
    case 'teamMember':
      return { kind: 'worker' };
    case 'draft':
      return from;
  }
}

function kinds({ drafts }: DoctorQuestionDeps): readonly Choice<Kind>[] {
  const draft = drafts.draft.jobName.trim();
  return [
    {
      label: vscode.l10n.t('Whole account'),
      description: vscode.l10n.t('credentials, region, all buckets and teams'),
      value: 'account',
    },
    {
      label: vscode.l10n.t('A labeling job…'),
      description: vscode.l10n.t('all that it works with, and what came of it'),
      value: 'job',
    },
    {
      label: vscode.l10n.t('The form of a new labeling job'),
      description: draft === '' ? vscode.l10n.t('as it is filled in now') : draft,
      value: 'draft',
    },
    { label: vscode.l10n.t('My worker sees nothing'), description: vscode.l10n.t('teams and jobs'), value: 'worker' },
    {
      label: vscode.l10n.t('A manifest…'),
      description: vscode.l10n.t('its lines and its pictures'),
      value: 'manifest',
    },
    { label: vscode.l10n.t('A bucket…'), value: 'bucket' },
  ];
}

async function askWhich(kind: 'job' | 'bucket' | 'manifest', services: Services): Promise<PanelLook | undefined> {
  const { signal } = new AbortController(); // What is listed here is over before anybody could give it up.
  switch (kind) {
    case 'job': {
      const jobs = await services.labelingJobs.list(signal);
      const choices = jobs.map(({ name, status }) => ({ label: name, description: status, value: name }));
      const name = await pickOne(vscode.l10n.t('Run Doctor'), vscode.l10n.t('The labeling job'), choices);
      return name === undefined ? undefined : { kind, name };
    }
    case 'bucket': {
      const buckets = await services.objects.listBuckets(signal);
      const choices = buckets.map(({ name }) => ({ label: name, value: name }));
      const name = await pickOne(vscode.l10n.t('Run Doctor'), vscode.l10n.t('The bucket'), choices);
      return name === undefined ? undefined : { kind, name };
    }
    case 'manifest': {
      const title = vscode.l10n.t('Choose a manifest');
      const uri = await pickObject(services, { bucket: '', key: '' }, { title, accepts: isManifest });
      return uri && { kind, uri };
    }
  }
}

function isManifest(key: string): boolean {
  return /\.(?:manifest|jsonl?)$/iu.test(key);
}

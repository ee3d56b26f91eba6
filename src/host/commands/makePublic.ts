import * as vscode from 'vscode';
import { ensureUnchanged } from '../../core/doctor/changedMeanwhile.js';
import { jsonText } from '../../core/doctor/jsonText.js';
import type { PublicChange } from '../../core/doctor/probes.js';
import type { ObjectStore } from '../../core/ports.js';
import { formatS3Uri, type S3Uri } from '../../core/s3Uri.js';
import { answered } from '../support/answered.js';
import type { FixText } from '../../core/doctor/report.js';
import { pickObject } from '../panels/s3Picker.js';
import { confirm, nextStep, tell } from '../support/prompts.js';
import { withServices } from '../support/withServices.js';
import type { BucketNode } from '../views/nodes.js';
import type { Deps } from './deps.js';

export function makePublic({ connection, questions }: Deps) {
  return async (node?: BucketNode, selected?: readonly BucketNode[]): Promise<void> => {
    const nodes = selected !== undefined && selected.length > 0 ? selected : [node];
    const given = nodes.flatMap((it) => (it?.kind === 'object' ? it.object : []));
    const uris = given.length > 0 ? given : await askForObject(connection);
    if (uris.length === 0) {
      return;
    }
    // Trying again asks again: some of it may be done by then, and the diff is another one.
    await answered(async () => {
      const shown = await changesOf(connection, uris);
      if (await confirmed({ connection, questions }, uris, shown)) {
        await publish(connection, uris, shown);
      }
    });
  };
}

/** From the palette: one object, or none where the user chose none. */
async function askForObject(connection: Deps['connection']): Promise<readonly S3Uri[]> {
  const looking = vscode.l10n.t('Looking for buckets');
  const { services, buckets } = await withServices(looking, connection, async (all, signal) => ({
    services: all,
    buckets: await all.objects.listBuckets(signal),
  }));
  if (buckets.length === 0) {
    tell(
      vscode.l10n.t('There is no object yet that could be made public.'),
      nextStep(vscode.l10n.t('Create Bucket…'), 'groundTruth.createBucket'),
    );
    return [];
  }
  const question = { title: vscode.l10n.t('Make Public'), accepts: () => true };
  const uri = await pickObject(services, { bucket: '', key: '' }, question);
  return uri ? [uri] : [];
}

interface BucketChange extends PublicChange {
  readonly bucket: string;
}

async function changesOf(connection: Deps['connection'], uris: readonly S3Uri[]): Promise<readonly BucketChange[]> {
  const title = vscode.l10n.t('Looking at what keeps objects private');
  return withServices(title, connection, ({ objects }, signal) => readChanges(objects, uris, signal));
}

async function readChanges(
  objects: Pick<ObjectStore, 'publicChange'>,
  uris: readonly S3Uri[],
  signal: AbortSignal,
): Promise<readonly BucketChange[]> {
  const changes: BucketChange[] = [];
  for (const bucket of new Set(uris.map((uri) => uri.bucket))) {
    const change = await objects.publicChange(bucket, signal);
    changes.push(...(change ? [{ bucket, ...change }] : []));
  }
  return changes;
}

async function publish(
  connection: Deps['connection'],
  uris: readonly S3Uri[],
  shown: readonly BucketChange[],
): Promise<void> {
  const title = vscode.l10n.t('Making public');
  const published = await withServices(title, connection, async ({ objects }, signal) => {
    const due = await readChanges(objects, uris, signal);
    ensureUnchanged(namesOf(due.length > 0 ? due : shown), shown, due);
    return objects.makePublic(uris, signal);
  });
  const urls = published.map(({ url }) => url);
  await vscode.env.clipboard.writeText(urls.join('\n'));
  const [first] = urls;
  tell(
    urls.length === 1
      ? vscode.l10n.t('"{0}" can be opened without signing in now. The address was copied.', first ?? '')
      : vscode.l10n.t(
          'These {0} objects can be opened without signing in now. Their addresses were copied.',
          urls.length,
        ),
    ...(first === undefined
      ? []
      : [{ title: vscode.l10n.t('Open'), run: () => vscode.env.openExternal(vscode.Uri.parse(first, true)) }]),
  );
}

/** Local Ground Truth listens on this machine alone. */
function questionText(kind: Deps['connection']['kind'], count: number): string {
  if (kind === 'local') {
    return count === 1
      ? vscode.l10n.t('Let everybody on this machine read this object, without signing in?')
      : vscode.l10n.t('Let everybody on this machine read these {0} objects, without signing in?', count);
  }
  return count === 1
    ? vscode.l10n.t('Let anybody on the internet read this object?')
    : vscode.l10n.t('Let anybody on the internet read these {0} objects?', count);
}

async function confirmed(
  { connection: { kind }, questions }: Pick<Deps, 'connection' | 'questions'>,
  uris: readonly S3Uri[],
  changes: readonly BucketChange[],
): Promise<boolean> {
  const shown = uris.slice(0, 5).map(formatS3Uri);
  const rest = uris.length - shown.length;
  const detail = [
    ...shown,
    ...(rest > 0 ? [vscode.l10n.t('and {0} more', rest)] : []),
    '',
    ...(changes.length > 0
      ? [
          vscode.l10n.t(
            'To allow that, "{0}" will no longer block public access control lists, and will let objects have them, as the diff shows. Nothing else in it becomes public.',
            namesOf(changes),
          ),
          '',
        ]
      : []),
    vscode.l10n.t('Example pictures of a labeling job need not be public: the job shows them to its workers anyway.'),
  ];
  const action = vscode.l10n.t('Make Public');
  const question = questionText(kind, uris.length);
  if (changes.length === 0) {
    return confirm(question, detail.join('\n'), action);
  }
  const message = [question, ...detail].filter((line) => line !== '').join(' ');
  return questions.besideDiff(diffOf(changes), { message, action }, new AbortController().signal);
}

function namesOf(changes: readonly BucketChange[]): string {
  return changes.map(({ bucket }) => bucket).join('", "');
}

function diffOf(changes: readonly BucketChange[]): FixText {
  const side = (which: 'before' | 'after') =>
    jsonText(Object.fromEntries(changes.map((change) => [change.bucket, change[which]])));
  return {
    title: vscode.l10n.t('Make Public'),
    fileName: vscode.l10n.t('Public access.json'),
    before: side('before'),
    after: side('after'),
  };
}

import * as vscode from 'vscode';
import { formatS3Uri, type S3Uri } from '../../core/s3Uri.js';
import { answered } from '../support/answered.js';
import { pickObject } from '../panels/s3Picker.js';
import { confirm, nextStep, tell } from '../support/prompts.js';
import { withServices } from '../support/withServices.js';
import type { BucketNode } from '../views/nodes.js';
import type { Deps } from './deps.js';

export function makePublic({ connection }: Deps) {
  return async (node?: BucketNode, selected?: readonly BucketNode[]): Promise<void> => {
    const nodes = selected !== undefined && selected.length > 0 ? selected : [node];
    const given = nodes.flatMap((it) => (it?.kind === 'object' ? it.object : []));
    const uris = given.length > 0 ? given : await askForObject(connection);
    if (uris.length === 0) {
      return;
    }
    const question = questionText(connection.kind, uris.length);
    if (await confirmed(question, uris.map(formatS3Uri), new Set(uris.map(({ bucket }) => bucket)))) {
      await answered(() => publish(connection, uris));
    }
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

async function publish(connection: Deps['connection'], uris: readonly S3Uri[]): Promise<void> {
  const title = vscode.l10n.t('Making public');
  const published = await withServices(title, connection, ({ objects }, signal) => objects.makePublic(uris, signal));
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

function confirmed(question: string, addresses: readonly string[], buckets: ReadonlySet<string>): Promise<boolean> {
  const shown = addresses.slice(0, 5);
  const rest = addresses.length - shown.length;
  const detail = [
    ...shown,
    ...(rest > 0 ? [vscode.l10n.t('and {0} more', rest)] : []),
    '',
    vscode.l10n.t(
      'To allow that, "{0}" will no longer block public access control lists, and will let objects have them. Nothing else in it becomes public.',
      [...buckets].join('", "'),
    ),
    '',
    vscode.l10n.t('Example pictures of a labeling job need not be public: the job shows them to its workers anyway.'),
  ];
  return confirm(question, detail.join('\n'), vscode.l10n.t('Make Public'));
}

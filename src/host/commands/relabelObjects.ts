import * as vscode from 'vscode';
import { jobConstraints } from '../../core/jobs/jobConstraints.js';
import { RelabelInput, relabelKey } from '../../core/jobs/relabelInput.js';
import { fromObjectUri, objectScheme } from '../../core/objectUri.js';
import { formatS3Uri, parseS3Uri, type S3Uri } from '../../core/s3Uri.js';
import { linesOf, type ShownManifest } from '../editors/shownManifest.js';
import { answered } from '../support/answered.js';
import { withProgress } from '../support/progress.js';
import { askText, complain, nextStep, warn } from '../support/prompts.js';
import { keepingObject } from '../support/writeMade.js';
import type { Deps } from './deps.js';
import { shownManifest } from './manifestQuestion.js';

/** Makes the rows that a manifest editor shows the input of another labeling job. */
export function relabelObjects(deps: Deps) {
  return async (): Promise<void> => {
    const shown = shownManifest(deps);
    if (!shown) {
      return;
    }
    const { input, all, labels } = await readInput(shown);
    const { bucket } = input;
    if (bucket === undefined && input.objects + input.leftOut === 0) {
      complain(vscode.l10n.t('No row is shown. Clear the filter, or choose another one.'));
      return;
    }
    if (bucket === undefined) {
      complain(
        vscode.l10n.t(
          'None of these rows names an object in a bucket ("s3://…"), which is all that a labeling job can take. Upload the pictures, and make a job of their folder.',
        ),
        nextStep(vscode.l10n.t('Upload Images…'), 'groundTruth.uploadImages'),
      );
      return;
    }
    if (input.objects > jobConstraints.objects) {
      complain(
        vscode.l10n.t(
          '{0} rows are more than the {1} objects that a labeling job may have. Filter the rows first.',
          input.objects.toLocaleString('en'),
          jobConstraints.objects.toLocaleString('en'),
        ),
      );
      return;
    }
    const place = await askForPlace(shown, input, { bucket, all });
    if (place) {
      await answered(() => write(deps, place, { input, labels }));
    }
  };
}

interface Reading {
  readonly input: RelabelInput;
  /** How many objects the manifest has. */
  readonly all: number;
  /** The classes of the rows' label attribute, to be asked for again. */
  readonly labels: readonly string[];
}

function readInput(shown: ShownManifest): Promise<Reading> {
  return withProgress(vscode.l10n.t('Reading the rows'), async (signal, report) => {
    await shown.whenRead?.(signal);
    const { objects, attributes } = await shown.scan.summary(signal);
    const input = new RelabelInput();
    for await (const { lines, total } of linesOf(shown, signal)) {
      for (const { text } of lines) {
        input.add(text);
      }
      report(input.objects / Math.max(1, total));
      if (input.objects > jobConstraints.objects) {
        break;
      }
    }
    const attribute = attributes.find(({ name }) => name === shown.query.attribute);
    const labels = attribute?.classes.map(({ name }) => name).filter((name) => name !== '') ?? [];
    return { input, all: objects, labels: labels.slice(0, jobConstraints.labels.most) };
  });
}

async function askForPlace(
  { uri }: ShownManifest,
  { objects, leftOut }: RelabelInput,
  { bucket, all }: { readonly bucket: string; readonly all: number },
): Promise<S3Uri | undefined> {
  const own = uri.scheme === objectScheme ? fromObjectUri(uri) : undefined;
  const text = await askText({
    title: vscode.l10n.t('Relabel {0} of {1} Objects', objects.toLocaleString('en'), all.toLocaleString('en')),
    prompt:
      leftOut > 0
        ? vscode.l10n.t(
            'Where their input manifest is put. {0} rows name no object in a bucket, and are left out.',
            leftOut,
          )
        : vscode.l10n.t('Where their input manifest is put. The form of a new labeling job comes next.'),
    value: formatS3Uri({ bucket: own?.bucket ?? bucket, key: relabelKey(own, new Date()) }),
    validate: (typed) => {
      const { key = '' } = parseS3Uri(typed) ?? {};
      return key === '' || key.endsWith('/') ? vscode.l10n.t('Give an object: s3://bucket/name.manifest') : undefined;
    },
  });
  return text === undefined ? undefined : parseS3Uri(text);
}

async function write(
  deps: Deps,
  place: S3Uri,
  { input, labels }: { readonly input: RelabelInput; readonly labels: readonly string[] },
): Promise<void> {
  const title = vscode.l10n.t('Writing "{0}"', formatS3Uri(place));
  const isWritten = await withProgress(title, async (signal) => {
    const { services, record } = await deps.ledger.open(signal);
    const { objects } = services;
    if (await objects.headObject(place, signal)) {
      return false;
    }
    await keepingObject(record, place, () =>
      objects.writeObject(place, input.manifest(), { contentType: 'application/jsonlines' }, signal),
    );
    return true;
  });
  if (!isWritten) {
    warn(
      vscode.l10n.t('"{0}" is there already, and stays as it is. Choose another name.', formatS3Uri(place)),
      nextStep(vscode.l10n.t('Relabel These Objects…'), 'groundTruth.relabelObjects'),
    );
    return;
  }
  deps.buckets.refreshFolder(place);
  await deps.jobSetupPanels.open({ manifest: place, labels });
}

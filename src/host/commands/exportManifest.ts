import * as vscode from 'vscode';
import type { ExportFormat, ManifestOrder } from '../../core/export/manifestOrder.js';
import type { ExportOutcome } from '../../core/export/writeExport.js';
import { readSource } from '../editors/manifestPictures.js';
import { answered } from '../support/answered.js';
import { freeFolder } from '../support/freeFolder.js';
import { withProgress } from '../support/progress.js';
import { type Choice, complain, type NextStep, nextStep, pickOne, tell, warn } from '../support/prompts.js';
import { skipText } from '../support/skipTexts.js';
import type { Deps } from './deps.js';
import { shownManifest } from './manifestQuestion.js';
import { type ChosenRows, chooseRows } from './manifestRows.js';

/** Writes the labels of the manifest in front in a format of others, into a folder of this machine. */
export function exportManifest(deps: Deps) {
  return async (): Promise<void> => {
    const shown = shownManifest(deps);
    const { attribute } = shown?.query ?? {};
    if (!shown) {
      return;
    }
    if (attribute === undefined) {
      complain(vscode.l10n.t('This manifest has no labels yet: there is nothing to export.'));
      return;
    }
    const title = vscode.l10n.t('Export "{0}"', attribute);
    const format = await pickOne(title, vscode.l10n.t('The format'), formats());
    const withObjects = format === undefined ? undefined : await askForObjects(title, format);
    if (format === undefined || withObjects === undefined) {
      return;
    }
    const store = async () => (await deps.connection.services()).objects;
    const rows = await chooseRows(title, shown, store);
    const folder = rows && (await freeFolder(title, shown.uri, folderNames[format]));
    if (rows && folder) {
      const order = { order: { kind: 'export', format } as const, attribute, withObjects };
      await answered(() => makeFolder(deps, { rows, manifest: shown.uri, folder, order }));
    }
  };
}

export interface FolderOrder {
  readonly rows: ChosenRows;
  readonly manifest: vscode.Uri;
  readonly folder: vscode.Uri;
  readonly order: { readonly order: ManifestOrder; readonly attribute: string; readonly withObjects: boolean };
}

/** Runs the order, and tells what came of it. */
export async function makeFolder(
  { connection, manifestExports }: Deps,
  { rows, manifest, folder, order }: FolderOrder,
): Promise<void> {
  const store = async () => (await connection.services()).objects;
  const name = folder.path.slice(folder.path.lastIndexOf('/') + 1);
  const outcome = await withProgress(vscode.l10n.t('Writing "{0}"', name), (signal, report) =>
    manifestExports.export(
      { ...order, folder: folder.fsPath },
      {
        manifest: rows.bytes,
        readObject: (uri, reading) => readSource(uri, { manifest, store }, reading),
        onProgress({ pass, passes, lines, copies }) {
          const part = (pass - 1 + lines / Math.max(1, rows.count)) / passes;
          report(Math.min(1, part), copies > 0 ? vscode.l10n.t('{0} objects copied', copies) : undefined);
        },
      },
      signal,
    ),
  );
  const exported = Math.max(0, rows.count - outcome.leftOutObjects);
  const isNothing = exported === 0 || (outcome.files === 0 && outcome.copies === 0);
  if (order.order.kind === 'export' && isNothing) {
    tellNothing(folder, rows, outcome);
  } else {
    const counted =
      order.order.kind === 'split'
        ? vscode.l10n.t('Objects dealt out: {0}', exported)
        : vscode.l10n.t('Objects exported: {0}', exported);
    tellOutcome(folder, { rows, counted }, outcome);
  }
}

/** Such as boxes' formats for classes, or pictures that are not there. */
function tellNothing(folder: vscode.Uri, rows: ChosenRows, outcome: ExportOutcome): void {
  const show: NextStep = { title: vscode.l10n.t('Show What Is Missing'), run: () => showLeftOut(rows, outcome) };
  const again = nextStep(vscode.l10n.t('Export…'), 'groundTruth.exportManifest');
  const isMissing = outcome.leftOut + outcome.notCopied > 0;
  const steps = [...(isMissing ? [show] : []), again, ...(outcome.files > 0 ? [showing(folder)] : [])];
  complain(whyNothing(rows, outcome), ...steps);
}

function showing(folder: vscode.Uri): NextStep {
  return {
    title: vscode.l10n.t('Show Folder'),
    run: () => vscode.commands.executeCommand('revealFileInOS', folder),
  };
}

function whyNothing({ lineOf }: ChosenRows, { skipped: [left], missing: [gone] }: ExportOutcome): string {
  if (left) {
    return vscode.l10n.t(
      'No object is exported. Line {0}: {1}. {2}',
      lineOf(left.line) + 1,
      skipText(left.reason),
      left.reason.kind === 'otherForm' ? vscode.l10n.t('Choose another format.') : vscode.l10n.t('Choose other rows.'),
    );
  }
  return gone
    ? vscode.l10n.t('No object is exported. {0}: {1}', gone.from, gone.message)
    : vscode.l10n.t('No object is exported: there is none among these rows. Choose other rows.');
}

function tellOutcome(
  folder: vscode.Uri,
  { rows, counted }: { readonly rows: ChosenRows; readonly counted: string },
  outcome: ExportOutcome,
): void {
  const { files, copies, leftOut, notCopied, otherSizes } = outcome;
  const reveal = showing(folder);
  const parts = [
    counted,
    ...(files > 0 ? [vscode.l10n.t('files: {0}', files)] : []),
    ...(copies > 0 || notCopied > 0 ? [vscode.l10n.t('copied: {0}', copies)] : []),
  ];
  const made = vscode.l10n.t('"{0}" is written. {1}.', folder.fsPath, parts.join(', '));
  if (leftOut === 0 && notCopied === 0 && otherSizes === 0) {
    tell(made, reveal);
    return;
  }
  const isMissing = leftOut > 0 || notCopied > 0;
  const show: NextStep = {
    title: isMissing ? vscode.l10n.t('Show What Is Missing') : vscode.l10n.t('Show Which'),
    run: () => showLeftOut(rows, outcome),
  };
  const sentences = [
    made,
    ...(leftOut > 0 ? [vscode.l10n.t('Left out: {0}.', leftOut)] : []),
    ...(notCopied > 0 ? [vscode.l10n.t('Not copied: {0}.', notCopied)] : []),
    ...(otherSizes > 0
      ? [vscode.l10n.t('Pictures of another size than their labels count in: {0}. Nothing was scaled.', otherSizes)]
      : []),
  ];
  warn(sentences.join(' '), show, reveal);
}

/** A text that can be searched and saved, and asks nothing when it is closed unsaved and empty. */
async function showLeftOut({ lineOf }: ChosenRows, outcome: ExportOutcome): Promise<void> {
  const lines = outcome.skipped.map(({ line, reason }) =>
    vscode.l10n.t('Line {0}: {1}', lineOf(line) + 1, skipText(reason)),
  );
  const objects = outcome.missing.map(({ from, message }) => `${from}: ${message}`);
  const sizes = outcome.resized.map(({ labeled, width, height }) =>
    vscode.l10n.t(
      'Line {0}: the label counts in {1} × {2} pixels, the picture has {3} × {4}. Scale its boxes, or the picture.',
      lineOf(labeled.line) + 1,
      labeled.width,
      labeled.height,
      width,
      height,
    ),
  );
  const told = lines.length + objects.length + sizes.length;
  const more = outcome.leftOut + outcome.notCopied + outcome.otherSizes - told;
  const rest = more > 0 ? [vscode.l10n.t('… and {0} more', more)] : [];
  const document = await vscode.workspace.openTextDocument({
    content: [...lines, ...objects, ...sizes, ...rest].join('\n'),
  });
  await vscode.window.showTextDocument(document, { preview: true });
}

/** After the manifest's name, in what a folder is called. */
const folderNames: Readonly<Record<ExportFormat, string>> = {
  csv: 'csv',
  imageFolders: 'image-folders',
  coco: 'coco',
  yolo: 'yolo',
  pascalVoc: 'pascal-voc',
  huggingFace: 'hugging-face',
  labelStudio: 'label-studio',
};

function formats(): readonly Choice<ExportFormat>[] {
  return [
    { label: 'CSV', detail: vscode.l10n.t('A table: a row for each object, box or span'), value: 'csv' },
    {
      label: vscode.l10n.t('Image Folders'),
      detail: vscode.l10n.t('A folder for each class, as torchvision and Keras read them'),
      value: 'imageFolders',
    },
    { label: 'COCO', detail: vscode.l10n.t('Boxes, polygons and masks in one JSON file'), value: 'coco' },
    { label: 'YOLO', detail: vscode.l10n.t('Boxes and polygons, a text file for each picture'), value: 'yolo' },
    { label: 'Pascal VOC', detail: vscode.l10n.t('Boxes, an XML file for each picture'), value: 'pascalVoc' },
    {
      label: 'Hugging Face',
      detail: vscode.l10n.t('Pictures with a metadata.jsonl, as load_dataset("imagefolder") reads them'),
      value: 'huggingFace',
    },
    {
      label: 'Label Studio',
      detail: vscode.l10n.t('Tasks with annotations, and the labeling interface for them'),
      value: 'labelStudio',
    },
  ];
}

/** Of formats that go without pictures nothing is asked. */
async function askForObjects(title: string, format: ExportFormat): Promise<boolean | undefined> {
  if (format === 'csv' || format === 'labelStudio') {
    return false;
  }
  if (format === 'imageFolders') {
    return true;
  }
  return pickOne(title, vscode.l10n.t('What to write'), [
    { label: vscode.l10n.t('Labels and Pictures'), value: true },
    {
      label: vscode.l10n.t('Labels Only'),
      detail: vscode.l10n.t('The pictures can be put beside them later'),
      value: false,
    },
  ]);
}

import { planSplit, type SplitOptions } from '../split/splitPlan.js';
import { splitManifest } from '../split/splitManifest.js';
import { exportCoco } from './coco.js';
import type { MaskReader } from './cocoAnnotations.js';
import { exportCsv } from './csv.js';
import type { ExportPart } from './exportPart.js';
import { exportHuggingFace } from './huggingFace.js';
import { exportImageFolders } from './imageFolders.js';
import { exportLabelStudio } from './labelStudio.js';
import type { ExportInput } from './labeledObjects.js';
import { exportPascalVoc } from './pascalVoc.js';
import { exportYolo } from './yolo.js';

export type ExportFormat = 'csv' | 'imageFolders' | 'coco' | 'yolo' | 'pascalVoc' | 'huggingFace' | 'labelStudio';

/** What is to be made of a manifest. */
export type ManifestOrder =
  { readonly kind: 'export'; readonly format: ExportFormat } | ({ readonly kind: 'split' } & SplitOptions);

/** All pieces of it, with what is left out and how far it is. */
export function partsOfOrder(
  order: ManifestOrder,
  input: ExportInput,
  readMask: MaskReader,
  signal: AbortSignal,
): AsyncGenerator<ExportPart> {
  return order.kind === 'split' ? splitParts(order, input, signal) : exportParts(order.format, input, readMask, signal);
}

function exportParts(
  format: ExportFormat,
  input: ExportInput,
  readMask: MaskReader,
  signal: AbortSignal,
): AsyncGenerator<ExportPart> {
  switch (format) {
    case 'csv':
      return exportCsv(input, { path: 'labels.csv' }, signal);
    case 'imageFolders':
      return exportImageFolders(input, {}, signal);
    case 'coco':
      return exportCoco(input, { path: 'annotations.json', readMask }, signal);
    case 'yolo':
      return exportYolo(input, {}, signal);
    case 'pascalVoc':
      return exportPascalVoc(input, signal);
    case 'huggingFace':
      return exportHuggingFace(input, {}, signal);
    case 'labelStudio':
      return exportLabelStudio(input, { path: 'tasks.json', configPath: 'labeling-interface.xml' }, signal);
  }
}

async function* splitParts(options: SplitOptions, input: ExportInput, signal: AbortSignal): AsyncGenerator<ExportPart> {
  const told: ExportPart[] = [];
  const plan = await planSplit(input, options, (event) => told.push(event), signal);
  yield* told;
  yield* splitManifest(input.source, plan, signal);
}

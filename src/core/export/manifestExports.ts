import type { ManifestBytes } from '../manifest/manifestScan.js';
import type { TrainingFacts } from '../training/trainingFacts.js';
import type { ExportProgress } from './exportPart.js';
import type { ManifestOrder } from './manifestOrder.js';
import type { ExportOutcome } from './writeExport.js';

/** Makes something of manifests, somewhere else than in the thread that asks. */
export interface ManifestExports {
  /** Nothing stays of a folder that did not become whole, whatever kept it from that. */
  export(order: ExportOrder, sources: ManifestSources, signal: AbortSignal): Promise<ExportOutcome>;
  readTraining(attribute: string, sources: ManifestSources, signal: AbortSignal): Promise<TrainingReading>;
}

export interface ExportOrder {
  readonly order: ManifestOrder;
  readonly attribute: string;
  /** The path of the folder to make, which must not be there. */
  readonly folder: string;
  /** Whether the objects are copied beside their labels. */
  readonly withObjects: boolean;
}

export interface ManifestSources {
  readonly manifest: ManifestBytes;
  /** An object that the manifest names: of a bucket, or a file beside the manifest. */
  readonly readObject: (uri: string, signal: AbortSignal) => Promise<Uint8Array>;
  readonly onProgress: (progress: ManifestProgress) => void;
}

export interface ManifestProgress extends ExportProgress {
  /** Objects that were copied. */
  readonly copies: number;
}

export interface TrainingReading extends TrainingFacts {
  /** How many lines would break the training. */
  readonly unusable: number;
}

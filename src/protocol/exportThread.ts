import type { ExportOrder, ManifestProgress, TrainingReading } from '../core/export/manifestExports.js';
import type { ExportOutcome } from '../core/export/writeExport.js';
import type { ByteRanges } from './byteRanges.js';

/** All that the extension host asks of the thread that makes something of a manifest. */
export type ExportThread = {
  requests: {
    /** `partial` is where the folder is until it is whole. */
    'export.run': { params: ExportOrder & { readonly partial: string }; result: ExportOutcome };
    'training.read': { params: { readonly attribute: string }; result: TrainingReading };
  };
  events: {
    'export.progress': ManifestProgress;
  };
};

/** All that the thread asks of the extension host. */
export type ExportSources = {
  requests: ByteRanges['requests'] & {
    /** An object of a bucket, or a file beside the manifest. */
    'object.read': { params: { uri: string }; result: Uint8Array };
  };
  events: Record<string, never>;
};

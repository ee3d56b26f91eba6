import type { PrivateTeam } from '../../core/ports.js';
import type { S3Uri } from '../../core/s3Uri.js';

/** The form that creates a labeling job. */
export interface JobSetupPanels {
  /** What is given here is already filled in. */
  open(from?: {
    readonly bucket?: string;
    /** A folder of pictures, with its slash at the end. */
    readonly prefix?: string;
    readonly team?: PrivateTeam;
    readonly manifest?: S3Uri;
    /** The classes to choose from. */
    readonly labels?: readonly string[];
  }): Promise<void>;
}

import type { LocalServer } from '../../../src/core/ports.js';

/** What an extension host that can be killed is to do. */
export interface HostOrder {
  readonly server: LocalServer;
  /** In what VS Code keeps for the extension. */
  readonly ledgerFolder: string;
  readonly command: 'createBucket' | 'createPrivateTeam' | 'createLabelingJob' | 'deleteLabResources';
  readonly bucket: string;
  /** Killed at this change, counted from 1: before it is asked for, or before its reply is heard. */
  readonly dies?: { readonly change: number; readonly when: 'before' | 'after' };
}

/** What it says when it has come to its end. */
export interface HostReport {
  /** The operations that changed anything, in order. */
  readonly changes: readonly string[];
  /** All that the user was asked and told. */
  readonly told: readonly string[];
  readonly log: readonly string[];
  readonly untagged: readonly string[];
}

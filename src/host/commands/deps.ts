import type * as vscode from 'vscode';
import type { CreateFile } from '../support/newManifest.js';
import type { ManifestExports } from '../../core/export/manifestExports.js';
import type { ComparisonChoice } from '../editors/editorComparison.js';
import type { ShownManifest } from '../editors/shownManifest.js';
import type { LoadedLint } from '../lint/registerManifestLint.js';
import type { Doctors } from '../panels/doctors.js';
import type { JobSetupPanels } from '../panels/jobSetupPanels.js';
import type { LabelingPanels } from '../panels/labelingPanels.js';
import type { PriceFile } from '../support/priceFile.js';
import type { Invitations } from '../support/invitations.js';
import type { KeptKeys } from '../support/keptKeys.js';
import type { CredentialSource } from '../support/signIn.js';
import type { Ledger } from '../support/ledger.js';
import type { ShownQuestions } from '../support/shownQuestions.js';
import type { SwitchableConnection } from '../support/switchableConnection.js';
import type { BucketTree } from '../views/bucketTree.js';
import type { LabelingJobTree } from '../views/labelingJobTree.js';
import type { PrivateTeamTree } from '../views/privateTeamTree.js';

/** What commands work with; made in the composition root. */
export interface Deps {
  readonly connection: SwitchableConnection;
  readonly ledger: Ledger;
  /** Of the workspace: what was answered last. */
  readonly memory: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
  readonly buckets: BucketTree;
  readonly labelingJobs: LabelingJobTree;
  readonly privateTeams: PrivateTeamTree;
  readonly labelingPanels: LabelingPanels;
  readonly jobSetupPanels: JobSetupPanels;
  readonly doctors: Doctors;
  readonly questions: Pick<ShownQuestions, 'answer' | 'besideDiff' | 'besideText'>;
  readonly prices: Pick<PriceFile, 'edit'>;
  readonly sampleImages: SampleImages;
  readonly awsProfiles: () => Promise<readonly AwsProfile[]>;
  /** The region that the environment names, if any; `undefined` where it has no credentials. */
  readonly awsEnvironment: () => { readonly region?: string } | undefined;
  /** Access keys of storages elsewhere. */
  readonly keptKeys: KeptKeys;
  readonly invitations: Invitations;
  readonly labelingEvents: LabelingEvents;
  readonly createFile: CreateFile;
  readonly manifestExports: ManifestExports;
  /** What is wrong with manifests; in a bundle of its own. */
  readonly loadLint: () => Promise<LoadedLint>;
  /** The manifest editor in front. */
  readonly manifests: { readonly shown: ShownManifest | undefined };
  readonly comparisons: Comparisons;
}

interface Comparisons {
  /** All manifests that are open in an editor. */
  readonly open: readonly vscode.Uri[];
  /** Shows in the editor in front what differs from what was chosen. */
  compare(choice: ComparisonChoice): void;
}

interface SampleImages {
  /** The lab's pictures, from its address where it answers soon, else those that come with the extension. */
  get(
    url: string,
    signal: AbortSignal,
  ): Promise<{ readonly files: readonly SampleImage[]; readonly isBundled: boolean }>;
}

interface SampleImage {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface AwsProfile {
  readonly name: string;
  readonly region?: string;
  readonly source: CredentialSource;
}

/** What AWS would tell EventBridge and CloudWatch of the jobs on this machine. */
export interface LabelingEvents {
  show(): Promise<void>;
}

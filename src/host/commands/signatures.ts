import type * as vscode from 'vscode';
import type { ConnectionChoice } from '../support/switchableConnection.js';
import type { DeletionStart } from './deleteLabResources.js';
import type { BucketNode, LabelingJobNode, PrivateTeamNode } from '../views/nodes.js';

/** Every command of package.json, with the arguments that menus, tree rows and other code give it. */
export type Commands = {
  'groundTruth.openWalkthrough': () => void;
  'groundTruth.showNextStep': () => void;
  /** With what is to be uploaded to the bucket at once. */
  'groundTruth.createBucket': (sources?: readonly vscode.Uri[]) => void;
  'groundTruth.getSampleImages': () => void;
  /**
   * From a row of the tree, which comes with all rows that are selected; or from files and folders, the one clicked and
   * all that are selected; or to a bucket just made, with what goes into it.
   */
  'groundTruth.uploadImages': (from?: BucketNode | vscode.Uri, selected?: readonly (BucketNode | vscode.Uri)[]) => void;
  /** The same, under the name that it has in VS Code's Explorer: there, "Upload…" may be VS Code's own. */
  'groundTruth.uploadToBucket': (from?: vscode.Uri, selected?: readonly vscode.Uri[]) => void;
  'groundTruth.makePublic': (node?: BucketNode, selected?: readonly BucketNode[]) => void;
  'groundTruth.createPrivateTeam': () => void;
  'groundTruth.addMembers': (from?: PrivateTeamNode) => void;
  'groundTruth.removeMember': (node?: PrivateTeamNode) => void;
  /** From a bucket or folder, whose pictures are the input, or from a team. */
  'groundTruth.createLabelingJob': (from?: BucketNode | PrivateTeamNode) => void;
  'groundTruth.startLabeling': (node?: LabelingJobNode) => void;
  /** As the worker where one is named, or as whoever of the team the user is. */
  'groundTruth.openLabelingPortal': (from?: PrivateTeamNode | InvitedWorker) => void;
  'groundTruth.stopLabelingJob': (node?: LabelingJobNode) => void;
  'groundTruth.copyLabelingJob': (node?: LabelingJobNode) => void;
  'groundTruth.simulateWorkers': (node?: LabelingJobNode) => void;
  'groundTruth.showOutputManifest': (node?: LabelingJobNode) => void;
  // With the rows that the manifest editor in front shows.
  'groundTruth.useManifest': () => void;
  'groundTruth.relabelObjects': () => void;
  'groundTruth.saveReview': () => void;
  'groundTruth.exportManifest': () => void;
  'groundTruth.splitManifest': () => void;
  /** From a manifest's row or file, or the one in front; with what to compare it with, where that was chosen. */
  'groundTruth.compareManifest': (from?: BucketNode | LabelingJobNode | vscode.Uri, choice?: unknown) => void;
  'groundTruth.copyTrainingSnippet': () => void;
  /** The one of a row or of VS Code's Explorer, or the one in front. */
  'groundTruth.checkManifest': (from?: BucketNode | LabelingJobNode | vscode.Uri) => void;
  'groundTruth.saveFixedManifest': (from?: vscode.Uri) => void;
  'groundTruth.removeByteOrderMark': (uri?: vscode.Uri) => void;
  'groundTruth.showLabResources': () => void;
  /** With what an earlier run left, or to name what the extension did not make. */
  'groundTruth.deleteLabResources': (start?: DeletionStart) => void;
  /** Without asking, where what is chosen is given. */
  'groundTruth.chooseConnection': (choice?: ConnectionChoice) => void;
  'groundTruth.signIn': () => void;
  'groundTruth.chooseWorker': () => void;
  'groundTruth.showInvitations': () => void;
  'groundTruth.resendInvitation': (node?: PrivateTeamNode) => void;
  'groundTruth.copyPortalLink': (node?: PrivateTeamNode) => void;
  /** From a row, at what it stands for; or at the form of a new labeling job. */
  'groundTruth.runDoctor': (from?: DoctorAnchor) => void;
  // To the question about what an editor shows: the one that is named, or the one in front.
  'groundTruth.applyShown': (uri?: vscode.Uri) => void;
  'groundTruth.discardShown': (uri?: vscode.Uri) => void;
  'groundTruth.showLabelingEvents': () => void;
  'groundTruth.editPriceTable': () => void;
  'groundTruth.copyCliSetup': () => void;
  'groundTruth.showLog': () => void;
  'groundTruth.refresh': (node?: BucketNode | LabelingJobNode | PrivateTeamNode) => void;
  'groundTruth.filterByPrefix': (node?: BucketNode) => void;
  'groundTruth.clearFilter': (node?: BucketNode) => void;
  'groundTruth.loadMore': (node?: BucketNode | LabelingJobNode) => void;
  'groundTruth.openObject': (node?: BucketNode | LabelingJobNode) => void;
  'groundTruth.openAsText': (node?: BucketNode | LabelingJobNode | vscode.Uri) => void;
  'groundTruth.copyS3Uri': (node?: BucketNode | LabelingJobNode) => void;
  'groundTruth.copyArn': (node?: LabelingJobNode | PrivateTeamNode) => void;
};

export type DoctorAnchor = BucketNode | LabelingJobNode | PrivateTeamNode | { readonly kind: 'draft' };

/** Whose invitation it is. */
export interface InvitedWorker {
  readonly kind: 'invitedWorker';
  readonly email: string;
}

export type CommandId = keyof Commands;

/** A tree row's click or a link, checked against the command's arguments. */
export function commandLink<Id extends CommandId>(
  command: Id,
  title: string,
  ...args: Parameters<Commands[Id]>
): vscode.Command {
  return { command, title, arguments: args };
}

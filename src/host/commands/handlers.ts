import * as vscode from 'vscode';
import { addMembers } from './addMembers.js';
import { chooseConnection } from './chooseConnection.js';
import { compareManifest } from './compareManifest.js';
import { copyCliSetup } from './copyCliSetup.js';
import { copyLabelingJob } from './copyLabelingJob.js';
import { copyTrainingSnippet } from './copyTrainingSnippet.js';
import { createBucket } from './createBucket.js';
import { createPrivateTeam } from './createPrivateTeam.js';
import { deleteLabResources } from './deleteLabResources.js';
import type { Deps } from './deps.js';
import {
  clearFilter,
  copyArn,
  copyS3Uri,
  filterByPrefix,
  loadMore,
  openAsText,
  openObject,
  refresh,
} from './explorer.js';
import { getSampleImages } from './getSampleImages.js';
import { createLabelingJob, stopLabelingJob } from './labelingJobs.js';
import { chooseWorker, openLabelingPortal, startLabeling } from './labelingPortal.js';
import { makePublic } from './makePublic.js';
import { copyPortalLink, resendInvitation } from './portalLink.js';
import type { CommandHandlers } from './register.js';
import { removeMember } from './removeMember.js';
import { relabelObjects } from './relabelObjects.js';
import { exportManifest } from './exportManifest.js';
import { saveReview } from './saveReview.js';
import { showLabResources } from './showLabResources.js';
import { showInvitations } from './showInvitations.js';
import { showLabelingEvents } from './showLabelingEvents.js';
import { showNextStep } from './showNextStep.js';
import { showOutputManifest } from './showOutputManifest.js';
import { signIn } from './signIn.js';
import { simulateWorkers } from './simulateWorkers.js';
import { splitManifest } from './splitManifest.js';
import { uploadImages } from './uploadImages.js';
import { useManifest } from './useManifest.js';

const walkthrough = 'ground-truth-lab.ground-truth-lab#lab';

export function createHandlers(deps: Deps): CommandHandlers {
  return {
    'groundTruth.openWalkthrough': async () => {
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', walkthrough, false);
      // What was there before the walkthrough is only ticked off when something changes while it listens.
      await vscode.commands.executeCommand('setContext', 'groundTruth.walkthrough', true);
    },
    'groundTruth.showNextStep': showNextStep(deps),
    'groundTruth.createBucket': createBucket(deps),
    'groundTruth.getSampleImages': getSampleImages(deps),
    'groundTruth.uploadImages': uploadImages(deps),
    'groundTruth.uploadToBucket': uploadImages(deps),
    'groundTruth.makePublic': makePublic(deps),
    'groundTruth.createPrivateTeam': createPrivateTeam(deps),
    'groundTruth.addMembers': addMembers(deps),
    'groundTruth.removeMember': removeMember(deps),
    'groundTruth.createLabelingJob': createLabelingJob(deps),
    'groundTruth.startLabeling': startLabeling(deps),
    'groundTruth.openLabelingPortal': openLabelingPortal(deps),
    'groundTruth.stopLabelingJob': stopLabelingJob(deps),
    'groundTruth.copyLabelingJob': copyLabelingJob(deps),
    'groundTruth.simulateWorkers': simulateWorkers(deps),
    'groundTruth.showOutputManifest': showOutputManifest(deps),
    'groundTruth.useManifest': useManifest(deps),
    'groundTruth.relabelObjects': relabelObjects(deps),
    'groundTruth.saveReview': saveReview(deps),
    'groundTruth.exportManifest': exportManifest(deps),
    'groundTruth.splitManifest': splitManifest(deps),
    'groundTruth.compareManifest': compareManifest(deps),
    'groundTruth.copyTrainingSnippet': copyTrainingSnippet(deps),
    'groundTruth.checkManifest': async (from) => (await deps.loadLint()).commands.checkManifest(from),
    'groundTruth.saveFixedManifest': async (from) => (await deps.loadLint()).commands.saveFixedManifest(from),
    'groundTruth.removeByteOrderMark': async (uri) => (await deps.loadLint()).commands.removeByteOrderMark(uri),
    'groundTruth.showLabResources': showLabResources(deps),
    'groundTruth.deleteLabResources': deleteLabResources(deps),
    'groundTruth.chooseConnection': chooseConnection(deps),
    'groundTruth.signIn': signIn(deps),
    'groundTruth.chooseWorker': chooseWorker(deps),
    'groundTruth.showInvitations': showInvitations(deps),
    'groundTruth.resendInvitation': resendInvitation(deps),
    'groundTruth.copyPortalLink': copyPortalLink(deps),
    'groundTruth.runDoctor': (from) => deps.doctors.run(from),
    'groundTruth.applyShown': (uri) => deps.questions.answer(uri, true),
    'groundTruth.discardShown': (uri) => deps.questions.answer(uri, false),
    'groundTruth.showLabelingEvents': showLabelingEvents(deps),
    'groundTruth.editPriceTable': () => deps.prices.edit(),
    'groundTruth.copyCliSetup': copyCliSetup(deps),
    'groundTruth.showLog': () => deps.log.show(),
    'groundTruth.refresh': refresh(deps),
    'groundTruth.filterByPrefix': filterByPrefix(deps),
    'groundTruth.clearFilter': clearFilter(deps),
    'groundTruth.loadMore': loadMore(deps),
    'groundTruth.openObject': openObject(),
    'groundTruth.openAsText': openAsText(),
    'groundTruth.copyS3Uri': copyS3Uri(),
    'groundTruth.copyArn': copyArn(),
  };
}

import * as vscode from 'vscode';
import type { ManifestBytes } from './core/manifest/manifestScan.js';
import { createHandlers } from './host/commands/handlers.js';
import type { Deps } from './host/commands/deps.js';
import { uploader } from './host/commands/uploadImages.js';
import type { EstimateJob } from './host/editors/jobAnalyst.js';
import { ManifestEditorProvider } from './host/editors/manifestEditor.js';
import { loadedLate } from './host/panels/doctors.js';
import { JobSetupPanel } from './host/panels/jobSetupPanel.js';
import { LabelingPanel } from './host/panels/labelingPanel.js';
import type { OnDemand } from './host/registerOnDemand.js';
import { keptKeys } from './host/support/keptKeys.js';
import { PriceFile } from './host/support/priceFile.js';
import { ShownQuestions } from './host/support/shownQuestions.js';
import { tellOfFailure } from './host/views/failureAdvice.js';
import { whereTrusted } from './host/support/trust.js';
import { labLedger } from './labLedger.js';
import { loadDoctor, renderTemplate } from './lateBundles.js';
import { readAwsEnvironment, readAwsProfiles } from './node/awsProfiles.js';
import type { ComparedBytes } from './core/compare/manifestComparison.js';
import { startCompareThread } from './node/compareThread.js';
import { ExportThreads } from './node/exportThread.js';
import { startManifestThread } from './node/manifestThread.js';
import { createFile } from './node/newFile.js';
import { SmallFiles } from './node/smallFiles.js';
import { ThumbnailFiles } from './node/thumbnailFiles.js';
import { sweepInThread } from './node/thumbnailSweep.js';
import { getSampleImages } from './node/sampleImages.js';
import { estimateInThread } from './node/wholeJobThread.js';
import { startBySize } from './node/workerBySize.js';

/** What is there from activation on. */
type Shown = Pick<
  Deps,
  'connection' | 'log' | 'buckets' | 'labelingJobs' | 'privateTeams' | 'invitations' | 'labelingEvents' | 'loadLint'
>;

/** The composition root of what is loaded when it is first used: commands, panels and editors. */
export function createOnDemand(context: vscode.ExtensionContext, shown: Shown): OnDemand {
  const own = <T extends vscode.Disposable>(item: T): T => {
    context.subscriptions.push(item);
    return item;
  };
  const { extensionUri: extension, workspaceState: memory, secrets } = context;
  const { connection, log } = shown;
  const ledger = labLedger(context, connection);
  const questions = own(new ShownQuestions());
  const common = { ...shown, ledger, memory, questions, renderTemplate: whereTrusted(renderTemplate) };
  const labelingPanels = own(new LabelingPanel(extension, { ...common, secrets }));
  const onFixed = () => shown.buckets.refresh();
  const doctors = loadedLate(async () => {
    const { createDoctor } = await loadDoctor();
    return own(
      createDoctor(extension, { connection, ledger, log, memory, prices, questions, drafts: jobSetupPanels, onFixed }),
    );
  });
  const shippedPrices = vscode.Uri.joinPath(extension, 'media', 'prices.json');
  const prices = new PriceFile(shippedPrices, context.globalStorageUri);
  const jobSetupPanels = own(new JobSetupPanel(extension, { ...common, doctors, prices }));

  const pictures = context.asAbsolutePath('media/samples/traindata_cat_dog_images_20');
  const sampleImages = { get: (url: string, signal: AbortSignal) => getSampleImages(url, pictures, signal) };
  const scanner = context.asAbsolutePath('dist/node/manifestWorker.js');
  const start = (bytes: ManifestBytes) => startManifestThread(scanner, bytes, startBySize);
  const estimator = context.asAbsolutePath('dist/node/wholeJobWorker.js');
  const estimate: EstimateJob = (answers, onProgress, signal) =>
    estimateInThread(answers, { script: estimator, start: startBySize, onProgress }, signal);
  const comparer = context.asAbsolutePath('dist/node/compareWorker.js');
  const compare = (bytes: ComparedBytes) => startCompareThread(comparer, bytes, startBySize);
  const logError = (error: Error | string) => log.error(error);
  const reviews = new SmallFiles(vscode.Uri.joinPath(context.globalStorageUri, 'reviews').fsPath);
  const manifests = new ManifestEditorProvider({
    extension,
    connection,
    start,
    estimate,
    compare,
    reviews,
    thumbnails: thumbnailsOf(context, logError),
    memory: context.globalState,
    log: logError,
  });
  const deps = {
    ...common,
    labelingPanels,
    jobSetupPanels,
    prices,
    doctors,
    manifests,
    comparisons: manifests,
    manifestExports: new ExportThreads(context.asAbsolutePath('dist/node/exportWorker.js'), startBySize),
    createFile,
    awsProfiles: readAwsProfiles,
    awsEnvironment: readAwsEnvironment,
    keptKeys: keptKeys(secrets),
    sampleImages,
  };
  return {
    commands: createHandlers(deps),
    panels: {
      'groundTruth.doctor': doctors.serializer,
      'groundTruth.jobSetup': jobSetupPanels.serializer,
      'groundTruth.labeling': labelingPanels.serializer,
    },
    manifestEditor: manifests,
    onDrop: uploader(deps),
    onFailed: tellOfFailure,
  };
}

/** Small pictures may take so much of the disk. */
const mostThumbnailBytes = 200_000_000;

function thumbnailsOf(context: vscode.ExtensionContext, log: (error: Error | string) => void): ThumbnailFiles {
  const folder = vscode.Uri.joinPath(context.globalStorageUri, 'thumbnails').fsPath;
  const sweeper = context.asAbsolutePath('dist/node/thumbnailSweepWorker.js');
  const fail = (error: unknown) => log(error instanceof Error ? error : String(error));
  return new ThumbnailFiles(folder, {
    sweptEveryBytes: mostThumbnailBytes / 10,
    sweep: () => void sweepInThread(sweeper, { folder, mostBytes: mostThumbnailBytes }).catch(fail),
    onFailure: (error) =>
      log(`Thumbnails cannot be kept in "${folder}", and are made anew each time: ${String(error)}`),
  });
}

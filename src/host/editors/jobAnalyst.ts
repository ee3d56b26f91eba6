import * as vscode from 'vscode';
import type { JobAnswers } from '../../core/consolidation/wholeJob/answerTable.js';
import { CollectedAnswers, type CollectedJob } from '../../core/consolidation/wholeJob/collectedAnswers.js';
import {
  attributeOfJob,
  bareJobName,
  type Confusion,
  confusionOf,
  jobAnalysis,
  lineEstimates,
} from '../../core/consolidation/wholeJob/jobAnalysis.js';
import type { WholeJobEstimate } from '../../core/consolidation/wholeJob/wholeJobEstimate.js';
import type { ManifestScan } from '../../core/manifest/manifestScan.js';
import { jobOfManifest, readWorkerAnswers } from '../../core/manifest/workerResponses.js';
import type { ObjectStore } from '../../core/ports.js';
import type { AnalysisProgress, AnalysisResult } from '../../protocol/manifestEditor.js';
import { parsedFile, type ResponseFile, responseFiles } from './responseFiles.js';
import { nowAndThen } from '../../core/nowAndThen.js';

/** Estimates a whole job somewhere else than in this thread, and tells now and then which part of it is done. */
export type EstimateJob = (
  answers: JobAnswers,
  onProgress: (part: number) => void,
  signal: AbortSignal,
) => Promise<WholeJobEstimate>;

/** So many files are read at once: each is small, and most of the time goes into waiting. */
const readAtOnce = 16;

/** Of the manifest that is analyzed; a scan goes on where that has only grown. */
interface ScannedVersion {
  readonly scan: ManifestScan;
  readonly version: number;
}

interface Analyzed {
  readonly version: number;
  /** While it is scanned for the first time, there are more and more. */
  readonly lines: number;
  readonly result: AnalysisResult;
  /** Absent where there is nothing to analyze. */
  readonly estimated?: { readonly job: CollectedJob; readonly estimate: WholeJobEstimate };
}

type Analysis = Omit<Analyzed, 'version' | 'lines'>;

/** Reads all answers of the job whose output a manifest is, and what can be told of them together. */
export class JobAnalyst {
  readonly #manifest: vscode.Uri;
  readonly #store: () => Promise<ObjectStore>;
  readonly #estimate: EstimateJob;
  /** Of the version of the manifest that was analyzed last. */
  #analyzed: Analyzed | undefined;

  constructor(
    manifest: vscode.Uri,
    { store, estimate }: { readonly store: () => Promise<ObjectStore>; readonly estimate: EstimateJob },
  ) {
    this.#manifest = manifest;
    this.#store = store;
    this.#estimate = estimate;
  }

  /** For one version of the manifest the work is done once. The scan's rows then say what is estimated of them. */
  async analyze(
    { scan, version }: ScannedVersion,
    onProgress: (progress: AnalysisProgress) => void,
    signal: AbortSignal,
  ): Promise<AnalysisResult> {
    const { lines } = await scan.summary(signal);
    if (this.#analyzed?.version !== version || this.#analyzed.lines !== lines) {
      this.#analyzed = { version, lines, ...(await this.#analyzeAnew(scan, onProgress, signal)) };
    }
    return this.#analyzed.result;
  }

  /** Of one worker, by its place in the analysis, or of all of them. Empty before there is an analysis. */
  confusion(worker: number | undefined): Confusion {
    const estimated = this.#analyzed?.estimated;
    return estimated ? confusionOf(estimated.job, estimated.estimate, worker) : [];
  }

  async #analyzeAnew(
    scan: ManifestScan,
    onProgress: (progress: AnalysisProgress) => void,
    signal: AbortSignal,
  ): Promise<Analysis> {
    const name = jobOfManifest(this.#manifest.path);
    if (name === undefined) {
      return nothing(
        vscode.l10n.t(
          'Workers are analyzed for a manifest that stands in its job\'s output folder ("manifests/output/"), beside the answers of the job\'s workers.',
        ),
      );
    }
    const { attributes, lines } = await scan.summary(signal);
    const attribute = attributeOfJob(attributes, name);
    if (attribute === undefined) {
      return nothing(notOfJob(name, attributes));
    }
    const tell = nowAndThen(onProgress);
    tell({ kind: 'listing' });
    const files = await responseFiles(this.#manifest, this.#store, signal);
    const { answers, unreadable } = await readAll(files, tell, signal);
    if (answers.isEmpty) {
      return nothing(
        answers.others > 0
          ? vscode.l10n.t(
              'Workers are analyzed for jobs that ask for one label for each object, which this one does not.',
            )
          : vscode.l10n.t('There are no answers of workers beside this manifest, in "annotations/worker-response/".'),
      );
    }
    const job = answers.job(lines);
    const estimate = await this.#estimate(job.answers, (part) => tell({ kind: 'estimating', part }), signal);
    if (estimate.isEstimated) {
      await scan.estimate(lineEstimates(attribute, job, estimate), signal);
    }
    return {
      result: { kind: 'analysis', analysis: jobAnalysis(attribute, job, estimate), unreadable },
      estimated: { job, estimate },
    };
  }
}

/** Of a copy in a folder of another name nobody can tell which of its labels the answers beside it are about. */
function notOfJob(name: string, attributes: readonly { readonly jobNames: readonly string[] }[]): string {
  const others = new Set(attributes.flatMap(({ jobNames }) => jobNames.map(bareJobName)));
  return others.size === 0
    ? vscode.l10n.t('The job "{0}" has not labeled an object of this manifest yet.', name)
    : vscode.l10n.t(
        'The folder of this manifest is named "{0}", and its labels are of the jobs: {1}. Give the folder the name of its job, and open the manifest there.',
        name,
        [...others].join(', '),
      );
}

function nothing(reason: string): Analysis {
  return { result: { kind: 'none', reason } };
}

async function readAll(
  files: readonly ResponseFile[],
  onProgress: (progress: AnalysisProgress) => void,
  signal: AbortSignal,
): Promise<{ readonly answers: CollectedAnswers; readonly unreadable: number }> {
  const answers = new CollectedAnswers();
  const failing = new AbortController(); // Where one file cannot be had, the others need not be read.
  const reading = AbortSignal.any([signal, failing.signal]);
  let read = 0;
  let unreadable = 0;
  const waiting = files.values(); // Shared: whoever has read a file takes the next one.
  const readSome = async () => {
    for (const file of waiting) {
      reading.throwIfAborted();
      const content = parsedFile(await file.read(reading));
      if (content === undefined) {
        unreadable += 1;
      } else {
        answers.add(file.line, readWorkerAnswers(content));
      }
      read += 1;
      onProgress({ kind: 'reading', read, files: files.length });
    }
  };
  try {
    await Promise.all(Array.from({ length: readAtOnce }, readSome));
  } finally {
    failing.abort();
  }
  return { answers, unreadable };
}

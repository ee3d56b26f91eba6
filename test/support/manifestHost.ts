import { CollectedAnswers } from '../../src/core/consolidation/wholeJob/collectedAnswers.js';
import { confusionOf, jobAnalysis, lineEstimates } from '../../src/core/consolidation/wholeJob/jobAnalysis.js';
import type { RowQuery } from '../../src/core/manifest/arrangement.js';
import { bytesSource } from '../../src/core/manifest/byteSource.js';
import { ManifestDocument } from '../../src/core/manifest/manifestDocument.js';
import { ManifestReader } from '../../src/core/manifest/manifestReader.js';
import type { PictureShape } from '../../src/core/manifest/pictureShape.js';
import type { SourceCheck } from '../../src/core/manifest/sourceCheck.js';
import type { ReadSource } from '../../src/core/manifest/sourceLists.js';
import type { ShownAnswer } from '../../src/core/manifest/shownAnswers.js';
import type { WorkerAnswer } from '../../src/core/manifest/workerResponses.js';
import { type Decided, Review } from '../../src/core/review/review.js';
import { objectAt, placeReview } from '../../src/core/review/placedReview.js';
import type { Handlers } from '../../src/protocol/channel.js';
import type {
  AnalysisResult,
  ChartFile,
  ManifestEditor,
  ReviewState,
  ManifestProgress,
  Picture,
  RowLook,
} from '../../src/protocol/manifestEditor.js';
import { type ComparedText, comparisonHandlers } from './comparisonHost.js';
import { estimateOf } from './estimateOf.js';
import { builtKernel } from './kernelProgram.js';

export interface ManifestHost {
  readonly handlers: Handlers<ManifestEditor>;
  /** The lines that were opened as text; `undefined` for the whole manifest. */
  readonly openedAsText: readonly (number | undefined)[];
  /** How often the page asked for what could not be read, and for rows. */
  readonly asked: {
    rescans: number;
    rows: number;
    actions: number;
    checks: number;
    saves: number;
    thumbnails: number;
    refreshes: number;
    /** Whole ones, to be made small. */
    pictures: number;
    connections: number;
  };
  readonly review: Review;
  /** Tells the page what became of the review; without it, nobody does. */
  onReview: (decided: Decided | undefined) => void;
  /** The rows that commands would work with. */
  shown: RowQuery | undefined;
  /** How rows were shown last. */
  look: RowLook | undefined;
  /** What the page handed back, by the line of its picture; the host has it the next time. */
  readonly thumbnails: Map<string, { readonly bytes: Uint8Array; readonly shape: PictureShape }>;
  /** Rows cannot be read while there is a reason here. */
  rowsFailure: string | undefined;
  /** The charts that went to a file. */
  readonly saved: ChartFile[];
  /** Puts another manifest in the place of this one, as a job that goes on does. */
  replace(text: string): Promise<void>;
}

export interface ManifestHostOptions {
  readonly name?: string;
  readonly progress?: ManifestProgress;
  readonly picture?: (line: number) => Picture;
  readonly answers?: readonly ShownAnswer[];
  readonly mask?: (line: number, attribute: string) => Picture;
  /** What the manifest is compared with, once the page asks for it. */
  readonly compared?: ComparedText;
  readonly checkSources?: (sources: readonly ReadSource[], signal: AbortSignal) => Promise<SourceCheck>;
  /** Of the whole job, by line; a reason where there is no analysis. */
  readonly jobAnswers?: (line: number) => readonly WorkerAnswer[];
}

const missingPicture: Picture = {
  kind: 'missing',
  cause: 'notFound',
  reason: 'There is no object "s3://bucket/gone.jpg".',
};
const movedPicture: Extract<Picture, { kind: 'missing' }> = {
  kind: 'missing',
  cause: 'moved',
  reason: 'The manifest has changed since.',
};

/** The manifest editor's host over a text in memory: what the extension host does, without VS Code and threads. */
export async function manifestHost(text: string, options: ManifestHostOptions = {}): Promise<ManifestHost> {
  const { name = 'output.manifest', progress = { kind: 'complete' }, answers } = options;
  const openedAsText: (number | undefined)[] = [];
  let current = await open(text);
  let version = 1;
  const asked = {
    rescans: 0,
    rows: 0,
    actions: 0,
    checks: 0,
    saves: 0,
    thumbnails: 0,
    pictures: 0,
    refreshes: 0,
    connections: 0,
  };
  const tickets: string[] = [];
  const host: ManifestHost = {
    openedAsText,
    asked,
    review: new Review(),
    onReview: () => undefined,
    shown: undefined,
    look: undefined,
    thumbnails: new Map(),
    rowsFailure: undefined,
    saved: [],
    async replace(next) {
      current = await open(next);
      version++;
      await placeReview(scanOf(current), host.review, new AbortController().signal);
    },
    handlers: {
      'manifest.read': async () => {
        const { document, reader } = current;
        const { problems } = document;
        const lines = { lines: document.lines, problems: problems.count, brokenLines: problems.broken };
        return { name, version, progress, summary: { ...reader.summary(), ...lines } };
      },
      'problems.read': async ({ first, count }) => current.reader.problems(first, count),
      'manifest.rescan': async () => {
        asked.rescans++;
      },
      'rows.read': async ({ query, ...range }, signal) => {
        asked.rows++;
        if (host.rowsFailure !== undefined) {
          throw new Error(host.rowsFailure);
        }
        return current.reader.rows(query, range, signal);
      },
      'rows.search': ({ query }, signal) => current.reader.search(query, signal),
      'place.find': ({ query, line }, signal) => current.reader.placeOf(query, line, signal),
      'line.read': ({ line }, signal) => current.reader.text(line, signal),
      'breakdown.read': (request, signal) => current.reader.breakdown(request, signal),
      'failures.read': (request, signal) => current.reader.failures(request, signal),
      'repeats.read': async () => current.reader.repeatedSources(),
      'sources.check': async (_params, signal) => {
        if (!options.checkSources) {
          return { sources: 0, missing: { count: 0, shown: [] }, unknown: { count: 0, shown: [], reasons: [] } };
        }
        return options.checkSources(current.reader.sources(0, current.document.lines), signal);
      },
      'chart.save': async (chart) => {
        host.saved.push(chart);
        return `/home/me/${chart.name}.${chart.format}`;
      },
      'picture.read': async ({ line, source }, signal) =>
        (await namesSource(current, { line, source }, signal))
          ? (options.picture?.(line) ?? missingPicture)
          : movedPicture,
      'thumbnail.read': async ({ line, source, size }, signal) => {
        asked.thumbnails++;
        if (!(await namesSource(current, { line, source }, signal))) {
          return movedPicture;
        }
        const key = `${line} ${size}`;
        const kept = host.thumbnails.get(key);
        if (kept) {
          return { kind: 'thumbnail', ...kept, contentType: 'image/webp' };
        }
        asked.pictures++;
        const picture = options.picture?.(line) ?? missingPicture;
        return picture.kind === 'missing' ? picture : { ...picture, ticket: tickets.push(key) - 1 };
      },
      'thumbnail.keep': async ({ ticket, bytes, shape }) => {
        host.thumbnails.set(tickets[ticket] ?? '', { bytes, shape });
      },
      'pictures.refresh': async () => {
        asked.refreshes++;
      },
      'connection.choose': async () => {
        asked.connections++;
      },
      'look.read': async () => host.look,
      'look.keep': async ({ look }) => {
        host.look = look;
      },
      'responses.read': async () =>
        answers
          ? { kind: 'answers', answers, unreadable: 0 }
          : { kind: 'none', reason: 'No worker has answered about this object.' },
      'analysis.read': async () => analyze(options, current),
      'confusion.read': async ({ worker }) => {
        const { job, estimate } = analyzed(options, current);
        return confusionOf(job, estimate, worker);
      },
      'query.show': async ({ query }) => {
        host.shown = query;
      },
      'actions.show': async () => {
        asked.actions++;
      },
      'manifest.check': async () => {
        asked.checks++;
      },
      'review.read': async () => ({ ...stateOf(host.review), decided: host.review.decided }),
      'review.decide': async ({ attribute, line, source, decision }, signal) => {
        const object = await objectAt(scanOf(current), { line, attribute, source }, signal);
        if (!object) {
          throw new Error('This line is another object now.');
        }
        host.review.decide(attribute, line, { decision, object });
        host.onReview({ line, decision: host.review.decisionOf(object) });
      },
      'review.undo': async () => told(host, host.review.undo()),
      'review.redo': async () => told(host, host.review.redo()),
      'review.save': async () => {
        asked.saves++;
      },
      'review.discard': async () => {
        host.review.clear();
        host.onReview(undefined);
      },
      ...comparisonHandlers(() => current.document, options),
      'text.open': async ({ line }) => {
        openedAsText.push(line);
      },
      'mask.read': async ({ line, attribute }) => options.mask?.(line, attribute) ?? missingPicture,
    },
  };
  return host;
}

async function namesSource(
  { reader }: Opened,
  { line, source }: { readonly line: number; readonly source: string },
  signal: AbortSignal,
): Promise<boolean> {
  return (await reader.text(line, signal)).includes(JSON.stringify(source));
}

function told(host: ManifestHost, decided: Decided | undefined): Decided | undefined {
  if (decided) {
    host.onReview(decided);
  }
  return decided;
}

function scanOf({ reader }: Opened) {
  return {
    text: reader.text.bind(reader),
    lines: reader.lines.bind(reader),
    placeOf: reader.placeOf.bind(reader),
    repeatedSources: async () => reader.repeatedSources(),
  };
}

export function stateOf({ attribute, canUndo, lost }: Review): Omit<ReviewState, 'decided'> {
  return { ...(attribute !== undefined && { attribute }), canUndo, lost };
}

interface Opened {
  readonly document: ManifestDocument;
  readonly reader: ManifestReader;
}

function analyze(options: ManifestHostOptions, opened: Opened): AnalysisResult {
  if (!options.jobAnswers) {
    return { kind: 'none', reason: 'There are no answers of workers beside this manifest.' };
  }
  const { attribute, job, estimate } = analyzed(options, opened);
  if (estimate.isEstimated) {
    opened.reader.estimate(lineEstimates(attribute, job, estimate));
  }
  return { kind: 'analysis', analysis: jobAnalysis(attribute, job, estimate), unreadable: 0 };
}

function analyzed({ jobAnswers = () => [] }: ManifestHostOptions, { document, reader }: Opened) {
  const answers = new CollectedAnswers();
  for (let line = 0; line < document.lines; line += 1) {
    answers.add(line, jobAnswers(line));
  }
  const job = answers.job(document.lines);
  return { attribute: reader.summary().attributes.at(-1)?.name ?? '', job, estimate: estimateOf(job.answers) };
}

async function open(text: string): Promise<Opened> {
  const document = new ManifestDocument(bytesSource(new TextEncoder().encode(text)), await builtKernel());
  await finish(document);
  return { document, reader: new ManifestReader(document) };
}

/** All of it is scanned before anything is asked. */
async function finish(document: ManifestDocument): Promise<void> {
  const scan = document.scan(new AbortController().signal);
  while ((await scan.next()).done !== true);
}

import type {
  ComparedAttributes,
  ComparedFilter,
  ComparedPage,
  ComparisonProgress,
  ComparisonResult,
} from '../core/compare/manifestComparison.js';

/** All that the extension host asks of the thread that compares two manifests; the thread is the host of this contract. */
export type CompareThread = {
  requests: {
    'comparison.run': { params: ComparedAttributes; result: ComparisonResult };
    'rows.read': { params: { filter: ComparedFilter; first: number; count: number }; result: ComparedPage };
    'place.find': { params: { filter: ComparedFilter; line: number }; result: number | undefined };
    /** A line of the manifest that is compared with. */
    'line.read': { params: { line: number }; result: string };
  };
  events: {
    'comparison.progress': ComparisonProgress;
  };
};

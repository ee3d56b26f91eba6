import type { Stage, Status } from '../core/doctor/report.js';

/** All that passes between the doctor's page and the extension host. */
export type DoctorPage = {
  requests: {
    'report.get': { params: undefined; result: ShownReport };
    /** Looks again at the same; what is running is given up. */
    'report.run': { params: undefined; result: void };
    'report.cancel': { params: undefined; result: void };
    'report.copy': { params: { readonly format: 'markdown' | 'json' }; result: void };
    /** Another subject: the host asks which. */
    'subject.choose': { params: undefined; result: void };
    // Of one line. Resolves to whether the fix was done: its diff is shown first, and the user decides. Rejects where
    // the line has another fix by now than the one that the page shows.
    'fix.do': { params: LineKey & { readonly fixId: string }; result: boolean };
    'cli.copy': { params: LineKey; result: void };
    'policy.copy': { params: LineKey; result: void };
  };
  events: {
    'report.changed': ShownReport;
  };
};

interface LineKey {
  readonly key: string;
}

/** As far as it is known by now. */
export interface ShownReport {
  readonly subject: string;
  readonly state: RunState;
  readonly lines: readonly ShownLine[];
}

export type RunState =
  | { readonly kind: 'running'; readonly checked: number; readonly checks: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string };

export interface ShownLine {
  readonly key: string;
  readonly id: string;
  readonly stage: Stage;
  readonly status: Status;
  readonly where: string;
  readonly cause: string;
  /** The id is another one each time something is found, even the same. */
  readonly fix?: { readonly id: string; readonly title: string };
  readonly canCopyCli: boolean;
  /** JSON. */
  readonly policy?: string;
}

import type { LabelingJob, PrivateTeam } from '../../core/ports.js';

/** The panels in which a worker labels with Local Ground Truth. On AWS the portal is a page for the browser. */
export interface LabelingPanels {
  /** The jobs that have work for the worker that the user is, in this team or in any. */
  openPortal(team: PrivateTeam | undefined): Promise<void>;
  /** The same as this worker, whoever the user was before. */
  openPortalAs(email: string): Promise<void>;
  /** Straight to the job's next picture; says why where there is none for this worker. */
  startLabeling(job: LabelingJob): Promise<void>;
  /** Asks which team member the user is, and remembers it; `undefined` where nobody was chosen. */
  chooseWorker(): Promise<ChosenWorker | undefined>;
}

export interface ChosenWorker {
  readonly email: string;
  /** The panel is open, and this worker sits in it now. */
  readonly isShown: boolean;
}

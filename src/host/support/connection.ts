import type { Services, Target } from '../../core/ports.js';
import type { MemberOutlooks } from '../../core/portal/memberOutlook.js';
import type { WorkerPortal } from '../../core/portal/workerPortal.js';
import type * as vscode from 'vscode';

/** What commands, views and editors are given: where the user is connected to now. */
export interface Connection extends vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  /** What could not be reached is there now: whatever failed meanwhile can be asked for again. */
  readonly onDidRecover: vscode.Event<void>;
  /** `local` until the user chooses an AWS profile; the context key `groundTruth.connection` has the same word. */
  readonly kind: Target['kind'];
  /** Starts Local Ground Truth if it is needed and not running; a server that died is started again. */
  target(signal: AbortSignal): Promise<Target>;
  services(): Promise<Services>;
  /** Local Ground Truth's worker portal; rejects on AWS, whose portal only a browser can open. */
  portal(signal: AbortSignal): Promise<WorkerPortal>;
  /** What members of teams see in the portal; rejects on AWS, which tells nobody. */
  memberOutlooks(signal: AbortSignal): Promise<MemberOutlooks>;
}

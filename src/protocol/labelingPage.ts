import type { JsonObject } from '../core/json.js';
import type { PortalView, TakenTasks, TaskSheet } from '../core/portal/portalView.js';
import type { Standing } from '../core/portal/standing.js';
import type { TaskAsset } from '../core/portal/taskAsset.js';

/**
 * All that passes between the labeling portal's page and whoever hosts it: the extension, or a server for a browser.
 * The host owns where the worker is; a request that changes it resolves to the new place.
 */
export type LabelingPage = {
  requests: {
    'view.get': { params: undefined; result: PortalView };
    /** The script that makes worker elements of a frame. */
    'frame.bundle': { params: undefined; result: string };
    'session.signIn': { params: { readonly email: string; readonly password: string }; result: PortalView };
    'session.setNewPassword': { params: { readonly newPassword: string }; result: PortalView };
    'session.signOut': { params: undefined; result: PortalView };
    'jobs.list': { params: undefined; result: PortalView };
    'job.start': { params: { readonly jobReferenceCode: string }; result: PortalView };
    /** Back to the list, when there is nothing left to do. */
    'job.finish': { params: undefined; result: PortalView };
    /** Gives everything that is held back, and goes to the list. */
    'job.stop': { params: undefined; result: PortalView };
    /** To the list, from a job that there is nothing to give back to. */
    'job.leave': { params: undefined; result: PortalView };
    /** What has become of the job, and of the task on screen; asking changes nothing. */
    'job.standing': { params: { readonly taskId?: string }; result: Standing };
    /** What the worker holds, and more up to `count`; the same ones in the same order each time. */
    'tasks.take': { params: { readonly count: number }; result: TakenTasks };
    /** Starts the task's clock. */
    'task.accept': { params: { readonly taskId: string }; result: { readonly acceptedAt: string } };
    /** Resolves when the answer is on disk; it is tried again for as long as the portal cannot be reached. */
    'task.submit': {
      params: { readonly taskId: string; readonly answer: JsonObject };
      result: { readonly isUndoable: boolean };
    };
    'task.decline': { params: { readonly taskId: string }; result: undefined };
    'task.release': { params: { readonly taskId: string }; result: PortalView };
    'answer.undo': { params: undefined; result: TaskSheet };
    /** An object that the task's template asked for, by its place among the sheet's assets. */
    'asset.read': { params: { readonly taskId: string; readonly index: number }; result: TaskAsset };
    'link.open': { params: { readonly url: string }; result: undefined };
    /** Where the workspace is trusted, so that templates may be run. */
    'trust.manage': { params: undefined; result: undefined };
    'output.show': { params: undefined; result: undefined };
    /** An invitation that is chosen fills in the sign-in. */
    'invitations.show': { params: undefined; result: PortalView | undefined };
  };
  events: {
    'view.changed': PortalView;
    'connection.changed': { readonly isConnected: boolean; readonly reason?: string };
  };
};

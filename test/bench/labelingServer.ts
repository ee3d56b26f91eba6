import { readFile } from 'node:fs/promises';
import type { PortalJob, PortalTask } from '../../src/core/portal/workerPortal.js';
import type { PortalUser } from '../support/lab.js';
import type { ServerProcess } from '../support/localServer.js';

/** Resolves to the reference code of the first labeling job that has a task for the worker, once there is one. */
export async function firstTask(user: PortalUser): Promise<string> {
  for (;;) {
    for (const { jobReferenceCode } of await user.ask<PortalJob[]>('GET /api/jobs')) {
      const tasks = await user.ask<PortalTask[]>(`POST /api/jobs/${jobReferenceCode}/tasks`, { count: 1 });
      if (tasks.length > 0) {
        return jobReferenceCode;
      }
    }
  }
}

/** The most memory that the server's process has had. */
export async function mostMegabytes({ process: { pid } }: ServerProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/mu.exec(status)?.[1]) / 1_024;
}

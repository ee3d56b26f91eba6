import * as vscode from 'vscode';
import { readShownAnswers, type ShownAnswer } from '../../core/manifest/shownAnswers.js';
import { workerResponseFolder } from '../../core/manifest/workerResponses.js';
import type { WorkerResponses } from '../../protocol/manifestEditor.js';
import { namesIn, parsedFile } from './responseFiles.js';

/** What the workers answered about the object of this line, from the job's folder that the manifest is in. */
export async function readResponses(manifest: vscode.Uri, line: number): Promise<WorkerResponses> {
  const folder = workerResponseFolder(manifest.path);
  if (folder === undefined) {
    return {
      kind: 'none',
      reason: vscode.l10n.t(
        'Worker responses are shown for a manifest that stands in its job\'s output folder ("manifests/output/").',
      ),
    };
  }
  const answers: ShownAnswer[] = [];
  let unreadable = 0;
  for (const iteration of await namesIn(manifest.with({ path: folder }))) {
    const objectFolder = manifest.with({ path: `${folder}/${iteration}/${line}` });
    for (const name of await namesIn(objectFolder)) {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(objectFolder, name));
      const content = parsedFile(bytes);
      if (content === undefined) {
        unreadable += 1;
      } else {
        answers.push(...readShownAnswers(content));
      }
    }
  }
  if (answers.length > 0) {
    return { kind: 'answers', answers, unreadable };
  }
  return {
    kind: 'none',
    reason:
      unreadable > 0
        ? vscode.l10n.t(
            'The answers about this object are not JSON: their files in "annotations/worker-response/" are damaged. Copy them from the job\'s output again.',
          )
        : vscode.l10n.t('No worker has answered about this object in this job.'),
  };
}

import * as vscode from 'vscode';
import type { JsonValue } from '../../core/json.js';
import { readShownAnswers, type ShownAnswer } from '../../core/manifest/shownAnswers.js';
import { workerResponseFolder } from '../../core/manifest/workerResponses.js';
import type { WorkerResponses } from '../../protocol/manifestEditor.js';
import { namesIn } from './responseFiles.js';

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
  for (const iteration of await namesIn(manifest.with({ path: folder }))) {
    const objectFolder = manifest.with({ path: `${folder}/${iteration}/${line}` });
    for (const name of await namesIn(objectFolder)) {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(objectFolder, name));
      answers.push(...readShownAnswers(JSON.parse(new TextDecoder().decode(bytes)) as JsonValue));
    }
  }
  return answers.length > 0
    ? { kind: 'answers', answers }
    : { kind: 'none', reason: vscode.l10n.t('No worker has answered about this object in this job.') };
}

import * as vscode from 'vscode';
import { checkSources, type SourceCheckProgress } from '../../core/manifest/sourceCheck.js';
import type { Handlers } from '../../protocol/channel.js';
import type { ChartFile, ManifestEditor } from '../../protocol/manifestEditor.js';
import type { ManifestModel } from './manifestModel.js';
import type { PictureSource } from './manifestPictures.js';
import { allSources, sourceFinder } from './sourceFinder.js';
import { nowAndThen } from '../../core/nowAndThen.js';

type ChartHandlers = Pick<
  Handlers<ManifestEditor>,
  'breakdown.read' | 'failures.read' | 'repeats.read' | 'sources.check' | 'chart.save'
>;

/** A page's picture of a chart is far smaller. */
const mostBytes = 64 << 20;

const fileKinds = { png: 'PNG', svg: 'SVG', csv: 'CSV' } as const;

/** What the page of a manifest editor may ask for its charts. */
export function chartHandlers(
  model: ManifestModel,
  sources: PictureSource,
  onProgress: (progress: SourceCheckProgress) => void,
): ChartHandlers {
  return {
    'breakdown.read': (request, signal) => model.scan.breakdown(request, signal),
    'failures.read': (request, signal) => model.scan.failures(request, signal),
    'repeats.read': (_params, signal) => model.scan.repeatedSources(signal),
    'sources.check': async (_params, signal) => {
      const { scan } = model;
      const { lines } = await scan.summary(signal);
      return checkSources(allSources(scan, lines, signal), sourceFinder(sources), nowAndThen(onProgress), signal);
    },
    'chart.save': (chart) => saveChart(chart, model.uri),
  };
}

async function saveChart({ name, format, bytes }: ChartFile, manifest: vscode.Uri): Promise<string | undefined> {
  // The page is not trusted: what it names is a file's name, never a path.
  const kind = fileKinds[format];
  if (!Object.hasOwn(fileKinds, format) || !(bytes instanceof Uint8Array) || bytes.length > mostBytes) {
    throw new Error(vscode.l10n.t('The page gave no chart that can be saved.'));
  }
  const fileName = `${name.replaceAll(/[^\p{L}\p{N} ._-]/gu, '-').slice(0, 80)}.${format}`;
  const folder =
    manifest.scheme === 'file' ? vscode.Uri.joinPath(manifest, '..') : vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save the Chart'),
    filters: { [kind]: [format] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, fileName) }),
  });
  if (!uri) {
    return undefined;
  }
  await vscode.workspace.fs.writeFile(uri, bytes);
  return uri.scheme === 'file' ? uri.fsPath : uri.toString(true);
}

import type { CommandHandlers } from '../commands/register.js';
import type { Ledger } from '../support/ledger.js';
import type { CreateFile } from '../support/newManifest.js';
import { checkManifest } from './checkManifest.js';
import type { ManifestLint } from './manifestLint.js';
import { removeByteOrderMark } from './removeByteOrderMark.js';
import { saveFixedManifest } from './saveFixedManifest.js';

export interface LintCommands {
  readonly checkManifest: CommandHandlers['groundTruth.checkManifest'];
  readonly saveFixedManifest: CommandHandlers['groundTruth.saveFixedManifest'];
  readonly removeByteOrderMark: CommandHandlers['groundTruth.removeByteOrderMark'];
}

export interface LintCommandDeps {
  readonly lint: ManifestLint;
  readonly createFile: CreateFile;
  readonly ledger: Pick<Ledger, 'open'>;
}

export function lintCommands(deps: LintCommandDeps): LintCommands {
  return {
    checkManifest: checkManifest(deps),
    saveFixedManifest: saveFixedManifest(deps),
    removeByteOrderMark: removeByteOrderMark(),
  };
}

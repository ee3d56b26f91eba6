import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { MfaCodes } from './host/support/mfaCodes.js';
import type { CredentialSource } from './host/support/signIn.js';
import { signIn } from './host/support/signIn.js';
import type { AwsChoice, Connectors } from './host/support/switchableConnection.js';
import { connect } from './lateBundles.js';
import { awsFiles, readAwsProfiles, tokenFolders } from './node/awsProfiles.js';

/** Many files change at once when somebody signs in. */
const settleMs = 500;

/** One for the window: what it knows outlives the session that asked. */
export const mfaCodes = new MfaCodes();

/** What a connection to AWS needs of this machine's files and of the user. */
export const awsCredentials: Pick<Connectors, 'connect' | 'signIn' | 'watchCredentials'> = {
  connect: (target) => connect(target, { askMfaCode: mfaCodes.of(target.kind === 'aws' ? target.profile : undefined) }),
  async signIn(choice, works, signal) {
    const files = awsFiles();
    const options = {
      choice,
      source: await sourceOf(choice),
      configFile: files.config,
      credentialsFile: files.credentials,
      works,
      watch: watchCredentials,
      onAgain: () => mfaCodes.forget(),
    };
    return signIn(options, signal);
  },
  watchCredentials(onChange) {
    mfaCodes.forget(); // The connection was just chosen.
    return watchCredentials(onChange);
  },
};

async function sourceOf({ profile }: AwsChoice): Promise<CredentialSource> {
  if (profile === undefined) {
    return 'environment';
  }
  return (await readAwsProfiles()).find(({ name }) => name === profile)?.source ?? 'unknown';
}

function watchCredentials(onChange: () => void): vscode.Disposable {
  let settling: NodeJS.Timeout | undefined;
  const settle = () => {
    clearTimeout(settling);
    settling = setTimeout(onChange, settleMs);
  };
  const { config, credentials } = awsFiles();
  const patterns = [
    ...[config, credentials].map((file) => fileIn(dirname(file), basename(file))),
    ...tokenFolders().map((folder) => fileIn(folder, '*.json')),
  ];
  const watching = patterns.map((pattern) => {
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    return vscode.Disposable.from(
      watcher,
      watcher.onDidChange(settle),
      watcher.onDidCreate(settle),
      watcher.onDidDelete(settle),
    );
  });
  return vscode.Disposable.from(...watching, { dispose: () => clearTimeout(settling) });
}

function fileIn(folder: string, pattern: string): vscode.RelativePattern {
  return new vscode.RelativePattern(vscode.Uri.file(folder), pattern);
}

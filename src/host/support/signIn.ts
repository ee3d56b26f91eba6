import * as vscode from 'vscode';
import { credentialsName } from './credentialNames.js';
import type { AwsChoice, Works } from './switchableConnection.js';

/** Where credentials come from, and so how one gets new ones. */
export type CredentialSource = 'sso' | 'login' | 'process' | 'role' | 'keys' | 'unknown' | 'environment';

export interface SignInOptions {
  readonly choice: AwsChoice;
  readonly source: CredentialSource;
  /** The file that says where a profile's credentials come from. */
  readonly configFile: string;
  /** The file that has a profile's keys. */
  readonly credentialsFile: string;
  readonly works: Works;
  readonly watch: (onChange: () => void) => vscode.Disposable;
  /** The user wants it to be tried again, and to be asked for whatever that takes. */
  readonly onAgain: () => void;
}

/**
 * Asks once, and waits until the credentials are good: whoever signs in elsewhere, in a terminal or a browser, need not
 * come back to say so. Resolves to whether they are; the user may say no, or choose another connection.
 */
export async function signIn(options: SignInOptions, signal: AbortSignal): Promise<boolean> {
  if (await worksNow(options, signal)) {
    return true; // Somebody has signed in since.
  }
  const over = new AbortController();
  const asking = AbortSignal.any([signal, over.signal]);
  let watching: vscode.Disposable | undefined;
  const found = new Promise<boolean>((resolve) => {
    asking.addEventListener('abort', () => resolve(false), { once: true });
    const look = async () => (await worksNow(options, asking)) && resolve(true);
    if (options.source !== 'role') {
      watching = options.watch(() => void look()); // A role's profile may ask for a code each time that it is tried.
    }
  });
  try {
    return await Promise.race([found, ask(options, found, asking)]);
  } finally {
    watching?.dispose();
    over.abort();
  }
}

async function ask(options: SignInOptions, found: Promise<boolean>, signal: AbortSignal): Promise<boolean> {
  const name = credentialsName(options.choice.profile);
  const way = wayOf(options);
  const again = vscode.l10n.t('Try Again');
  const elsewhere = vscode.l10n.t('Choose Connection…');
  let message = vscode.l10n.t(
    'The credentials of {0} are missing or have expired. What you began goes on with new ones.',
    name,
  );
  for (;;) {
    const buttons = [...(way ? [way.title] : []), again, elsewhere];
    const chosen = await vscode.window.showWarningMessage(message, ...buttons);
    if (signal.aborted || chosen === undefined) {
      return false;
    }
    if (chosen === elsewhere) {
      void vscode.commands.executeCommand('groundTruth.chooseConnection');
      return false;
    }
    if (chosen === way?.title) {
      await way?.go();
      if (options.source === 'role') {
        continue; // Its files are not watched: the question stays until it is tried again.
      }
      if (await waitFor(found, options, signal)) {
        return true;
      }
    } else {
      options.onAgain();
      if (await worksNow(options, signal)) {
        return true;
      }
    }
    message = vscode.l10n.t('The credentials of {0} are still not good.', name);
  }
}

interface Way {
  readonly title: string;
  /** Resolves when the user's part has begun. */
  readonly go: () => Promise<unknown>;
}

function wayOf({ source, choice: { profile }, configFile, credentialsFile }: SignInOptions): Way | undefined {
  switch (source) {
    case 'sso':
      return signInWith(['sso', 'login'], profile);
    case 'login':
      return signInWith(['login'], profile);
    case 'keys':
      return opening(vscode.l10n.t('Open Credentials File'), credentialsFile);
    case 'process':
    case 'role':
    case 'unknown':
      return opening(vscode.l10n.t('Open Config File'), configFile); // What gives them is asked again in any case.
    case 'environment':
      return undefined;
  }
}

function opening(title: string, file: string): Way {
  return { title, go: async () => vscode.window.showTextDocument(vscode.Uri.file(file)) };
}

/** In a terminal, where the AWS CLI shows its code and opens the browser. */
function signInWith(command: readonly string[], profile: string | undefined): Way {
  const args = [
    ...command,
    ...(profile === undefined ? [] : ['--profile', { value: profile, quoting: vscode.ShellQuoting.Strong }]),
  ];
  const title = vscode.l10n.t('Sign In');
  return {
    title,
    go: async () => {
      const task = new vscode.Task(
        { type: 'groundTruth.signIn' },
        vscode.TaskScope.Workspace,
        title,
        'Ground Truth',
        new vscode.ShellExecution('aws', args),
      );
      task.presentationOptions = { reveal: vscode.TaskRevealKind.Always };
      return vscode.tasks.executeTask(task);
    },
  };
}

/** Under a notification that says what is waited for, and that can be cancelled. */
async function waitFor(found: Promise<boolean>, { choice }: SignInOptions, signal: AbortSignal): Promise<boolean> {
  const title = vscode.l10n.t('Waiting for new credentials of {0}', credentialsName(choice.profile));
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (_progress, token) => {
      let onCancel: vscode.Disposable | undefined;
      const cancelled = new Promise<boolean>((resolve) => {
        onCancel = token.onCancellationRequested(() => resolve(false));
        signal.addEventListener('abort', () => resolve(false), { once: true });
      });
      try {
        return await Promise.race([found, cancelled]);
      } finally {
        onCancel?.dispose();
      }
    },
  );
}

async function worksNow({ works }: SignInOptions, signal: AbortSignal): Promise<boolean> {
  try {
    return await works(signal);
  } catch {
    return false; // AWS out of reach says nothing of credentials; the next look may tell.
  }
}

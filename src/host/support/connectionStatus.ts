import * as vscode from 'vscode';
import { credentialsName } from './credentialNames.js';
import { storageEndpoint, storageName } from '../../core/storage.js';
import type { AwsChoice, LocalChoice, SwitchableConnection } from './switchableConnection.js';

/** What is known of an account only once somebody is connected to it. */
interface SignedIn {
  readonly accountId: string;
  readonly arn: string;
  readonly alias: string | undefined;
  readonly credentialsEnd: Date | undefined;
}

const minuteMs = 60_000;
/** From here on the status bar counts the minutes, and soon in another colour. */
const countedMinutes = 120;
const fewMinutes = 10;
/** So long before credentials end the SDK gets others where it can, with the next call that is made. */
const renewalMs = 5 * minuteMs;

/** Names the connection in the status bar, with the account and how long credentials last; a click chooses another. */
export function showConnection(connection: SwitchableConnection): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('groundTruth.connection', vscode.StatusBarAlignment.Left, 10);
  item.name = vscode.l10n.t('Ground Truth Connection');
  let signedIn: SignedIn | undefined;
  let ticking: NodeJS.Timeout | undefined;
  let closing = new AbortController();
  let readAt = 0;
  const draw = () => {
    clearTimeout(ticking);
    drawConnection(item, connection, signedIn);
    if (signedIn?.credentialsEnd) {
      ticking = setTimeout(tick, minuteMs);
    }
  };
  /** Only after somebody else's call has worked: nobody is asked for a code, or to sign in, for this alone. */
  const tick = () => {
    const { workedAt } = connection;
    const end = signedIn?.credentialsEnd?.getTime();
    if (end !== undefined && workedAt > readAt && workedAt > end - renewalMs) {
      void readEnd();
    }
    draw();
  };
  const readEnd = async () => {
    const { signal } = closing;
    try {
      const { account } = await connection.services();
      const credentialsEnd = await account.credentialsEnd(signal);
      if (signedIn && !signal.aborted) {
        signedIn = { ...signedIn, credentialsEnd };
        draw();
      }
    } catch {
      // Whoever calls next is told why the credentials are not good any more.
    }
    readAt = Date.now();
  };
  const look = async () => {
    closing.abort();
    closing = new AbortController();
    const { signal } = closing;
    try {
      const found = await readAccount(connection, signal);
      if (!signal.aborted) {
        signedIn = found;
        readAt = Date.now();
      }
    } catch {
      // Whoever opened the session is told why it is good for nothing.
    }
    if (!signal.aborted) {
      draw();
    }
  };
  const forget = () => {
    closing.abort();
    signedIn = undefined;
    draw();
  };
  draw();
  item.show();
  return vscode.Disposable.from(
    item,
    connection.onDidChange(forget),
    connection.onDidOpen(() => void look()),
    {
      dispose: () => {
        closing.abort();
        clearTimeout(ticking);
      },
    },
  );
}

async function readAccount(connection: SwitchableConnection, signal: AbortSignal): Promise<SignedIn> {
  const { account } = await connection.services();
  const [identity, alias, credentialsEnd] = await Promise.all([
    account.identity(signal),
    account.alias(signal),
    account.credentialsEnd(signal),
  ]);
  return { ...identity, alias, credentialsEnd };
}

function drawConnection(
  item: vscode.StatusBarItem,
  { choice }: SwitchableConnection,
  signedIn: SignedIn | undefined,
): void {
  switch (choice.kind) {
    case 'local':
      item.text = `$(tag) ${localText(choice)}`;
      item.tooltip = localTooltip(choice);
      item.backgroundColor = undefined;
      item.command = 'groundTruth.chooseConnection';
      return;
    case 'aws':
      drawAws(item, choice, signedIn);
  }
}

function localText({ storage }: LocalChoice): string {
  return storage
    ? vscode.l10n.t('Ground Truth: Local · {0}', storageName(storage))
    : vscode.l10n.t('Ground Truth: Local');
}

function localTooltip({ storage }: LocalChoice): string {
  return storage
    ? vscode.l10n.t(
        'Connected to Local Ground Truth, with buckets in the storage at {0}. Click to choose another connection.',
        storageEndpoint(storage),
      )
    : vscode.l10n.t('Connected to Local Ground Truth, on this machine alone. Click to choose AWS.');
}

function drawAws(item: vscode.StatusBarItem, choice: AwsChoice, signedIn: SignedIn | undefined): void {
  const minutes = minutesLeft(signedIn?.credentialsEnd);
  const account = signedIn?.alias ?? signedIn?.accountId ?? choice.profile ?? vscode.l10n.t('environment');
  const left = minutes === undefined || minutes > countedMinutes ? [] : [timeLeft(minutes)];
  item.text = `$(tag) ${[vscode.l10n.t('Ground Truth: {0}', account), choice.region, ...left].join(' · ')}`;
  item.tooltip = awsTooltip(choice, signedIn);
  item.backgroundColor =
    minutes === undefined || minutes > fewMinutes
      ? undefined
      : new vscode.ThemeColor('statusBarItem.warningBackground');
  item.command = minutes !== undefined && minutes <= 0 ? 'groundTruth.signIn' : 'groundTruth.chooseConnection';
}

function awsTooltip({ profile, region }: AwsChoice, signedIn: SignedIn | undefined): vscode.MarkdownString {
  const lines = [vscode.l10n.t('Connected to AWS in {0}, with {1}.', region, credentialsName(profile))];
  if (signedIn) {
    const { accountId, alias, arn, credentialsEnd } = signedIn;
    lines.push(
      alias === undefined
        ? vscode.l10n.t('Account {0}', accountId)
        : vscode.l10n.t('Account {0} ({1})', accountId, alias),
      arn,
      credentialsEnd === undefined
        ? vscode.l10n.t('The credentials do not expire by themselves.')
        : vscode.l10n.t('The credentials last until {0}.', credentialsEnd.toLocaleString()),
    );
  }
  lines.push(vscode.l10n.t('Click to choose another connection.'));
  // As text: an alias or a profile may hold what means something in Markdown.
  const tooltip = new vscode.MarkdownString();
  for (const line of lines) {
    tooltip.appendText(`${line}\n\n`);
  }
  return tooltip;
}

function minutesLeft(end: Date | undefined): number | undefined {
  return end && Math.max(0, Math.floor((end.getTime() - Date.now()) / minuteMs));
}

function timeLeft(minutes: number): string {
  return minutes <= 0 ? vscode.l10n.t('credentials expired') : vscode.l10n.t('{0} min left', minutes);
}

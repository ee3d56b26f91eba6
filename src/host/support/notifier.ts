import * as vscode from 'vscode';
import { isCancellation } from './cancellation.js';
import { AnsweredError } from './answered.js';
import { noticeFor } from './notices.js';
import type { Remedy } from './remedies.js';
import { complain, type NextStep, nextStep, tell } from './prompts.js';
import { manageTrust } from './trust.js';

type Run = () => Promise<void>;

/** The one place where an error becomes something that the user sees. */
export class Notifier {
  readonly #log: Pick<vscode.LogOutputChannel, 'error' | 'show'>;

  constructor(log: Pick<vscode.LogOutputChannel, 'error' | 'show'>) {
    this.#log = log;
  }

  /** The same function, for callers that nobody waits for: it reports, and offers to try again, instead of rejecting. */
  reporting<Args extends readonly unknown[]>(run: (...args: Args) => Promise<void>): (...args: Args) => Promise<void> {
    const reported = (...args: Args): Promise<void> =>
      this.#attempt(
        () => run(...args),
        () => reported(...args),
      );
    return reported;
  }

  async #attempt(run: Run, startOver: Run): Promise<void> {
    try {
      await run();
    } catch (error) {
      this.#report(error, startOver);
    }
  }

  #report(error: unknown, startOver: Run): void {
    const goOn = AnsweredError.is(error) ? () => this.#attempt(error.again, startOver) : undefined;
    const failed = AnsweredError.is(error) ? error.cause : error;
    if (isCancellation(failed)) {
      if (goOn && AnsweredError.is(error) && error.whenCancelled !== undefined) {
        tell(error.whenCancelled, { title: vscode.l10n.t('Go On'), run: goOn });
      }
      return;
    }
    this.#log.error(failed instanceof Error ? failed : String(failed));
    const { message, remedy } = noticeFor(failed);
    const remedies = 'noneBecause' in remedy ? [] : remedy;
    complain(message, ...stepsOf(remedies, { goOn, startOver }), {
      title: vscode.l10n.t('Show Log'),
      run: () => this.#log.show(),
    });
  }
}

interface Ways {
  /** From where nothing was left to ask. */
  readonly goOn: Run | undefined;
  readonly startOver: Run;
}

function stepsOf(remedies: readonly Remedy[], { goOn, startOver }: Ways): readonly NextStep[] {
  const goesOn = remedies.some(({ kind }) => kind === 'tryAgain');
  return remedies.flatMap((remedy): NextStep | readonly NextStep[] => {
    switch (remedy.kind) {
      case 'tryAgain':
        return { title: vscode.l10n.t('Try Again'), run: goOn ?? startOver };
      case 'startOver':
        // Where nothing was asked, to try again is to start over.
        return goesOn && goOn === undefined ? [] : { title: remedy.title, run: startOver };
      case 'manageTrust':
        return { title: vscode.l10n.t('Manage Workspace Trust'), run: manageTrust };
      case 'useLocal':
        return nextStep(vscode.l10n.t('Use Local Ground Truth'), 'groundTruth.chooseConnection', { kind: 'local' });
      case 'copyPolicy':
        return {
          title: vscode.l10n.t('Copy Policy'),
          run: () => vscode.env.clipboard.writeText(remedy.policy),
        };
      case 'setting': {
        const run = () => vscode.commands.executeCommand('workbench.action.openSettings', remedy.setting);
        return { title: vscode.l10n.t('Open Settings'), run };
      }
      case 'command':
        return nextStep(remedy.title, remedy.command);
    }
  });
}

import * as vscode from 'vscode';
import { Failure } from '../../core/failure.js';

type AskMfaCode = (device: string) => Promise<string>;

/**
 * Asks for codes of MFA devices. Whoever gave none is asked no more until they say so: the list of jobs asks AWS by
 * itself, and would ask for a code each few seconds.
 */
export class MfaCodes {
  readonly #declined = new Set<string>();

  /** For the credentials of this profile. */
  of(profile: string | undefined): AskMfaCode {
    return async (device) => {
      if (this.#declined.has(device)) {
        const reason = vscode.l10n.t('no code of the MFA device "{0}" was given', device);
        throw new Failure('aws.signedOut', { reason, ...(profile !== undefined && { profile }) });
      }
      const code = await askMfaCode(device);
      if (code === undefined) {
        this.#declined.add(device);
        throw new vscode.CancellationError();
      }
      return code;
    };
  }

  /** They want to be asked again. */
  forget(): void {
    this.#declined.clear();
  }
}

/** The code that an MFA device shows; `undefined` where the user has none to give. */
async function askMfaCode(device: string): Promise<string | undefined> {
  const code = await vscode.window.showInputBox({
    title: vscode.l10n.t('MFA Code'),
    prompt: vscode.l10n.t('The code that "{0}" shows now', device),
    ignoreFocusOut: true, // The device may be an app on another screen.
    validateInput: (typed) => (/^\d{6}$/u.test(typed.trim()) ? undefined : vscode.l10n.t('Six digits')),
  });
  return code?.trim();
}

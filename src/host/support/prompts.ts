import * as vscode from 'vscode';
import type { CommandId, Commands } from '../commands/signatures.js';
import { noticeFor } from './notices.js';

export interface TextQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly value?: string;
  readonly placeholder?: string;
  /** What is wrong with the text, or nothing. Called while the user types. */
  readonly validate?: (text: string) => string | undefined;
  /** What is worth knowing of a text with which nothing is wrong. */
  readonly note?: (text: string) => string | undefined;
}

/** `undefined` where the user changed their mind, which is no error. */
export async function askText(question: TextQuestion): Promise<string | undefined> {
  return ask(question, { isSecret: false });
}

/** The same, and nobody who looks on sees what is typed. */
export async function askSecret(question: TextQuestion): Promise<string | undefined> {
  return ask(question, { isSecret: true });
}

async function ask(question: TextQuestion, { isSecret }: { readonly isSecret: boolean }): Promise<string | undefined> {
  const { title, prompt, value = '', placeholder, validate = () => undefined, note = () => undefined } = question;
  const text = await vscode.window.showInputBox({
    title,
    prompt,
    value,
    ...(placeholder !== undefined && { placeHolder: placeholder }),
    ...(isSecret && { password: true }),
    ignoreFocusOut: true, // A glance at another window must not lose what was typed.
    validateInput: (typed) => validate(typed.trim()) ?? warning(note(typed.trim())),
  });
  return text?.trim();
}

/** It does not keep anybody from going on. */
function warning(message: string | undefined): vscode.InputBoxValidationMessage | undefined {
  return message === undefined ? undefined : { message, severity: vscode.InputBoxValidationSeverity.Warning };
}

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** The first choice is the default: Enter takes it. */
export async function pickOne<T>(title: string, placeholder: string, choices: readonly Choice<T>[]) {
  const options = { title, placeHolder: placeholder, ignoreFocusOut: true, matchOnDescription: true };
  const choice = await vscode.window.showQuickPick(choices, options);
  return choice?.value;
}

export interface NextStep {
  readonly title: string;
  readonly run: () => unknown;
}

/** A step that is one of our commands. */
export function nextStep<Id extends CommandId>(
  title: string,
  command: Id,
  ...args: Parameters<Commands[Id]>
): NextStep {
  return { title, run: () => vscode.commands.executeCommand(command, ...args) };
}

/** Tells what is done and offers what comes next. Nobody waits for the answer: a message may stay open for ever. */
export function tell(message: string, ...steps: readonly NextStep[]): void {
  void offer(vscode.window.showInformationMessage(message, ...titles(steps)), steps);
}

/** Tells of what somebody may not have meant, and offers ways out. */
export function warn(message: string, ...steps: readonly NextStep[]): void {
  void offer(vscode.window.showWarningMessage(message, ...titles(steps)), steps);
}

/** Tells what was not done, and offers ways out. */
export function complain(message: string, ...steps: readonly NextStep[]): void {
  void offer(vscode.window.showErrorMessage(message, ...titles(steps)), steps);
}

function titles(steps: readonly NextStep[]): readonly string[] {
  return steps.map(({ title }) => title);
}

async function offer(answer: Thenable<string | undefined>, steps: readonly NextStep[]): Promise<void> {
  const chosen = await answer;
  try {
    await steps.find(({ title }) => title === chosen)?.run();
  } catch (error) {
    // Our commands report by themselves; this is one of VS Code's, and nobody waits to hear of it.
    complain(noticeFor(error).message, nextStep(vscode.l10n.t('Show Log'), 'groundTruth.showLog'));
  }
}

/** Asks before something that cannot be taken back; `action` names it on the button. */
export async function confirm(message: string, detail: string, action: string): Promise<boolean> {
  const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, action);
  return chosen === action;
}

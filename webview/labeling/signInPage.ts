import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { PortalView } from '../../src/core/portal/portalView.js';
import { isInBrowser } from '../shared/surroundings.js';
import { sessionEndWords } from './standingWords.js';

const leastCharacters = 8;

export interface SignInActions {
  readonly isBusy: boolean;
  readonly failure: string | undefined;
  readonly signIn: (email: string, password: string) => void;
  readonly showInvitations: () => void;
}

export function signInPage(view: Extract<PortalView, { kind: 'signIn' }>, actions: SignInActions) {
  const submit = () => actions.signIn(fieldValue('email'), fieldValue('password'));
  return html`<main class="card">
    <form @submit=${prevented(submit)} @keydown=${onEnter(submit)}>
      <h1>Sign in to the labeling portal</h1>
      <p class="quiet">With the e-mail address that your invitation was sent to.</p>
      ${
        view.ended !== undefined && view.problem === undefined
          ? note('info', sessionEndWords(view.ended, { hasUnsent: view.hasUnsent === true }))
          : nothing
      }
      ${view.problem === undefined ? nothing : note('error', view.problem)}
      ${actions.failure === undefined ? nothing : note('error', actions.failure)} ${keyed(view, credentials(view))}
      <div class="buttons">
        <vscode-button ?disabled=${actions.isBusy} @click=${submit}>Sign In</vscode-button>
        ${
          isInBrowser
            ? nothing
            : html`<button type="button" class="link" @click=${actions.showInvitations}>Show invitations</button>`
        }
      </div>
    </form>
  </main>`;
}

/** New ones for each view: what was typed before is no longer what the page says is filled in. */
function credentials(view: Extract<PortalView, { kind: 'signIn' }>) {
  return html`<vscode-text-field id="email" type="email" value=${view.email} ?autofocus=${view.email === ''}>
      E-mail address
    </vscode-text-field>
    <vscode-text-field
      id="password"
      type="password"
      value=${view.temporaryPassword ?? ''}
      ?autofocus=${view.email !== ''}
      @input=${() => document.querySelector('#filledIn')?.classList.add('visually-hidden')}
    >
      Password
    </vscode-text-field>
    ${
      view.temporaryPassword === undefined
        ? nothing
        : html`<p class="hint" id="filledIn">
            <span class="codicon codicon-mail" aria-hidden="true"></span>
            Filled in: the temporary password from the invitation on this machine.
          </p>`
    }`;
}

export interface NewPasswordActions {
  readonly isBusy: boolean;
  readonly failure: string | undefined;
  readonly setNewPassword: (password: string) => void;
}

export function newPasswordPage(view: Extract<PortalView, { kind: 'newPassword' }>, actions: NewPasswordActions) {
  const submit = () => {
    const password = fieldValue('newPassword');
    const problem =
      password.length < leastCharacters
        ? `At least ${leastCharacters} characters, please.`
        : password === fieldValue('repeated')
          ? ''
          : 'The two are not the same.';
    const place = document.querySelector('#passwordProblem');
    if (place) {
      place.textContent = problem;
    }
    if (problem === '') {
      actions.setNewPassword(password);
    }
  };
  return html`<main class="card">
    <form @submit=${prevented(submit)} @keydown=${onEnter(submit)}>
      <h1>Choose a password of your own</h1>
      <p class="quiet">
        ${view.email} has a temporary one until now.
        ${isInBrowser ? nothing : 'Local Ground Truth keeps the new one on this machine.'}
      </p>
      ${view.problem === undefined ? nothing : note('error', view.problem)}
      ${actions.failure === undefined ? nothing : note('error', actions.failure)}
      <vscode-text-field id="newPassword" type="password" autofocus>New password</vscode-text-field>
      <vscode-text-field id="repeated" type="password">The same again</vscode-text-field>
      <p class="hint">At least ${leastCharacters} characters.</p>
      <p class="fieldProblem" id="passwordProblem" role="alert"></p>
      <div class="buttons">
        <vscode-button ?disabled=${actions.isBusy} @click=${submit}>Set Password</vscode-button>
      </div>
    </form>
  </main>`;
}

export function note(kind: 'info' | 'error', text: unknown) {
  return html`<div class="note ${kind}" role=${kind === 'error' ? 'alert' : 'status'}>
    <span class="codicon codicon-${kind}" aria-hidden="true"></span>
    <span>${text}</span>
  </div>`;
}

function fieldValue(id: string): string {
  return document.querySelector<HTMLInputElement>(`#${id}`)?.value ?? '';
}

function prevented(run: () => void) {
  return (event: Event) => {
    event.preventDefault();
    run();
  };
}

/** The toolkit's fields are no form fields of the page's own form. */
function onEnter(run: () => void) {
  return (event: KeyboardEvent) => {
    const isField = event.target instanceof Element && event.target.localName === 'vscode-text-field';
    if (event.key === 'Enter' && isField) {
      event.preventDefault();
      run();
    }
  };
}

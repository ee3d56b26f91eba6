import { html } from 'lit';

export interface Shortcut {
  readonly keys: readonly string[];
  readonly does: string;
}

/** What the keyboard can do in a classifier, with `tools` of the subclass among it. */
export function shortcutsTable(classes: number, tools: readonly Shortcut[]) {
  const pick = classes > 1 ? ['1', '…', classes > 9 ? '9' : String(classes)] : ['1'];
  const rows: readonly Shortcut[] = [
    { keys: pick, does: 'Pick a class' },
    ...(classes > 9 ? [{ keys: ['0'], does: 'Pick the tenth class' }] : []),
    { keys: ['Enter'], does: 'Submit' },
    { keys: ['Ctrl', 'Z'], does: 'Take the last answer back' },
    ...tools,
    { keys: ['Alt', 'D'], does: 'Decline the task' },
    { keys: ['Alt', 'L'], does: 'Release the task' },
    { keys: ['Alt', 'P'], does: 'Stop working' },
    { keys: ['I'], does: 'Show or hide the instructions' },
    { keys: ['?'], does: 'Show these shortcuts' },
    { keys: ['Tab'], does: 'Go to the next button' },
  ];
  return html`<table>
    <tbody>
      ${rows.map(
        ({ keys, does }) =>
          html`<tr>
            <td>${keys.map((key) => (key === '…' ? ' … ' : html`<kbd>${key}</kbd> `))}</td>
            <td>${does}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

import { html, nothing, type TemplateResult } from 'lit';
import { countVotes, type ShownAnswer } from '../../src/core/manifest/shownAnswers.js';
import { count, counted, seconds } from './format.js';
import { shownName } from './layers.js';
import { workerLayer, workerName } from './objectLayers.js';
import type { ShapeSwitches } from './shapeSwitches.js';

/** What each worker answered about the object, and how far they agree. */
export function responsesTable(
  answers: readonly ShownAnswer[],
  { switches, onFlip }: { readonly switches: ShapeSwitches; readonly onFlip: (answer: ShownAnswer) => void },
): TemplateResult {
  const isDrawn = answers.some(({ drawing }) => drawing);
  return html`${votes(answers)}
    <table class="facts answers">
      <thead>
        <tr>
          <th scope="col">Worker</th>
          <th scope="col">Answer</th>
          <th scope="col" class="number">Time spent</th>
          ${isDrawn ? html`<th scope="col" class="number">Draw</th>` : nothing}
        </tr>
      </thead>
      <tbody>
        ${answers.map((answer) => {
          const { comment, timeSpentInSeconds, submittedAt } = answer;
          return html`<tr title=${submittedAt === undefined ? '' : `Submitted ${submittedAt}`}>
            <td class="mono">${workerName(answer)}</td>
            <td>
              ${answer.answer}${comment === undefined ? nothing : html`<br /><span class="muted">${comment}</span>`}
            </td>
            <td class="number">${timeSpentInSeconds === undefined ? '–' : seconds(timeSpentInSeconds)}</td>
            ${isDrawn ? html`<td class="number">${drawSwitch(answer, switches, onFlip)}</td>` : nothing}
          </tr>`;
        })}
      </tbody>
    </table>`;
}

/** Of files with answers. */
export function unreadableNote(unreadable: number): TemplateResult | typeof nothing {
  return unreadable === 0
    ? nothing
    : html`<p class="hint">
        ${counted(unreadable, 'file of answers is', 'files of answers are')} not JSON, and left out.
      </p>`;
}

function drawSwitch(
  answer: ShownAnswer,
  switches: ShapeSwitches,
  onFlip: (answer: ShownAnswer) => void,
): TemplateResult | typeof nothing {
  if (!answer.drawing) {
    return nothing;
  }
  const isOn = switches.isOn(workerLayer(answer));
  return html`<button
    class="icon-button"
    aria-pressed=${isOn}
    title=${isOn ? 'Hide what this worker drew' : 'Draw what this worker drew'}
    @click=${() => onFlip(answer)}
  >
    <span class="codicon codicon-${isOn ? 'eye' : 'eye-closed'}"></span
    ><span class="visually-hidden">Draw what ${workerName(answer)} drew</span>
  </button>`;
}

function votes(answers: readonly ShownAnswer[]): TemplateResult | typeof nothing {
  const { classes, workers, agreeing } = countVotes(answers);
  if (workers < 2 || classes.length === 0) {
    return nothing; // There is nothing to compare.
  }
  const agreement =
    agreeing === 1
      ? `No two of the ${count(workers)} workers agree on the classes.`
      : agreeing === workers
        ? `All ${count(workers)} workers agree on the classes.`
        : `${count(agreeing)} of ${count(workers)} workers agree on the classes.`;
  return html`<p class="votes">
    <strong>${classes.map(({ name, workers: number }) => `${shownName(name)} ${count(number)}`).join(' · ')}</strong>
    <span class="muted">${agreement}</span>
  </p>`;
}

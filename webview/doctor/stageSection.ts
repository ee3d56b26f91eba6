import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Stage, Status } from '../../src/core/doctor/report.js';
import type { ShownLine } from '../../src/protocol/doctor.js';

export interface StageLines {
  readonly stage: Stage;
  readonly title: string;
  readonly all: readonly ShownLine[];
  /** Those that are shown. */
  readonly lines: readonly ShownLine[];
}

export interface LineActions {
  /** The key of the line whose fix is under way. */
  readonly fixing: string | undefined;
  readonly onFix: (line: ShownLine) => void;
  readonly onCopyCli: (line: ShownLine) => void;
  readonly onCopyPolicy: (line: ShownLine) => void;
}

export function stageSection({ stage, title, all, lines }: StageLines, actions: LineActions): TemplateResult {
  return html`<section aria-labelledby="stage-${stage}">
    <h2 id="stage-${stage}" tabindex="-1">${icon(worst(all))}${stage}. ${title}</h2>
    ${
      lines.length === 0
        ? html`<p class="hidden-lines">${all.length === 1 ? 'One line is fine.' : `${all.length} lines are fine.`}</p>`
        : html`<ul>
            ${repeat(
              lines,
              ({ key }) => key,
              (line) => row(line, actions),
            )}
          </ul>`
    }
  </section>`;
}

function row(line: ShownLine, { fixing, onFix, onCopyCli, onCopyPolicy }: LineActions): TemplateResult {
  const { key, id, status, where, cause, fix, canCopyCli, policy } = line;
  return html`<li class=${status} data-key=${key}>
    ${icon(status)}
    <div class="line">
      <p><span class="where">${where}</span> <code class="id">${id}</code></p>
      <p class="cause">${cause}</p>
      ${
        policy === undefined
          ? nothing
          : html`<pre class="policy" tabindex="0" role="region" aria-label="The smallest policy">${policy}</pre>`
      }
      <div class="line-actions">
        ${
          fix === undefined
            ? nothing
            : html`<button class="fix" ?disabled=${fixing !== undefined} @click=${() => onFix(line)}>
                Fix: ${fix.title}…
              </button>`
        }
        ${
          policy === undefined
            ? nothing
            : html`<button class="link" aria-label="Copy policy of ${id}" @click=${() => onCopyPolicy(line)}>
                Copy Policy
              </button>`
        }
        ${
          canCopyCli
            ? html`<button class="link" aria-label="Copy as CLI: ${where}, ${id}" @click=${() => onCopyCli(line)}>
                Copy as CLI
              </button>`
            : nothing
        }
      </div>
    </div>
  </li>`;
}

const looks: Readonly<Record<Status, { readonly icon: string; readonly name: string }>> = {
  ok: { icon: 'pass', name: 'Fine' },
  warning: { icon: 'warning', name: 'Warning' },
  error: { icon: 'error', name: 'Error' },
  unknown: { icon: 'question', name: 'Not checked' },
};

function icon(status: Status): TemplateResult {
  const look = looks[status];
  return html`<span class="status ${status}"
    ><span class="codicon codicon-${look.icon}" aria-hidden="true"></span
    ><span class="visually-hidden">${look.name}: </span></span
  >`;
}

function worst(lines: readonly ShownLine[]): Status {
  const order: readonly Status[] = ['error', 'warning', 'unknown'];
  return order.find((status) => lines.some((line) => line.status === status)) ?? 'ok';
}

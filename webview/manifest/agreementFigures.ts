import { html, nothing } from 'lit';
import type { JobAnalysis } from '../../src/core/consolidation/wholeJob/jobAnalysis.js';
import { confidence, counted } from './format.js';

/** How far the workers agree, and what the estimate is and is not. */
export function agreementFigures({ objects, answers, workers, agreement, isEstimated }: JobAnalysis) {
  return html`<section>
    <p class="muted">
      ${counted(answers, 'answer', 'answers')} of ${counted(workers.length, 'worker', 'workers')} about
      ${counted(objects, 'object', 'objects')}
    </p>
    ${
      isEstimated
        ? html`<dl class="figures">
              ${figure('Agreement', agreement.share, 'Of all pairs of answers about one object, the part that is the same.')}
              ${figure('Fleiss’ κ', agreement.fleissKappa, '1 where all agree, 0 where they agree as by chance.')}
              ${figure('Krippendorff’s α', agreement.krippendorffAlpha, '1 where all agree, 0 where they agree as by chance; also fit for objects with different numbers of answers.')}
            </dl>
            <p class="hint">
              Estimated here, from all answers of the job together, to show which labels and which workers to look at.
              The manifest and its confidences stay as Ground Truth wrote them.
            </p>`
        : html`<p class="hint">
            <strong>Not computed (one worker).</strong> Each object was answered by one worker only, so there is nothing
            to compare. Ask several workers per object to learn which labels are in doubt, and who is often right.
          </p>`
    }
  </section>`;
}

function figure(name: string, value: number | undefined, meaning: string) {
  return value === undefined
    ? nothing
    : html`<div title=${meaning}>
        <dt>${name}</dt>
        <dd>${confidence(value)}</dd>
      </div>`;
}

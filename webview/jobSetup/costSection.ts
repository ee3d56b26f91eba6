import { html, nothing, type TemplateResult } from 'lit';
import { type CostEstimate, estimateCost, priceTableAge } from '../../src/core/cost/costEstimate.js';
import type { PriceTable } from '../../src/core/cost/priceTable.js';
import type { JobForm } from './jobForm.js';

/** Prices older than this are said to be old. */
const oldAfterDays = 365;

/** What AWS charges for the job as it is filled in; nothing on Local Ground Truth, which charges nothing. */
export function costSection(form: JobForm, now: Date): TemplateResult | typeof nothing {
  const { opened } = form;
  if (opened?.prices === undefined) {
    return nothing;
  }
  const { prices } = opened;
  return html`<section aria-labelledby="cost-title" id="cost">
    <h2 id="cost-title">What it costs</h2>
    ${
      'problem' in prices
        ? html`<p class="problem" role="alert">
            <span class="codicon codicon-error" aria-hidden="true"></span>Your price table cannot be used:
            ${prices.problem}.
          </p>`
        : html`<p>${estimateText(form, prices)}</p>
            ${tableText(prices.table, now)}`
    }
    <button class="link" @click=${() => void form.ask(() => form.client.call('prices.edit', undefined))}>
      Edit Price Table…
    </button>
  </section>`;
}

interface RegionPrices {
  readonly table: PriceTable;
  readonly region: string;
}

function estimateText({ input, draft }: JobForm, { table, region }: RegionPrices): string {
  const objects = input.kind === 'ready' ? input.summary.pictures : 0;
  const workersPerObject = Number(draft.workersPerObject);
  if (objects === 0 || !Number.isInteger(workersPerObject) || workersPerObject < 1) {
    return 'An estimate is here when the pictures and the workers for each picture are filled in.';
  }
  const estimate = estimateCost(table, { region, taskType: 'ImageMultiClass', objects, workersPerObject });
  return `${amountText(estimate, { objects, region })} ${freeText(table)}`.trimEnd();
}

function amountText(estimate: CostEstimate, { objects, region }: { objects: number; region: string }): string {
  const count = objects.toLocaleString('en');
  if (estimate.kind === 'unknown') {
    return estimate.knownObjects === 0
      ? `The price table has no price for ${region}: fill it in.`
      : `The price table has no price beyond ${estimate.knownObjects.toLocaleString('en')} objects, and these are ${count}: fill it in.`;
  }
  const { usd, tasks, perWorkerTask, isOfRegion } = estimate;
  const workers =
    perWorkerTask === 0
      ? `The ${tasks.toLocaleString('en')} tasks of a private team cost nothing beside that.`
      : `${tasks.toLocaleString('en')} tasks at ${dollars(perWorkerTask)} each are in it.`;
  const where = isOfRegion ? '' : ` The price table does not name ${region}, whose price may be another.`;
  return `About ${dollars(usd)} for ${objects === 1 ? '1 object' : `${count} objects`}, without tax and S3. ${workers}${where}`;
}

function freeText({ freeObjects }: PriceTable): string {
  return freeObjects === undefined
    ? ''
    : `The first ${freeObjects.perMonth} objects of each of an account's first ${freeObjects.firstMonths} months are free.`;
}

function tableText(table: PriceTable, now: Date): TemplateResult {
  const age = priceTableAge(table, now);
  return html`<p class="hint">Prices as of ${table.date}: ${table.source}.</p>
    ${
      age <= oldAfterDays
        ? nothing
        : html`<p class="warning">
            <span class="codicon codicon-warning" aria-hidden="true"></span>The price table is
            ${age.toLocaleString('en')} days old: look up what AWS charges today.
          </p>`
    }`;
}

/** Cents, and more digits where there are less than cents. */
function dollars(usd: number): string {
  const digits = usd > 0 && usd < 0.1 ? 4 : 2;
  return `$${usd.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: digits })}`;
}

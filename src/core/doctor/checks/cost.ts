import { estimateCost } from '../../cost/costEstimate.js';
import type { PriceTable } from '../../cost/priceTable.js';
import { type Check, ok, type Outcome, unknown } from '../check.js';
import { counted } from '../counted.js';
import type { Examination } from '../examination.js';

const where = 'Price';

/** What AWS charges, by the price table that the job form estimates with. */
export const cost: Check = {
  id: 'cost',
  stage: 8,
  title: 'What the job costs',
  async run(examination, signal) {
    const { job, place } = examination;
    const objects = job && !job.created ? await examination.objects(signal).catch(() => undefined) : undefined;
    if (!job || !objects) {
      return [];
    }
    const count = Math.max(
      objects.lines.filter(({ value }) => !Object.hasOwn(value, job.labelAttributeName)).length,
      objects.manifest ? 0 : objects.pictures.length,
    );
    const work = `${counted(count, 'object')}, each by ${counted(job.workersPerObject, 'person', 'people')} of your own: ${counted(count * job.workersPerObject, 'answer')}`;
    if (place.kind === 'local') {
      return [ok(where, `$0.00: ${work}, on this machine.`)];
    }
    const prices = await examination.prices();
    return [
      'problem' in prices
        ? unknown(where, `${work}. The price table cannot be used: ${prices.problem}.`)
        : priced(examination, { table: prices.table, count, work }),
    ];
  },
};

interface Work {
  readonly table: PriceTable;
  readonly count: number;
  /** In words. */
  readonly work: string;
}

function priced({ place, job, taskType }: Examination, { table, count, work }: Work): Outcome {
  const { region } = place;
  const workersPerObject = job?.workersPerObject ?? 1;
  const question = { region, objects: count, workersPerObject, ...(taskType && { taskType }) };
  const estimate = estimateCost(table, question);
  const from = `Prices as of ${table.date}: ${table.source.replace(/\.$/u, '')}.`;
  if (estimate.kind === 'unknown') {
    const known = estimate.knownObjects === 0 ? `for ${region}` : `beyond ${counted(estimate.knownObjects, 'object')}`;
    return unknown(where, `${work}. The price table has no price ${known}: fill it in. ${from}`);
  }
  const notOfRegion = estimate.isOfRegion ? '' : ` They do not name ${region}, whose price may be another.`;
  const { perMonth = 0, firstMonths = 0 } = table.freeObjects ?? {};
  const free = perMonth === 0 ? '' : ` In an account's first ${firstMonths} months ${perMonth} objects are free.`;
  return ok(where, `About $${estimate.usd.toFixed(2)}: ${work}. ${from}${notOfRegion}${free}`);
}

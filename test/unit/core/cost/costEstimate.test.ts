import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { estimateCost, priceTableAge } from '../../../../src/core/cost/costEstimate.js';
import { parsePriceTable, type PriceTable } from '../../../../src/core/cost/priceTable.js';

const shipped = parsePriceTable(readFileSync('media/prices.json', 'utf8'));
const question = { region: 'us-east-1', taskType: 'ImageMultiClass', objects: 1_000, workersPerObject: 3 } as const;

const tiered: PriceTable = {
  date: '2026-01-31',
  source: 'a test',
  prices: [
    {
      regions: ['eu-west-1'],
      taskTypes: ['BoundingBox'],
      perObject: [{ upTo: 100, usd: 0.5 }, { upTo: 200, usd: 0.25 }, { usd: 0.125 }],
      perWorkerTask: 0.5,
    },
    { regions: ['*'], taskTypes: ['ImageMultiClass'], perObject: [{ usd: 1 }], perWorkerTask: 0 },
  ],
};

describe('the estimate of what a labeling job costs', () => {
  it('is the fee of each object for a private team, however many workers', () => {
    const one = estimateCost(shipped, { ...question, workersPerObject: 1 });
    const three = estimateCost(shipped, question);
    assert.deepEqual(three, { kind: 'known', usd: 80, tasks: 3_000, perWorkerTask: 0, isOfRegion: false });
    assert.equal(one.kind === 'known' && one.usd, 80);
  });

  it('says where the price is not known, beyond the tier that is', () => {
    assert.equal(estimateCost(shipped, { ...question, objects: 50_000 }).kind, 'known');
    assert.deepEqual(estimateCost(shipped, { ...question, objects: 50_001 }), {
      kind: 'unknown',
      knownObjects: 50_000,
    });
  });

  it('adds up tiers and workers, for the region and the type that they are of', () => {
    const job = { region: 'eu-west-1', taskType: 'BoundingBox', objects: 300, workersPerObject: 2 } as const;
    assert.deepEqual(estimateCost(tiered, job), {
      kind: 'known',
      usd: 100 * 0.5 + 100 * 0.25 + 100 * 0.125 + 600 * 0.5,
      tasks: 600,
      perWorkerTask: 0.5,
      isOfRegion: true,
    });
    assert.deepEqual(estimateCost(tiered, { ...job, region: 'us-east-1' }), { kind: 'unknown', knownObjects: 0 });
    const other = estimateCost(tiered, { ...job, taskType: 'ImageMultiClass' });
    assert.deepEqual(other.kind === 'known' && [other.usd, other.isOfRegion], [300, false]);
  });

  it('tells the age of the prices in days', () => {
    assert.equal(priceTableAge(tiered, new Date('2026-01-31T23:59:59Z')), 0);
    assert.equal(priceTableAge(tiered, new Date('2027-02-01T00:00:00Z')), 366);
    assert.equal(priceTableAge(tiered, new Date('2025-01-01T00:00:00Z')), 0);
  });
});

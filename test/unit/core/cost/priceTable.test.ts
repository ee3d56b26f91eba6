import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parsePriceTable } from '../../../../src/core/cost/priceTable.js';

const price = { regions: ['*'], taskTypes: ['*'], perObject: [{ usd: 0.08 }], perWorkerTask: 0 };
const table = { date: '2025-02-01', source: 'a page', prices: [price] };

describe('the price table', () => {
  it('that comes with the extension says its date, its source, and what is not known', () => {
    const { date, source, freeObjects, prices } = parsePriceTable(readFileSync('media/prices.json', 'utf8'));
    assert.equal(date, '2025-02-01');
    assert.match(source, /amazon-sagemaker-examples/u);
    assert.deepEqual(freeObjects, { perMonth: 500, firstMonths: 2 });
    assert.deepEqual(
      prices.map(({ perObject }) => perObject),
      [[{ upTo: 50_000, usd: 0.08 }, { usd: null }]],
    );
  });

  it('needs no free objects', () => {
    assert.deepEqual(parsePriceTable(JSON.stringify(table)), table);
  });

  for (const [what, text, problem] of [
    ['no JSON', '{', /It is not JSON/u],
    ['a list', '[]', /must be an object/u],
    ['no date', JSON.stringify({ ...table, date: 'yesterday' }), /"date" must be a day/u],
    ['a day that is none', JSON.stringify({ ...table, date: '2025-02-77' }), /"date" must be a day/u],
    ['no source', JSON.stringify({ ...table, source: ' ' }), /"source" must say/u],
    ['no prices', JSON.stringify({ ...table, prices: [] }), /"prices" must be a list/u],
    ['no regions', JSON.stringify({ ...table, prices: [{ ...price, regions: [] }] }), /Price 1 must have "regions"/u],
    [
      'a negative price',
      JSON.stringify({ ...table, prices: [{ ...price, perObject: [{ usd: -1 }] }] }),
      /Price 1, tier 1: "usd" must be a number of at least 0/u,
    ],
    [
      'tiers in no order',
      JSON.stringify({
        ...table,
        prices: [
          {
            ...price,
            perObject: [
              { upTo: 9, usd: 1 },
              { upTo: 5, usd: 1 },
            ],
          },
        ],
      }),
      /tiers in order/u,
    ],
    [
      'no price for tasks',
      JSON.stringify({ ...table, prices: [{ ...price, perWorkerTask: undefined }] }),
      /"perWorkerTask" must be a number/u,
    ],
  ] as const) {
    it(`is refused in a sentence: ${what}`, () => assert.throws(() => parsePriceTable(text), problem));
  }
});

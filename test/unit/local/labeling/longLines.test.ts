import assert from 'node:assert/strict';
import { jobById } from '../../../../src/local/labeling/jobRecords.js';
import { takeIn } from '../../../../src/local/labeling/intake.js';
import { query } from '../../../../src/local/records.js';
import { EngineLab } from '../../../support/engineLab.js';

const lineCount = 120;
const lines = Array.from(
  { length: lineCount },
  (_, index) => `{"source-ref":"s3://pictures/${index}.png","note":"${'x'.repeat(90_000)}"}`,
);

describe('a manifest of long lines', () => {
  let lab: EngineLab;
  before(async () => {
    lab = new EngineLab();
    await lab.prepare();
    await lab.createJob({ lines });
  });

  it('is never in memory as a whole while it is read', async () => {
    let mostAhead = 0;
    lab.objects.stream = async function* stream() {
      for (const [index, line] of lines.entries()) {
        yield await Promise.resolve(Buffer.from(`${line}\n`));
        mostAhead = Math.max(mostAhead, index - stored());
      }
    };
    await takeIn(lab.database, lab.objects, jobById(lab.database, 1));
    assert.equal(stored(), lineCount);
    assert.ok(mostAhead * 90_000 < 6_000_000, `${mostAhead} lines were in memory`);
  });

  it('is never in memory as a whole while it is written', () => {
    assert.ok(lab.objects.largestPieceWritten > 0);
    assert.ok(lab.objects.largestPieceWritten < 4_000_000, `${lab.objects.largestPieceWritten} bytes at once`);
    assert.equal(lab.manifest().length, lineCount);
  });

  function stored(): number {
    const row = query<{ readonly count: number }>(lab.database, 'SELECT COUNT(*) AS count FROM labeling_objects').one();
    return row?.count ?? 0;
  }
});

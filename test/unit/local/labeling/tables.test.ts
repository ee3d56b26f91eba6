import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { createTables } from '../../../../src/local/schema.js';
import { EngineLab, pictureLines } from '../../../support/engineLab.js';

/** What the tables of the engine were before they had counts, and objects knew how many workers they want. */
const before = `
  DROP TABLE labeling_counts;
  DROP TRIGGER labeling_objects_added; DROP TRIGGER labeling_objects_changed; DROP TRIGGER labeling_objects_removed;
  DROP TRIGGER labeling_tasks_added; DROP TRIGGER labeling_tasks_declined; DROP TRIGGER labeling_tasks_removed;
  DROP INDEX labeling_objects_free; DROP INDEX labeling_objects_open; DROP INDEX labeling_objects_answered;
  DROP INDEX labeling_objects_by_consolidation; DROP INDEX labeling_tasks_held; DROP INDEX labeling_tasks_undone;
  DROP INDEX labeling_consolidations_unwritten;
  ALTER TABLE labeling_objects DROP COLUMN wanted;
  ALTER TABLE labeling_objects DROP COLUMN task_input;
  ALTER TABLE labeling_consolidations DROP COLUMN is_labeled;
`;

describe('the tables of the labeling engine', () => {
  it('take over the jobs of an older version, which go on', async () => {
    const lab = new EngineLab(new DatabaseSync(':memory:'));
    await lab.prepare();
    const [anna, ben] = ['anna@example.org', 'ben@example.org'].map((name) => lab.addWorker(name));
    assert.ok(anna && ben);
    await lab.createJob({ lines: pictureLines(3), task: { NumberOfHumanWorkersPerDataObject: 2 } });
    const [first] = lab.take(anna, 2);
    assert.ok(first);
    lab.answer(anna, first, 'cat');
    await lab.engine.stop();
    lab.database.exec(before);
    createTables(lab.database);
    await lab.restart();
    assert.equal(await lab.counts(), 'InProgress 0+0+3');
    await lab.labelAll(anna, () => 'cat');
    await lab.labelAll(ben, () => 'cat');
    assert.equal(await lab.counts(), 'Completed 3+0+0');
    assert.deepEqual(lab.take(lab.addWorker('cleo@example.org')), []);
  });
});

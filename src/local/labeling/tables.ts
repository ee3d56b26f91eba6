import type { DatabaseSync } from 'node:sqlite';
import { query } from '../records.js';
import { inTransaction } from '../store/database.js';

/**
 * Makes the engine's tables that are missing, and the columns that an older version did not have. Times are milliseconds
 * since 1970; what a request holds is kept as its JSON.
 */
export function createLabelingTables(database: DatabaseSync): void {
  database.exec(tables);
  addColumns(database, 'labeling_jobs', { storage: 'TEXT' });
  addColumns(database, 'labeling_objects', { wanted: 'INTEGER NOT NULL DEFAULT 0', task_input: 'TEXT' });
  addColumns(database, 'labeling_consolidations', { is_labeled: 'INTEGER NOT NULL DEFAULT 1' });
  if (query(database, `SELECT 1 FROM sqlite_master WHERE name = 'labeling_counts'`).one() === undefined) {
    inTransaction(database, () => database.exec(derived));
  }
}

const tables = `
  CREATE TABLE IF NOT EXISTS labeling_jobs (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, reference_code TEXT NOT NULL UNIQUE,
    request TEXT NOT NULL, workteam TEXT NOT NULL, status TEXT NOT NULL, failure_reason TEXT,
    template TEXT, labels TEXT, iteration INTEGER NOT NULL DEFAULT 0,
    revision INTEGER NOT NULL DEFAULT 0, written_revision INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS labeling_objects (
    job INTEGER NOT NULL REFERENCES labeling_jobs, id INTEGER NOT NULL, line TEXT NOT NULL, state TEXT NOT NULL,
    iteration INTEGER, opened_at INTEGER, answered_at INTEGER, consolidation INTEGER, label TEXT, metadata TEXT,
    PRIMARY KEY (job, id)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS labeling_objects_by_state ON labeling_objects (job, state, id);
  CREATE TABLE IF NOT EXISTS labeling_tasks (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, job INTEGER NOT NULL, object INTEGER NOT NULL,
    sub TEXT NOT NULL, pool_id TEXT NOT NULL, state TEXT NOT NULL, expires_at INTEGER NOT NULL, accepted_at INTEGER,
    submitted_at INTEGER, answer TEXT, previous_answer TEXT,
    UNIQUE (job, object, sub), FOREIGN KEY (job, object) REFERENCES labeling_objects
  );
  CREATE INDEX IF NOT EXISTS labeling_tasks_by_worker ON labeling_tasks (sub, job, state);
  CREATE INDEX IF NOT EXISTS labeling_tasks_by_expiry ON labeling_tasks (expires_at)
    WHERE state IN ('held', 'accepted');
  CREATE TABLE IF NOT EXISTS labeling_consolidations (
    id INTEGER PRIMARY KEY AUTOINCREMENT, job INTEGER NOT NULL REFERENCES labeling_jobs, iteration INTEGER NOT NULL,
    created_at INTEGER NOT NULL, file_time INTEGER NOT NULL, is_written INTEGER NOT NULL DEFAULT 0
  );
  CREATE TABLE IF NOT EXISTS labeling_events (
    number INTEGER PRIMARY KEY AUTOINCREMENT, job INTEGER NOT NULL REFERENCES labeling_jobs, type TEXT NOT NULL,
    at INTEGER NOT NULL, sub TEXT, pool_id TEXT, accepted_at INTEGER
  );
  CREATE TABLE IF NOT EXISTS labeling_event_log (bytes INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS labeling_pauses (
    job INTEGER NOT NULL REFERENCES labeling_jobs, sub TEXT NOT NULL, PRIMARY KEY (job, sub)
  );
`;

/**
 * What follows from the rows and is kept beside them, because every worker's request and every look at a job asks for
 * it: `labeling_counts`, the objects of a job by state, and `wanted`, how many more workers an open object can be given
 * to. Triggers keep both, whoever changes the rows.
 */
const derived = `
  CREATE TABLE labeling_counts (
    job INTEGER NOT NULL, state TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (job, state)
  ) WITHOUT ROWID;
  INSERT INTO labeling_counts SELECT job, state, COUNT(*) FROM labeling_objects GROUP BY job, state;
  CREATE TRIGGER labeling_objects_added AFTER INSERT ON labeling_objects BEGIN
    INSERT INTO labeling_counts VALUES (NEW.job, NEW.state, 1) ON CONFLICT DO UPDATE SET count = count + 1;
  END;
  CREATE TRIGGER labeling_objects_changed AFTER UPDATE OF state ON labeling_objects WHEN OLD.state <> NEW.state BEGIN
    UPDATE labeling_counts SET count = count - 1 WHERE job = OLD.job AND state = OLD.state;
    INSERT INTO labeling_counts VALUES (NEW.job, NEW.state, 1) ON CONFLICT DO UPDATE SET count = count + 1;
  END;
  CREATE TRIGGER labeling_objects_removed AFTER DELETE ON labeling_objects BEGIN
    UPDATE labeling_counts SET count = count - 1 WHERE job = OLD.job AND state = OLD.state;
  END;

  UPDATE labeling_objects SET wanted = (
    SELECT json_extract(request, '$.HumanTaskConfig.NumberOfHumanWorkersPerDataObject') FROM labeling_jobs
    WHERE labeling_jobs.id = job
  ) - (
    SELECT COUNT(*) FROM labeling_tasks
    WHERE labeling_tasks.job = labeling_objects.job AND object = labeling_objects.id AND labeling_tasks.state <> 'declined'
  ) WHERE state = 'open';
  CREATE INDEX labeling_objects_free ON labeling_objects (job, id) WHERE state = 'open' AND wanted > 0;
  CREATE INDEX labeling_objects_open ON labeling_objects (job, opened_at) WHERE state = 'open';
  CREATE INDEX labeling_objects_answered ON labeling_objects (job, answered_at, id)
    WHERE state = 'answered' AND consolidation IS NULL;
  CREATE INDEX labeling_objects_by_consolidation ON labeling_objects (job, consolidation)
    WHERE consolidation IS NOT NULL;
  CREATE INDEX labeling_tasks_held ON labeling_tasks (job, sub) WHERE state = 'held';
  CREATE INDEX labeling_tasks_undone ON labeling_tasks (job, expires_at)
    WHERE state = 'accepted' AND previous_answer IS NOT NULL;
  CREATE INDEX labeling_consolidations_unwritten ON labeling_consolidations (job) WHERE is_written = 0;
  CREATE TRIGGER labeling_tasks_added AFTER INSERT ON labeling_tasks WHEN NEW.state <> 'declined' BEGIN
    UPDATE labeling_objects SET wanted = wanted - 1 WHERE job = NEW.job AND id = NEW.object;
  END;
  CREATE TRIGGER labeling_tasks_declined AFTER UPDATE OF state ON labeling_tasks
    WHEN OLD.state <> 'declined' AND NEW.state = 'declined' BEGIN
    UPDATE labeling_objects SET wanted = wanted + 1 WHERE job = NEW.job AND id = NEW.object;
  END;
  CREATE TRIGGER labeling_tasks_removed AFTER DELETE ON labeling_tasks WHEN OLD.state <> 'declined' BEGIN
    UPDATE labeling_objects SET wanted = wanted + 1 WHERE job = OLD.job AND id = OLD.object;
  END;
`;

function addColumns(database: DatabaseSync, table: string, columns: Readonly<Record<string, string>>): void {
  const known = new Set(
    query<{ readonly name: string }>(database, `SELECT name FROM pragma_table_info('${table}')`)
      .all()
      .map(({ name }) => name),
  );
  for (const [name, type] of Object.entries(columns).filter(([column]) => !known.has(column))) {
    database.exec(`ALTER TABLE ${table} ADD COLUMN ${name} ${type}`);
  }
}

import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

/** A statement whose text promises rows of one type. */
export interface Query<Row> {
  one(...values: SQLInputValue[]): Row | undefined;
  all(...values: SQLInputValue[]): readonly Row[];
}

/** A table's columns as SQLite gives them. */
export function query<Row>(database: DatabaseSync, sql: string): Query<Row> {
  const statement = prepared(database, sql);
  return {
    one: (...values) => statement.get(...values) as Row | undefined,
    all: (...values) => statement.all(...values) as unknown as readonly Row[],
  };
}

/** How many rows were changed. */
export function run(database: DatabaseSync, sql: string, ...values: SQLInputValue[]): number {
  return Number(prepared(database, sql).run(...values).changes);
}

export function rowExists(database: DatabaseSync, sql: string, ...values: SQLInputValue[]): boolean {
  return prepared(database, sql).get(...values) !== undefined;
}

const statements = new WeakMap<DatabaseSync, Map<string, StatementSync>>();

/** Each text is prepared once per database. */
function prepared(database: DatabaseSync, sql: string): StatementSync {
  let known = statements.get(database);
  if (known === undefined) {
    known = new Map();
    statements.set(database, known);
  }
  let statement = known.get(sql);
  if (statement === undefined) {
    statement = database.prepare(sql);
    known.set(sql, statement);
  }
  return statement;
}

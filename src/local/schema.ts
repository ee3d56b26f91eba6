import type { DatabaseSync } from 'node:sqlite';
import { createLabelingTables } from './labeling/tables.js';

/** Makes the tables that are missing. Times are milliseconds since 1970; what a request holds is kept as its JSON. */
export function createTables(database: DatabaseSync): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS iam_roles (
      name TEXT PRIMARY KEY COLLATE NOCASE, id TEXT NOT NULL, path TEXT NOT NULL, trust TEXT NOT NULL,
      description TEXT, max_session INTEGER NOT NULL, created_at INTEGER NOT NULL
    );
    CREATE TABLE IF NOT EXISTS iam_role_policies (
      role TEXT NOT NULL COLLATE NOCASE REFERENCES iam_roles ON DELETE CASCADE, name TEXT NOT NULL,
      document TEXT NOT NULL, PRIMARY KEY (role, name)
    );
    CREATE TABLE IF NOT EXISTS iam_policies (
      arn TEXT PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL UNIQUE COLLATE NOCASE, path TEXT NOT NULL,
      document TEXT NOT NULL, created_at INTEGER NOT NULL
    );
    CREATE TABLE IF NOT EXISTS iam_attachments (
      role TEXT NOT NULL COLLATE NOCASE REFERENCES iam_roles ON DELETE CASCADE, policy_arn TEXT NOT NULL,
      PRIMARY KEY (role, policy_arn)
    );

    CREATE TABLE IF NOT EXISTS user_pools (
      id TEXT PRIMARY KEY, name TEXT NOT NULL, settings TEXT NOT NULL, created_at INTEGER NOT NULL,
      modified_at INTEGER NOT NULL
    );
    CREATE TABLE IF NOT EXISTS user_pool_clients (
      id TEXT PRIMARY KEY, pool_id TEXT NOT NULL REFERENCES user_pools ON DELETE CASCADE, name TEXT NOT NULL,
      secret TEXT, settings TEXT NOT NULL, created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL
    );
    CREATE TABLE IF NOT EXISTS user_pool_domains (
      domain TEXT PRIMARY KEY, pool_id TEXT NOT NULL REFERENCES user_pools ON DELETE CASCADE
    );
    CREATE TABLE IF NOT EXISTS user_groups (
      pool_id TEXT NOT NULL REFERENCES user_pools ON DELETE CASCADE, name TEXT NOT NULL, settings TEXT NOT NULL,
      created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL, PRIMARY KEY (pool_id, name)
    );
    CREATE TABLE IF NOT EXISTS users (
      pool_id TEXT NOT NULL REFERENCES user_pools ON DELETE CASCADE, username TEXT NOT NULL, sub TEXT NOT NULL UNIQUE,
      email TEXT, attributes TEXT NOT NULL, is_enabled INTEGER NOT NULL, status TEXT NOT NULL,
      password TEXT NOT NULL, password_expires_at INTEGER, created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL,
      PRIMARY KEY (pool_id, username)
    );
    CREATE TABLE IF NOT EXISTS group_members (
      pool_id TEXT NOT NULL, group_name TEXT NOT NULL, username TEXT NOT NULL,
      PRIMARY KEY (pool_id, group_name, username),
      FOREIGN KEY (pool_id, group_name) REFERENCES user_groups ON DELETE CASCADE,
      FOREIGN KEY (pool_id, username) REFERENCES users ON DELETE CASCADE
    );
    CREATE TABLE IF NOT EXISTS sign_in_failures (
      pool_id TEXT NOT NULL, login TEXT NOT NULL, failures INTEGER NOT NULL, locked_until INTEGER NOT NULL,
      PRIMARY KEY (pool_id, login)
    );
    CREATE TABLE IF NOT EXISTS portal_tokens (
      hash TEXT PRIMARY KEY, purpose TEXT NOT NULL, sub TEXT NOT NULL REFERENCES users (sub) ON DELETE CASCADE,
      expires_at INTEGER NOT NULL
    );
    CREATE TABLE IF NOT EXISTS portal_session_ends (
      hash TEXT PRIMARY KEY, why TEXT NOT NULL, expires_at INTEGER NOT NULL
    );
    CREATE TRIGGER IF NOT EXISTS portal_sessions_of_deleted_users BEFORE DELETE ON users BEGIN
      INSERT OR REPLACE INTO portal_session_ends (hash, why, expires_at)
      SELECT hash, 'memberDeleted', expires_at FROM portal_tokens WHERE sub = OLD.sub AND purpose = 'session';
    END;

    CREATE TABLE IF NOT EXISTS workforces (
      name TEXT PRIMARY KEY, subdomain TEXT NOT NULL, settings TEXT NOT NULL, created_at INTEGER NOT NULL,
      modified_at INTEGER NOT NULL
    );
    CREATE TABLE IF NOT EXISTS workteams (
      name TEXT PRIMARY KEY COLLATE NOCASE, workforce TEXT NOT NULL REFERENCES workforces, settings TEXT NOT NULL,
      created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL
    );
    CREATE TABLE IF NOT EXISTS human_task_uis (
      name TEXT PRIMARY KEY, content TEXT NOT NULL, created_at INTEGER NOT NULL
    );
    CREATE TABLE IF NOT EXISTS tags (
      arn TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (arn, key)
    );
  `);
  createLabelingTables(database);
}

import { readFileSync } from 'node:fs';
import { behind, liveOf, overwrite, spoilPage } from './bytes.ts';
import type { Kind } from './kind.ts';

const page = (
  name: string,
  table: string,
  which: 'root' | 'leaf',
  more: Omit<Kind, 'name' | 'damage'>,
): Kind => ({
  name,
  damage: (w) => spoilPage(w, table, which),
  ...more,
});
const bad = { verify: /SQLite cannot read/, health: 'integrity.unreadable' };
/** What is needed to begin with: nobody is let in. */
const lost = { open: 'damaged', ...bad } as const;
/** What is read only when somebody wants it, and refused then. */
const unread = { open: 'ready', holds: 'refused', ...bad } as const;

/** What can become of single pages of it, of its schema and of its rows. */
export const pageKinds: readonly Kind[] = [
  page('the page of its facts is rubbish', 'workspace', 'root', lost),
  page('the root of a table is rubbish', 'teams', 'root', unread),
  page('a leaf of a table is rubbish', 'teams', 'leaf', unread),
  page('the table of profiles is rubbish', 'profiles', 'root', lost),
  page('a leaf of an index is rubbish', 'teams_university_id', 'leaf', {
    ...unread,
    health: 'integrity.damaged',
  }),
  page('a leaf of the audit is rubbish', 'audit_logs', 'leaf', unread),
  page('the root of the audit’s transactions is rubbish', 'audit_transactions', 'root', {
    ...unread,
    open: 'damaged',
  }),
  page('an index of the audit is rubbish', 'audit_logs_entity_id', 'root', {
    ...lost,
    health: 'integrity.damaged',
  }),
  page('the schema is rubbish', 'sqlite_schema', 'leaf', { ...lost, health: 'file.damaged' }),
  page('a page that nobody uses is rubbish', 'freelist', 'leaf', {
    open: 'ready',
    verify: null,
    health: null,
  }),
  {
    name: 'one letter of a record was changed on the disk',
    damage: (w) => {
      const at = readFileSync(liveOf(w)).indexOf('"Team 17"');
      overwrite(liveOf(w), at + 1, Buffer.from('X'));
    },
    open: 'ready',
    holds: 'altered',
    verify: /team-17|row/,
    health: null,
  },
  {
    name: 'a quotation mark of a record was changed on the disk, so that it is no JSON any more',
    damage: (w) => {
      const at = readFileSync(liveOf(w)).indexOf('"Team 17"');
      overwrite(liveOf(w), at, Buffer.from('X'));
    },
    open: 'ready',
    holds: 'refused',
    verify: /SQLite cannot read|corrupt/,
    health: 'integrity.unreadable',
  },
  {
    name: 'a record was changed behind the audit',
    damage: (w) =>
      behind(w, `UPDATE teams SET payload = json_set(payload, '$.size', 99) WHERE id = 'team-3'`),
    open: 'ready',
    holds: 'altered',
    verify: /team-3/,
    health: null,
  },
  {
    name: 'a record was taken away behind the audit',
    damage: (w) => behind(w, `DELETE FROM teams WHERE id = 'team-3'`),
    open: 'ready',
    holds: 'altered',
    verify: /team-3/,
    health: null,
  },
  {
    name: 'a record was put there behind the audit',
    damage: (w) =>
      behind(
        w,
        `INSERT INTO universities (id, payload, created_at, updated_at) SELECT 'uni-x', payload, created_at, updated_at FROM universities LIMIT 1`,
      ),
    open: 'ready',
    holds: 'altered',
    verify: /uni-x/,
    health: null,
  },
  {
    name: 'a row of the audit was changed',
    damage: (w) => behind(w, `UPDATE audit_logs SET payload_after = '{}' WHERE id = 20`),
    open: 'ready',
    verify: /row 20 does not match its digest/,
    health: 'chain.broken',
  },
  {
    name: 'a row of the audit is gone',
    damage: (w) => behind(w, 'DELETE FROM audit_logs WHERE id = 20'),
    open: 'ready',
    verify: /transaction 20 has lost/,
    health: 'chain.broken',
  },
  {
    name: 'a transaction of the audit is gone',
    damage: (w) => behind(w, 'DELETE FROM audit_transactions WHERE id = 20'),
    open: 'ready',
    verify: /belongs to no transaction/,
    health: 'chain.broken',
  },
  {
    name: 'the end of the audit was cut off with what it did',
    damage: (w) =>
      behind(
        w,
        `DELETE FROM audit_transactions WHERE id = (SELECT max(id) FROM audit_transactions); DELETE FROM audit_logs WHERE id > (SELECT max(id) FROM audit_transactions); DELETE FROM teams WHERE id = 'team-59'`,
      ),
    open: 'behind',
    verify: /its end was cut off/,
    health: 'head.cut',
  },
  {
    name: 'all of the audit is gone',
    damage: (w) => behind(w, 'DELETE FROM audit_transactions; DELETE FROM audit_logs'),
    open: 'behind',
    verify: /its end was cut off/,
    health: 'head.cut',
  },
  {
    name: 'a table of records was dropped',
    damage: (w) => behind(w, 'DROP TABLE students'),
    open: 'damaged',
    verify: /students/,
    health: 'file.damaged',
  },
  {
    name: 'the audit was dropped',
    damage: (w) => behind(w, 'DROP TABLE audit_logs'),
    open: 'damaged',
    verify: /audit_logs/,
    health: 'file.damaged',
  },
  {
    name: 'an index is missing',
    damage: (w) => behind(w, 'DROP INDEX teams_university_id'),
    open: 'ready',
    verify: /teams_university_id/,
    health: null,
  },
  {
    name: 'an index is another than it should be',
    damage: (w) =>
      behind(w, (db) => {
        db.pragma('writable_schema = ON');
        db.exec(`UPDATE sqlite_schema SET sql = sql || ' AND 0' WHERE name = 'teams_university_id'`);
      }),
    open: 'ready',
    verify: /not as it should be/,
    health: null,
  },
  {
    name: 'a trigger that is none of ours is in it',
    damage: (w) =>
      behind(w, 'CREATE TRIGGER later AFTER UPDATE ON workspace BEGIN DELETE FROM interfaces; END'),
    open: 'ready',
    verify: /later/,
    health: null,
  },
  {
    name: 'its facts are gone',
    damage: (w) => behind(w, 'DELETE FROM workspace'),
    open: 'damaged',
    verify: /which workspace/,
    health: 'file.damaged',
  },
  {
    name: 'it does not say which workspace it is',
    damage: (w) => behind(w, `DELETE FROM workspace WHERE key = 'id'`),
    open: 'damaged',
    verify: /which workspace/,
    health: 'file.damaged',
  },
  {
    name: 'it has no replica',
    damage: (w) => behind(w, `DELETE FROM workspace WHERE key = 'replica'`),
    open: 'damaged',
    verify: /which copy/,
    health: 'file.damaged',
  },
  {
    name: 'nobody is in it any more',
    damage: (w) => behind(w, 'DELETE FROM profiles'),
    open: 'damaged',
    verify: /profile/,
    health: 'file.damaged',
  },
];

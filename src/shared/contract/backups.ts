import { z } from 'zod';
import { operation } from './base.ts';
import { streamOf } from './progress.ts';

export const backup = z.object({
  /** Its folder's name: the UTC moment at which it was begun. */
  id: z.string(),
  /** ISO 8601; null where its manifest cannot be read. */
  made: z.string().nullable(),
  /** Why it was made: asked, import, migrate. */
  reason: z.string(),
  /** Version of the program that made it. */
  app: z.string(),
  schema_version: z.number(),
  /** Id of the workspace that it is of. */
  workspace: z.string(),
  /** Live records by table. */
  counts: z.record(z.string(), z.number()),
  /** Bytes of what it holds, and how many of them, compressed, it had to add to what was there. */
  bytes: z.number(),
  added: z.number(),
  /** What it holds: the workspace as `live`, and files that it was made for. */
  contents: z.array(z.string()),
  /** Why it cannot be used, as far as its manifest tells; null when nothing is known against it. */
  problem: z.string().nullable(),
});
export type Backup = z.infer<typeof backup>;

/** Copies the workspace as it is now into its backups, checks the copy and reads it back. */
export const create = operation.input(z.object({})).output(streamOf(backup));

export const list = operation
  .route({ method: 'GET', path: '/backups', summary: 'Backups' })
  .input(z.object({}))
  .output(z.array(backup));

export const backupReport = z.object({
  id: z.string(),
  ok: z.boolean(),
  /** What kind of thing is wrong: damaged, newer, early, foreign, unreadable; null when nothing is. */
  reason: z.string().nullable(),
  /** What is wrong, as sentences. */
  problems: z.array(z.string()),
});
export type BackupReport = z.infer<typeof backupReport>;

/** Reads a backup as restoring would, and checks all of it. Changes nothing. */
export const verify = operation.input(z.object({ id: z.string() })).output(streamOf(backupReport));

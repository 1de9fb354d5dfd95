import { z } from 'zod';
import { retentionBounds } from '../domain/retention.ts';
import { operation } from './base.ts';
import { streamOf } from './progress.ts';

/** A sandbox or golden version that was backed up with live. */
const backupInside = z.object({
  /** What it is called in the backup. */
  name: z.string(),
  kind: z.enum(['sandbox', 'golden']),
  /** The name of a sandbox, the number of a golden version. */
  title: z.string(),
  bytes: z.number(),
  /** Live records by table. */
  counts: z.record(z.string(), z.number()),
});
export type BackupInside = z.infer<typeof backupInside>;

export const backup = z.object({
  /** The name of its file: the UTC moment at which it was begun. */
  id: z.string(),
  /** ISO 8601; null where its manifest cannot be read. */
  made: z.string().nullable(),
  /** Why it was made: asked, daily, import, migrate, promote, restore, vacuum, update, taken. */
  reason: z.string(),
  /** Version of the program that made it. */
  app: z.string(),
  schema_version: z.number(),
  /** Id of the workspace that it is of. */
  workspace: z.string(),
  /** Live records by table. */
  counts: z.record(z.string(), z.number()),
  /** Bytes of what it holds, and of its files, in which that is compressed. */
  bytes: z.number(),
  stored: z.number(),
  /** Sandboxes and golden versions that were backed up with it. */
  inside: z.array(backupInside),
  /** Why it cannot be used, as far as its manifest tells; null when nothing is known against it. */
  problem: z.string().nullable(),
  /** What kind of thing that is: a reason of BACKUP; null where nothing is wrong. */
  problem_code: z.string().nullable(),
  /** What the latest check of it found, and when (ISO 8601); null where it was not checked since it was made, or cannot be read. */
  verified: z.object({ at: z.string(), ok: z.boolean() }).nullable(),
  /** Whether what it holds was replaced since by a recovery or another file, so that live does not go on from it; as far as is written down. */
  replaced: z.boolean(),
});
export type Backup = z.infer<typeof backup>;

/** A backup that came as a file; `already`: it was here, and nothing was changed. */
const addedBackup = backup.extend({ already: z.boolean() });
export type AddedBackup = z.infer<typeof addedBackup>;

/** Copies live as it is now into its backups, and where that is wanted sandboxes and golden versions; checks the copies and reads them back. */
export const create = operation
  .input(z.object({ sandboxes: z.boolean().default(false), golden: z.boolean().default(false) }))
  .output(streamOf(backup));

const broughtBack = z.object({
  name: z.string(),
  kind: z.enum(['sandbox', 'golden']),
  /** Its name here, or its number. */
  title: z.string(),
  /** The sandbox's id here; null of a golden version. */
  id: z.string().nullable(),
  /** It is back as it was; under another id or number, because that is something else's by now; or it is here already. */
  outcome: z.enum(['back', 'renamed', 'there']),
});
export type RestoredSandboxes = z.infer<typeof broughtBack>;

/** Brings back sandboxes and golden versions that a backup holds, by their names among its contents; nothing that is here is replaced. Golden versions are for admins. */
export const bringBack = operation
  .input(z.object({ id: z.string(), contents: z.array(z.string()).min(1).max(1000) }))
  .output(streamOf(z.array(broughtBack)));

export const list = operation
  .route({ method: 'GET', path: '/backups', summary: 'Backups' })
  .input(z.object({}))
  .output(z.array(backup));

export const backupReport = z.object({
  id: z.string(),
  ok: z.boolean(),
  /** What kind of thing is wrong: damaged, newer, foreign, unreadable; null when nothing is. */
  reason: z.string().nullable(),
  /** What is wrong, as sentences. */
  problems: z.array(z.string()),
});
export type BackupReport = z.infer<typeof backupReport>;

/** Reads a backup as restoring would, and checks all of it. Changes nothing. */
export const verify = operation.input(z.object({ id: z.string() })).output(streamOf(backupReport));

const stay = ([least, most]: readonly [number, number]) => z.number().int().min(least).max(most);

/** Which backups stay: the newest ones, and the newest of so many days, weeks and months (UTC). */
export const retentionPolicy = z.object({
  last: stay(retentionBounds.last),
  daily: stay(retentionBounds.daily),
  weekly: stay(retentionBounds.weekly),
  monthly: stay(retentionBounds.monthly),
});

/** Which backups stay when others are removed. */
export const retention = operation
  .route({ method: 'GET', path: '/backups/retention', summary: 'Which backups stay' })
  .input(z.object({}))
  .output(retentionPolicy);

/** Says which backups stay; what is left out stays as it is. For admins. `op_id` is null where all of it was so already. */
export const setRetention = operation
  .input(retentionPolicy.partial())
  .output(z.object({ retention: retentionPolicy, op_id: z.string().nullable() }));

export const pruned = z.object({
  /** Nothing was removed: this is what would be. */
  dry: z.boolean(),
  /** Of the audit; null where no backup was removed. */
  op_id: z.string().nullable(),
  retention: retentionPolicy,
  removed: z.array(z.object({ id: z.string(), made: z.string(), reason: z.string() })),
  /**
   * What stays, the newest first, and why: `last`, `daily`, `weekly`, `monthly`, `newest`, `verified` (the newest that a check found good),
   * `future` (made after now: a clock was set back), `newer` (made by a newer version), `unreadable`, and `other` (not among those that were
   * asked for).
   */
  kept: z.array(z.object({ id: z.string(), made: z.string().nullable(), why: z.array(z.string()) })),
  /** Bytes that are free by that. */
  bytes: z.number(),
});
export type Pruned = z.infer<typeof pruned>;

/**
 * Removes the backups that need not stay. With `dry` it only says what would go; with
 * `only` nothing but these goes, as what somebody was shown. Live's alone, and for admins.
 */
export const prune = operation
  .input(z.object({ dry: z.boolean().default(false), only: z.array(z.string()).optional() }))
  .output(streamOf(pruned));

export const exportedBackup = z.object({
  id: z.string(),
  /** The file's own name, without its folder. */
  file: z.string(),
  bytes: z.number(),
});
export type ExportedBackup = z.infer<typeof exportedBackup>;

/** The longest passphrase, and the shortest that something is encrypted with: it must hold against somebody who tries many. */
export const passphraseLengths = { least: 8, most: 1000 } as const;

/** What a file is encrypted with. */
export const passphrase = z.string().min(passphraseLengths.least).max(passphraseLengths.most);

/** Writes a backup as one `.frames` file; with a passphrase encrypted, as the programs of age do it. */
export const exportFile = operation
  .input(
    z.object({
      id: z.string(),
      grant: z.string(),
      passphrase: passphrase.optional(),
    }),
  )
  .output(streamOf(exportedBackup));

const fileKind = z.object({
  /** An encrypted file may hold anything. */
  kind: z.enum(['backup', 'records', 'encrypted', 'other']),
  /** What a plain backup says of itself. */
  backup: z
    .object({
      made: z.string(),
      reason: z.string(),
      workspace: z.string(),
      counts: z.record(z.string(), z.number()),
    })
    .nullable(),
});
export type FileKind = z.infer<typeof fileKind>;

/** Makes a workspace of its own of a backup, in the empty folder behind the grant; what is open stays as it is. */
export const makeWorkspace = operation
  .input(z.object({ id: z.string(), grant: z.string() }))
  .output(streamOf(z.object({ id: z.string(), counts: z.record(z.string(), z.number()) })));

/** Says what a file is by its beginning: a backup, exported records, encrypted, or nothing of FRAMES. The grant stays good. */
export const recognize = operation.input(z.object({ grant: z.string() })).output(fileKind);

/** Adds a backup that was written as one file to the backups here, once all of it is checked. For everybody but viewers. */
export const takeBack = operation
  .input(
    z.object({ grant: z.string(), passphrase: z.string().min(1).max(passphraseLengths.most).optional() }),
  )
  .output(streamOf(addedBackup));

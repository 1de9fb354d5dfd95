import { sentence } from '#shared/texts/sentence.ts';
import { z } from 'zod';
import { retentionBounds } from '../domain/retention.ts';
import { operation, readOperation } from './base.ts';
import { streamOf } from './progress.ts';
import { bytes, withDisplay } from './display-rules.ts';
import { damagedDocument } from './documents.ts';

const includedVersion = withDisplay(
  z.object({
    name: z.string(),
    kind: z.enum(['sandbox', 'golden']),
    title: z.string(),
    bytes: z.number(),
    counts: z.record(z.string(), z.number()),
  }),
  { text: ({ kind, title }) => `${kind} ${title}` },
);
export type IncludedVersion = z.infer<typeof includedVersion>;

export const backup = withDisplay(
  z.object({
    /** The file name: the UTC time when the backup was started. */
    id: z.string(),
    /** ISO 8601; null if the manifest is unreadable. */
    made: z.string().nullable(),
    /** The trigger: asked, daily, import, migrate, promote, restore, vacuum, update, taken. */
    reason: z.string(),
    app: z.string(),
    schema_version: z.number(),
    workspace: z.string(),
    counts: z.record(z.string(), z.number()),
    /** Bytes of the content; `stored`: of the compressed files. */
    bytes: bytes(),
    stored: bytes(),
    inside: z.array(includedVersion),
    /** Why the backup is unusable, as far as the manifest shows; null if no problem is known. */
    problem: withDisplay(sentence.nullable(), { absent: '' }),
    problem_code: withDisplay(z.string().nullable(), { absent: '' }),
    /** Number of documents whose file was missing or wrong when the backup was made. */
    damaged_documents: withDisplay(z.number(), { text: (count) => (count === 0 ? '' : String(count)) }),
    /** Result and time (ISO 8601) of the latest check; null if the backup was not checked or is unreadable. */
    verified: withDisplay(z.object({ at: z.string(), ok: z.boolean() }), {
      label: 'Checked',
      absent: 'when made',
      text: ({ at, ok }) => `${at.slice(0, 19).replace('T', ' ')}${ok ? '' : ' damaged'}`,
    }).nullable(),
    /** Whether a recovery or another file later replaced the backup's data, so that live does not continue from it. As far as recorded. */
    replaced: withDisplay(z.boolean(), { text: (replaced) => (replaced ? 'yes' : '') }),
  }),
  {
    columns: [
      'id',
      ['made', 'Made (UTC)'],
      'workspace',
      'reason',
      'replaced',
      'bytes',
      'stored',
      ['verified', 'Checked (UTC)'],
      ['damaged_documents', 'Documents without file'],
      'counts',
      'inside',
      'problem',
    ],
  },
);
export type Backup = z.infer<typeof backup>;

/** A backup added from a file. `already`: the backup existed, and nothing changed. */
const addedBackup = backup.extend({ already: z.boolean() });
export type AddedBackup = z.infer<typeof addedBackup>;

/**
 * Backs up live, optionally with sandboxes and golden versions. Checks the copies and reads them back. `damaged` names the documents whose
 * file is missing or wrong, so that the backup lacks it.
 */
export const create = operation
  .input(z.object({ sandboxes: z.boolean().default(false), golden: z.boolean().default(false) }))
  .output(streamOf(backup.extend({ damaged: z.array(damagedDocument) })));

export const list = readOperation
  .route({ method: 'GET', path: '/backups', summary: 'Backups' })
  .input(z.object({}))
  .output(z.array(backup));

export const backupReport = z.object({
  id: z.string(),
  ok: z.boolean(),
  /**
   * Reason code: damaged, newer, foreign, unreadable; null without a problem. `documents`: the backup can be restored, but files of documents
   * were missing or wrong when it was made.
   */
  reason: z.string().nullable(),
  problems: z.array(sentence),
  documents: z.array(damagedDocument),
});
export type BackupReport = z.infer<typeof backupReport>;

/** Reads a backup like a restore does and checks all of it. Read-only. */
export const verify = operation.input(z.object({ id: z.string() })).output(streamOf(backupReport));

const retentionCount = ([min, max]: readonly [number, number]) => z.number().int().min(min).max(max);

/** How many backups to keep: the newest, and the newest of each of the latest days, weeks and months (UTC). */
export const retentionPolicy = z.object({
  last: retentionCount(retentionBounds.last),
  daily: retentionCount(retentionBounds.daily),
  weekly: retentionCount(retentionBounds.weekly),
  monthly: retentionCount(retentionBounds.monthly),
});

export const retention = readOperation
  .route({ method: 'GET', path: '/backups/retention', summary: 'Which backups stay' })
  .input(z.object({}))
  .output(retentionPolicy);

/** Sets the retention policy; omitted values stay. For admins. `op_id` is null if nothing changed. */
export const setRetention = operation
  .input(retentionPolicy.partial())
  .output(z.object({ retention: retentionPolicy, op_id: z.string().nullable() }));

export const pruneResult = z.object({
  dry: z.boolean(),
  op_id: z.string().nullable(),
  retention: retentionPolicy,
  removed: z.array(z.object({ id: z.string(), made: z.string(), reason: z.string() })),
  /**
   * Backups that stay, newest first, with reasons. `complete`: the newest with all files of documents. `verified`: the newest that passed a check. `future`: made after now, because a clock was set
   * back. `newer`: made by a newer version. `other`: not among the requested ones. Also `last`, `daily`, `weekly`, `monthly`, `newest`, `unreadable`.
   */
  kept: z.array(z.object({ id: z.string(), made: z.string().nullable(), why: z.array(z.string()) })),
  bytes: bytes(),
});
export type PruneResult = z.infer<typeof pruneResult>;

/** Removes the backups that retention does not keep; `only` limits this to the ids that the user saw. For admins. */
export const prune = operation
  .input(z.object({ dry: z.boolean().default(false), only: z.array(z.string()).optional() }))
  .output(streamOf(pruneResult));

export const exportedBackup = z.object({
  id: z.string(),
  file: z.string(),
  bytes: z.number(),
});
export type ExportedBackup = z.infer<typeof exportedBackup>;

/** Passphrase limits in characters. The minimum applies to encryption and protects against guessing. */
export const passphraseLengths = { min: 8, max: 1000 } as const;

export const passphrase = z.string().min(passphraseLengths.min).max(passphraseLengths.max);

/** Writes a backup as one `.frames` file; with a passphrase encrypted in the age format. */
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
  /** An encrypted file can hold anything. */
  kind: z.enum(['backup', 'records', 'encrypted', 'other']),
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

/** Makes a new workspace from a backup, with its sandboxes and golden versions, in the empty folder of the grant. The open workspace does not change. */
export const makeWorkspace = operation
  .input(z.object({ id: z.string(), grant: z.string() }))
  .output(streamOf(z.object({ id: z.string(), counts: z.record(z.string(), z.number()) })));

/** Detects the kind of a file by its first bytes: a backup, exported records, encrypted, or other. The grant stays valid. */
export const recognize = operation.input(z.object({ grant: z.string() })).output(fileKind);

/** Adds a backup file to the workspace's backups after a full check. For everybody except viewers. */
export const importFile = operation
  .input(z.object({ grant: z.string(), passphrase: z.string().min(1).max(passphraseLengths.max).optional() }))
  .output(streamOf(addedBackup));

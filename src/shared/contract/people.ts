import { sentence } from '#shared/texts/sentence.ts';
import { z } from 'zod';
import { cleanUpBounds } from '../domain/clean-up.ts';
import { passphrase } from './backups.ts';
import { operation } from './base.ts';
import { withDisplay } from './display-rules.ts';
import { holdingBackup, mention, reference } from './server/people.ts';
import { streamOf } from './progress.ts';

/** A person: a student, a faculty member, or a profile without such a record. */
export const person = z.object({
  type: z.enum(['student', 'faculty', 'profile']),
  id: z.string(),
  /** `terms`: all current and past names, and the record's e-mail addresses, which are searched for. */
  name: z.string(),
  terms: withDisplay(z.array(z.string()), { label: 'Search words' }),
  university: z.string().nullable(),
  state: z.enum(['present', 'deleted', 'erased']),
});
export type Person = z.infer<typeof person>;

export type Mention = z.infer<typeof mention>;

/** Data about the person in one file of the workspace. */
export const fileOccurrences = z.object({
  kind: z.enum(['live', 'sandbox', 'trash']),
  id: z.string().nullable(),
  name: z.string().nullable(),
  record: z.enum(['present', 'deleted', 'erased', 'none']),
  /** Rows of the person's history that still hold values. */
  rows: z.number(),
  mentions: z.array(mention),
  labels: z.number(),
  /** Jobs, conversations and conflict records with the name. */
  copies: z.number(),
  /** Why the file is unreadable. The other fields are then unknown. */
  problem: sentence.nullable(),
});
export type FileOccurrences = z.infer<typeof fileOccurrences>;

export const holdingVersion = z.object({
  kind: z.enum(['backup', 'golden']),
  id: z.string(),
  made: z.string().nullable(),
  rows: z.number(),
  mentions: z.number(),
  /** The day (ISO 8601) on which retention removes the version, assuming one backup a day; null for never. */
  removed: z.string().nullable(),
  /** Why the version is unreadable. It can hold data about the person. */
  problem: sentence.nullable(),
});
export type HoldingVersion = z.infer<typeof holdingVersion>;

/** Data about the person at the connected server; only its admins can request it. */
const serverOccurrences = z.object({
  url: z.string(),
  rows: z.number(),
  /** Other records, and descriptions of changes. */
  mentions: z.number(),
  backups: z.array(holdingBackup),
  /** Why the server did not answer. The other fields are then unknown. */
  problem: sentence.nullable(),
});
export type ServerOccurrences = z.infer<typeof serverOccurrences>;

export const occurrences = z.object({
  person,
  places: z.array(fileOccurrences),
  versions: z.array(holdingVersion),
  /** Other workspace files that contain the name, as relative paths. Null if the person is erased: no name is known to search for. */
  files: withDisplay(z.array(z.string()), {
    label: 'Other files with the name',
    absent: 'not searched, because the name is erased; the result of the erasure lists them',
  }).nullable(),
  /** Other people with the same name. Their names stay, and texts can refer to them. */
  namesakes: z.array(reference),
  /** Ids of the person and of others that contain the name. Erasure never changes an id. */
  ids: z.array(z.string()),
  /** Null without a server, or if the user is not an admin there. */
  server: serverOccurrences.nullable(),
});
export type Occurrences = z.infer<typeof occurrences>;

const personSelector = z.object({ person: z.string().min(1) });

/** Finds a person in live, sandboxes, histories and backups. Throws NOT_FOUND, and INVALID if several have the name. */
export const find = operation.input(personSelector).output(streamOf(occurrences));

export const exportedPerson = z.object({ person, file: z.string(), bytes: z.number() });
export type ExportedPerson = z.infer<typeof exportedPerson>;

/** Exports all data about a person in live and the sandboxes to one JSON file; encrypted if a passphrase is given. */
export const exportFile = operation
  .input(personSelector.extend({ grant: z.string(), passphrase: passphrase.optional() }))
  .output(streamOf(exportedPerson));

const erasedOnServer = z.object({
  url: z.string(),
  rows: z.number(),
  records: z.number(),
  /** Whether the server's database has removed the old row versions, which hold the erased values. False while a job has it to do. */
  vacuumed: z.boolean(),
  backups: z.array(holdingBackup),
});

export const erasureResult = z.object({
  /** As the workspace knows the person now: without a name, if nothing failed. */
  person,
  /** Transaction of live's audit; null if live held nothing. */
  op_id: z.string().nullable(),
  /** Erased data by file. `problem`: the sandbox could not be written and still holds the person. */
  places: z.array(
    z.object({
      kind: z.enum(['live', 'sandbox', 'trash']),
      id: z.string().nullable(),
      name: z.string().nullable(),
      rows: z.number(),
      records: z.number(),
      /** Whether free space of the file was overwritten too. */
      rewritten: z.boolean(),
      problem: sentence.nullable(),
    }),
  ),
  versions: withDisplay(z.array(holdingVersion), { label: 'Versions that hold the person' }),
  /** Other workspace files that contain the name. This result alone can list them: afterwards no name is known to search for. */
  files: withDisplay(z.array(z.string()), { label: 'Files with the name' }),
  /** Data erased at the server; null without a server. */
  server: erasedOnServer.nullable(),
});
export type ErasureResult = z.infer<typeof erasureResult>;

/**
 * Erases a person from live and all sandboxes. Deletes the record, empties its present and past payloads, and replaces the name in texts
 * unless `mentions` is false. In a workspace with a server, the server erases first, and every workspace of that server erases the person
 * at its next sync. Cannot be undone. For admins. Throws SYNC if the server cannot be reached.
 */
export const erase = operation
  .input(personSelector.extend({ mentions: z.boolean().default(true) }))
  .output(streamOf(erasureResult));

const days = z.number().int().min(cleanUpBounds.min).max(cleanUpBounds.max);

/** Retention of people and deleted records in days; null means forever. */
export const cleanUpPolicy = z.object({
  /** Inactive students are archived (deleted, restorable) after this time without a change. */
  archive_after: days.nullable(),
  /** Payloads of deleted records are removed permanently after this time. */
  purge_after: days.nullable(),
});

export const cleanUp = operation.input(z.object({})).output(cleanUpPolicy);

/** Sets the retention; omitted values stay. For admins. */
export const setCleanUp = operation
  .input(cleanUpPolicy.partial())
  .output(z.object({ policy: cleanUpPolicy, op_id: z.string().nullable() }));

export const purgeResult = z.object({
  dry: z.boolean(),
  op_id: z.string().nullable(),
  /** The number of emptied records by type. */
  records: z.record(z.string(), z.number()),
  /** The number of emptied rows and labels of the history. */
  rows: z.number(),
  rewritten: z.boolean(),
  /** Sandboxes that could not be written, by name or id, with the reason. They still hold the deleted data. */
  problems: z.array(z.object({ sandbox: z.string(), problem: sentence })),
});
export type PurgeResult = z.infer<typeof purgeResult>;

/** Removes present and past payloads of records deleted at least this many days ago. Cannot be undone. For admins. */
export const purge = operation
  .input(z.object({ days: z.number().int().min(0).max(cleanUpBounds.max), dry: z.boolean().default(false) }))
  .output(streamOf(purgeResult));

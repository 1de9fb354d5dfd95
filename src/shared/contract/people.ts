import { z } from 'zod';
import { cleanUpBounds } from '../domain/clean-up.ts';
import { passphrase } from './backups.ts';
import { operation } from './base.ts';
import { holdingBackup } from './server/people.ts';
import { streamOf } from './progress.ts';

/** A person: a student or a member of faculty, or somebody who has a profile and no such record. */
export const person = z.object({
  type: z.enum(['student', 'faculty', 'profile']),
  id: z.string(),
  /** The name now, and all that the history has; e-mail addresses of the record. By these the person is searched for. */
  name: z.string(),
  terms: z.array(z.string()),
  university: z.string().nullable(),
  state: z.enum(['present', 'deleted', 'erased']),
});
export type Person = z.infer<typeof person>;

const reference = z.object({ type: z.string(), id: z.string(), title: z.string() });

/** Another record that names the person in its text, now or in its history. */
const mention = reference.extend({
  /** Fields that name the person now; none where only the history does. */
  fields: z.array(z.string()),
  /** Rows of the history that do. */
  rows: z.number(),
});
export type Mention = z.infer<typeof mention>;

/** What one file of the workspace holds about the person. */
export const place = z.object({
  kind: z.enum(['live', 'sandbox', 'trash']),
  /** Of a sandbox. */
  id: z.string().nullable(),
  name: z.string().nullable(),
  record: z.enum(['present', 'deleted', 'erased', 'none']),
  /** Rows of the history of the person's record that still hold values. */
  rows: z.number(),
  mentions: z.array(mention),
  /** Descriptions of changes in the history that name the person. */
  labels: z.number(),
  /** Why it cannot be read. Nothing else is known of it then. */
  problem: z.string().nullable(),
});
export type Place = z.infer<typeof place>;

/** A backup or golden version that holds something about the person. */
export const holdingVersion = z.object({
  kind: z.enum(['backup', 'golden']),
  id: z.string(),
  made: z.string().nullable(),
  /** Rows of the history, and records that name the person, over all files of it. */
  rows: z.number(),
  mentions: z.number(),
  /** The day (ISO 8601) on which retention removes it, if a backup is made every day; null where it never does. */
  removed: z.string().nullable(),
  /** Why it cannot be read: it may hold something. */
  problem: z.string().nullable(),
});
export type HoldingVersion = z.infer<typeof holdingVersion>;

/** What the server that the workspace shares with holds about the person; asked for by its admins only. */
const serverPlace = z.object({
  url: z.string(),
  rows: z.number(),
  /** Other records, and descriptions of changes. */
  mentions: z.number(),
  backups: z.array(holdingBackup),
  /** Why the server did not say. Nothing else is known then. */
  problem: z.string().nullable(),
});
export type ServerPlace = z.infer<typeof serverPlace>;

export const occurrences = z.object({
  person,
  places: z.array(place),
  versions: z.array(holdingVersion),
  /** Other files of the workspace, by their paths in it, that have the name in them. */
  files: z.array(z.string()),
  /** Other people of the same name: their names stay, and a text may mean one of them. */
  namesakes: z.array(reference),
  /** The ids of the person and of records that have the name in them: no erasure changes an id. */
  ids: z.array(z.string()),
  /** Null if the workspace shares with no server, or its user is no admin there. */
  server: serverPlace.nullable(),
});
export type Occurrences = z.infer<typeof occurrences>;

const wanted = z.object({ person: z.string().min(1) });

/**
 * Finds a person, by id or by name, in live, in all sandboxes, in their histories, and in backups and golden versions. Throws NOT_FOUND, and INVALID
 * naming ids where several people have that name.
 */
export const find = operation.input(wanted).output(streamOf(occurrences));

export const exportedPerson = z.object({ person, file: z.string(), bytes: z.number() });
export type ExportedPerson = z.infer<typeof exportedPerson>;

/** Writes everything that live and the sandboxes hold about a person to one JSON file, with a passphrase encrypted. */
export const exportFile = operation
  .input(wanted.extend({ grant: z.string(), passphrase: passphrase.optional() }))
  .output(streamOf(exportedPerson));

const erasedOnServer = z.object({
  url: z.string(),
  rows: z.number(),
  records: z.number(),
  /** Its backups that still hold the person. */
  backups: z.array(holdingBackup),
});

export const erased = z.object({
  person,
  /** Of live's audit; null where live held nothing. */
  op_id: z.string().nullable(),
  /** What was emptied in each file; `problem` where a sandbox could not be written and still holds the person. */
  places: z.array(
    z.object({
      kind: z.enum(['live', 'sandbox', 'trash']),
      id: z.string().nullable(),
      name: z.string().nullable(),
      rows: z.number(),
      records: z.number(),
      /** Whether nothing of it is left in free space of the file either. */
      rewritten: z.boolean(),
      problem: z.string().nullable(),
    }),
  ),
  /** What still holds the person. */
  versions: z.array(holdingVersion),
  files: z.array(z.string()),
  /** What was erased at the server; null if the workspace shares with none. */
  server: erasedOnServer.nullable(),
});
export type Erased = z.infer<typeof erased>;

/**
 * Erases a person from live and from all sandboxes: the record is deleted, its payloads, past ones too, are emptied, and the name is replaced in texts
 * (unless `mentions` is false). In a workspace that shares with a server, the server does so first, and every workspace that shares with it erases the
 * person at its next sync. It cannot be undone. For admins. Throws SYNC if the server cannot be reached.
 */
export const erase = operation
  .input(wanted.extend({ mentions: z.boolean().default(true) }))
  .output(streamOf(erased));

const days = z.number().int().min(cleanUpBounds.least).max(cleanUpBounds.most);

/** How long people and deleted records are kept, in days; null is for good. */
export const cleanUpPolicy = z.object({
  /** Students who left are archived (deleted, restorable) after so long without a change. */
  archive_after: days.nullable(),
  /** Payloads of records that were deleted so long ago are removed for good. */
  purge_after: days.nullable(),
});

export const cleanUp = operation.input(z.object({})).output(cleanUpPolicy);

/** Sets how long they are kept; what is left out stays as it is. For admins. */
export const setCleanUp = operation
  .input(cleanUpPolicy.partial())
  .output(z.object({ policy: cleanUpPolicy, op_id: z.string().nullable() }));

export const purged = z.object({
  dry: z.boolean(),
  op_id: z.string().nullable(),
  /** Records whose payloads were removed, by type, and how many rows of the history. */
  records: z.record(z.string(), z.number()),
  rows: z.number(),
  rewritten: z.boolean(),
  /** Sandboxes that could not be written, by name or id, with the reason: they still hold what they deleted. */
  problems: z.array(z.object({ sandbox: z.string(), problem: z.string() })),
});
export type Purged = z.infer<typeof purged>;

/** Removes the payloads of records that were deleted at least so many days ago, past ones too. It cannot be undone. For admins. */
export const purge = operation
  .input(z.object({ days: z.number().int().min(0).max(cleanUpBounds.most), dry: z.boolean().default(false) }))
  .output(streamOf(purged));

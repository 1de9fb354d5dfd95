import { z } from 'zod';
import { maxLengths } from '../../domain/limits.ts';
import { operation } from './base.ts';

/** For admins, like all of this file; each call is audited. */
const tags = ['People'];
const inputStructure = 'detailed';
const params = z.object({ id: z.string().min(1).max(maxLengths.id) });

export const reference = z.object({ type: z.string(), id: z.string(), title: z.string() });

/** Another record whose text names the person, now or in its history. */
export const mention = reference.extend({
  /** Fields that name the person now; empty if only the history does. */
  fields: z.array(z.string()),
  rows: z.number(),
});

export const holdingBackup = z.object({
  id: z.string(),
  made_at: z.string(),
  /** The day (ISO 8601) on which the backup is removed if backups are made on schedule. */
  removed: z.string(),
});
export type HoldingBackup = z.infer<typeof holdingBackup>;

export const personAtServer = z.object({
  person: z.object({
    type: z.enum(['student', 'faculty']),
    id: z.string(),
    name: z.string(),
    /** The terms to search for: all names in the history, and the record's e-mail addresses. */
    terms: z.array(z.string()),
    state: z.enum(['present', 'deleted', 'erased']),
  }),
  /** Rows of the person's history that still hold values. */
  rows: z.number(),
  mentions: z.array(mention),
  /** Operations with the person in their description or conflicts. */
  labels: z.number(),
  backups: z.array(holdingBackup),
  /** Other people and users with the same name; their names stay. */
  namesakes: z.array(reference),
  /** Ids that contain the name; erasure never changes an id. */
  ids: z.array(z.string()),
});
export type PersonAtServer = z.infer<typeof personAtServer>;

/** The server's data about a student or faculty member. Throws PERSON_NOT_FOUND. */
export const occurrences = operation
  .route({
    method: 'GET',
    path: '/people/{id}/occurrences',
    summary: 'Find what the server holds about a person',
    inputStructure,
    tags,
  })
  .input(z.object({ params }))
  .output(personAtServer);

export const erasedAtServer = z.object({
  /** The operation that informs all workspaces; null if nothing was left to erase. */
  op_id: z.string().nullable(),
  seq: z.number().nullable(),
  /** Emptied history rows, and records emptied or changed. */
  rows: z.number(),
  records: z.number(),
  /** Whether Postgres has removed the old row versions. False while the job `remove_old_versions` has it to do. */
  vacuumed: z.boolean().default(false),
  backups: z.array(holdingBackup),
});
export type ErasedAtServer = z.infer<typeof erasedAtServer>;

/** Erases a student or faculty member and replaces the name in texts. Workspaces follow at their next pull. Throws PERSON_NOT_FOUND. */
export const erase = operation
  .route({
    method: 'POST',
    path: '/people/{id}/erase',
    summary: 'Erase a person',
    inputStructure,
    tags,
  })
  .input(
    z.object({
      params,
      body: z.object({
        mentions: z.boolean().default(true),
        /** Names known only to the caller, such as those in a sandbox. */
        terms: z.array(z.string().min(2).max(1000)).max(1000).default([]),
      }),
    }),
  )
  .output(erasedAtServer);

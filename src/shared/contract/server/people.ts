import { z } from 'zod';
import { longest } from '../../domain/limits.ts';
import { operation } from './base.ts';

/** For admins alone, as all here; each call is audited. */
const tags = ['People'];
const inputStructure = 'detailed';
const params = z.object({ id: z.string().min(1).max(longest.id) });

const reference = z.object({ type: z.string(), id: z.string(), title: z.string() });

/** A backup of this server that still holds the person. */
export const holdingBackup = z.object({
  id: z.string(),
  made_at: z.string(),
  /** The day (ISO 8601) on which it is removed, if backups are made as scheduled. */
  removed: z.string(),
});
export type HoldingBackup = z.infer<typeof holdingBackup>;

export const personAtServer = z.object({
  person: z.object({
    type: z.enum(['student', 'faculty']),
    id: z.string(),
    name: z.string(),
    /** What texts are searched for: every name that the history has, and e-mail addresses of the record. */
    terms: z.array(z.string()),
    state: z.enum(['present', 'deleted', 'erased']),
  }),
  /** Rows of the history of the person's record that still hold values. */
  rows: z.number(),
  /** Other records that name the person, now or in their history. */
  mentions: z.array(
    reference.extend({
      /** Fields that name the person now; none if only the history does. */
      fields: z.array(z.string()),
      rows: z.number(),
    }),
  ),
  /** Operations whose description or conflicts hold something about the person. */
  labels: z.number(),
  backups: z.array(holdingBackup),
  /** Other people with the same name, users of the server too: their names stay. */
  namesakes: z.array(reference),
  /** Ids that have the name in them: no erasure changes an id. */
  ids: z.array(z.string()),
});
export type PersonAtServer = z.infer<typeof personAtServer>;

/** What the server holds about a student or a member of faculty. Throws PERSON_NOT_FOUND. */
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
  /** The operation that tells all workspaces; null if there was nothing left to erase. */
  op_id: z.string().nullable(),
  seq: z.number().nullable(),
  /** Emptied rows of the history, and records that were emptied or changed. */
  rows: z.number(),
  records: z.number(),
  /** Backups that still hold the person. */
  backups: z.array(holdingBackup),
});
export type ErasedAtServer = z.infer<typeof erasedAtServer>;

/**
 * Erases a student or a member of faculty: the record is emptied and deleted, its history too, and the name is replaced in other records (unless
 * `mentions` is false). Workspaces erase the person at their next pull. It cannot be undone. Throws PERSON_NOT_FOUND.
 */
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
        /** Names that only the caller knows, such as those of a sandbox. */
        terms: z.array(z.string().min(2).max(1000)).max(1000).default([]),
      }),
    }),
  )
  .output(erasedAtServer);

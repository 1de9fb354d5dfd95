import { z } from 'zod';
import { hasControls, longest, noControls } from '../domain/limits.ts';
import { operation } from './base.ts';
import { issue } from './faults.ts';
import { streamOf } from './progress.ts';
import { moment } from './record.ts';
import { sandbox } from './sandboxes.ts';

const name = z
  .string()
  .trim()
  .min(1)
  .max(longest.sandbox)
  .refine((value) => !hasControls(value), { message: noControls });
const id = z.string().min(1).max(longest.id);

/** The changes of a sandbox that somebody shared with a university. */
export const sharedSandbox = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** Whose members see it; null is everybody. */
  university: z.object({ id: z.string(), title: z.string() }).nullable(),
  /** Who shared it last: a profile's id and name. */
  by: z.object({ id: z.string(), name: z.string() }),
  shared_at: moment,
  /** How many records it changes. */
  count: z.number(),
});
export type SharedSandbox = z.infer<typeof sharedSandbox>;

/** Newest first, those of live whatever is open; without those of a deleted university. */
export const shared = operation
  .route({ method: 'GET', path: '/shared-sandboxes', summary: 'Shared sandboxes' })
  .input(z.object({}))
  .output(z.array(sharedSandbox));

export const sharing = z.object({
  dry: z.boolean(),
  op_id: z.string().nullable(),
  /** Of the shared sandbox; null of one that a dry run would make. */
  id: z.string().nullable(),
  name: z.string(),
  university_id: z.string().nullable(),
  count: z.number(),
  /** Of these, records that belong to other universities: whoever sees the shared sandbox sees them too. */
  elsewhere: z.number(),
  /** What it was shared as, or taken from, before; null where it never was, that was deleted, or is not the actor's to change. */
  known: sharedSandbox.nullable(),
  /** Somebody has shared that anew since: it is replaced only when that is asked for. */
  moved: z.boolean(),
});
export type Sharing = z.infer<typeof sharing>;

/**
 * Shares what a sandbox changed since its merge base with a university, as one change of live that sync sends: anew, or in the place of
 * what it was shared as or taken from. INVALID without changes or with too many; SYNC, reason not_joined; MOVED_ON where somebody has shared it anew since.
 */
export const share = operation
  .input(
    z.object({
      id,
      /** Unless said, what it is called and with whom it was shared so far; else the sandbox's name and the actor's university. */
      name: name.optional(),
      university_id: id.nullable().optional(),
      description: z.string().trim().max(longest.text).optional(),
      as: z.enum(['known', 'replace', 'new']).default('known'),
      dry: z.boolean().default(false),
    }),
  )
  .output(streamOf(sharing));

/** Takes a sandbox of live in which the changes of a shared one are made, as one change. */
export const take = operation.input(z.object({ id, name: name.optional() })).output(
  streamOf(
    z.object({
      sandbox,
      /** Fields in which live had another value by now than where it was shared; they have the shared one. */
      moved: z.number(),
      /** What could not be made, or refers to what is not here. `path` is type, id and field with slashes. */
      problems: z.array(issue),
    }),
  ),
);

/** Deletes a shared sandbox; undo brings it back. Copies that were taken of it stay. */
export const removeShared = operation
  .route({ method: 'DELETE', path: '/shared-sandboxes/{id}', summary: 'Delete a shared sandbox' })
  .input(z.object({ id }))
  .output(z.object({ op_id: z.string(), name: z.string() }));

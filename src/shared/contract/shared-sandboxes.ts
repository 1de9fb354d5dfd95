import { z } from 'zod';
import { maxLengths } from '../domain/limits.ts';
import { id, lineName, operation } from './base.ts';
import { issue } from './fault-data.ts';
import { streamOf } from './progress.ts';
import { moment } from './record.ts';
import { sandbox } from './sandboxes.ts';
import { withDisplay } from './display-rules.ts';

const name = lineName(maxLengths.sandbox);

export const sharedSandbox = withDisplay(
  z.object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    /** The university whose members can see the sandbox; null for everybody. */
    university: z.object({ id: z.string(), title: z.string() }).nullable(),
    by: z.object({ id: z.string(), name: z.string() }),
    shared_at: moment,
    count: z.number(),
  }),
  { columns: ['id', 'name', ['university.title', 'Shared with'], 'by', 'shared_at', ['count', 'Records']] },
);
export type SharedSandbox = z.infer<typeof sharedSandbox>;

/** Shared sandboxes of live, newest first, even if a sandbox is open; without those of a deleted university. */
export const listShared = operation
  .route({ method: 'GET', path: '/shared-sandboxes', summary: 'Shared sandboxes' })
  .input(z.object({}))
  .output(z.array(sharedSandbox));

export const sharingResult = z.object({
  dry: z.boolean(),
  op_id: z.string().nullable(),
  /** Id of the shared sandbox; null in a dry run for a new one. */
  id: z.string().nullable(),
  name: z.string(),
  university_id: z.string().nullable(),
  count: z.number(),
  /** Of these, records of other universities, which everybody with access to the shared sandbox will see. */
  elsewhere: z.number(),
  /** The shared sandbox that this sandbox was shared as, or taken from. Null if there is none or the actor may not change it. */
  known: sharedSandbox.nullable(),
  /** Whether another user has updated the earlier shared sandbox since; then it is replaced only on request. */
  moved: z.boolean(),
});
export type SharingResult = z.infer<typeof sharingResult>;

/**
 * Shares a sandbox's changes since its merge base with a university, as one change of live that sync sends. Creates a shared sandbox or
 * replaces the earlier one. Throws INVALID without changes or with too many, SYNC (`not_joined`), and MOVED_ON if another user has updated
 * the earlier shared sandbox since.
 */
export const share = operation
  .input(
    z.object({
      id,
      /** Defaults: name and university of the earlier shared sandbox, else the sandbox's name and the actor's university. */
      name: name.optional(),
      university_id: id.nullable().optional(),
      description: z.string().trim().max(maxLengths.text).optional(),
      as: z.enum(['known', 'replace', 'new']).default('known'),
      dry: z.boolean().default(false),
    }),
  )
  .output(streamOf(sharingResult));

/** Copies live to a new sandbox and applies the shared changes there as one change. */
export const addShared = operation.input(z.object({ id, name: name.optional() })).output(
  streamOf(
    z.object({
      sandbox,
      /** Fields whose value in live differs from that at sharing time; they get the shared value. */
      moved: z.number(),
      /** Changes that failed, and dangling references. `path` is type, id and field joined by slashes. */
      problems: z.array(issue),
    }),
  ),
);

/** Deletes a shared sandbox; can be undone. Sandboxes taken from it stay. */
export const removeShared = operation
  .route({ method: 'DELETE', path: '/shared-sandboxes/{id}', summary: 'Delete a shared sandbox' })
  .input(z.object({ id }))
  .output(z.object({ op_id: z.string(), name: z.string() }));

import { sentence } from '#shared/texts/sentence.ts';
import { z } from 'zod';
import { maxLengths } from '../domain/limits.ts';
import { id, lineName, operation, readOperation } from './base.ts';
import { streamOf } from './progress.ts';
import { withDisplay } from './display-rules.ts';

const name = lineName(maxLengths.sandbox);

/** Unreadable fields of a damaged sandbox are null. */
export const sandbox = withDisplay(
  z.object({
    /** For a file that is not a sandbox, the file name. */
    id: z.string(),
    name: z.string().nullable(),
    /** `live`, a sandbox's id, `backup:ID`, `golden:N` or `shared:ID`; the source can have been deleted since. */
    from: z.string().nullable(),
    /** The transaction of live's audit at which the sandbox was copied. */
    base: z.object({ id: z.number(), op_id: z.string(), hash: z.string() }).nullable(),
    /** The transaction of the sandbox's audit after which its own changes begin. */
    own_after: z.number().nullable(),
    made: z.string().nullable(),
    by: z.object({ id: z.string(), name: z.string() }).nullable(),
    counts: z.record(z.string(), z.number()).nullable(),
    /** Transactions of the sandbox's audit after the base. */
    changes: z.number().nullable(),
    /** Time of the last refresh that was not undone; null for never. */
    refreshed: z.string().nullable(),
    bytes: z.number(),
    archived: z.string().nullable(),
    /** When the sandbox was moved to the trash; null for a sandbox outside the trash. */
    discarded: z.string().nullable(),
    problem: sentence.nullable(),
    problem_code: z.string().nullable(),
  }),
  {
    columns: [
      'id',
      'name',
      'from',
      ['made', 'Made (UTC)'],
      ['by.name', 'By'],
      'changes',
      'bytes',
      ['archived', 'Archived (UTC)'],
      ['discarded', 'Discarded (UTC)'],
      'problem',
    ],
  },
);
export type Sandbox = z.infer<typeof sandbox>;

/** Copies live, another sandbox, or a version (`backup:ID`, `golden`, `golden:N`). Not for viewers. */
export const create = operation.input(z.object({ name, from: id.default('live') })).output(streamOf(sandbox));

/** Like `create` from a sandbox; the copy keeps the base. */
export const duplicate = operation.input(z.object({ id, name })).output(streamOf(sandbox));

/** All sandboxes except those in the trash, newest first; including archived and damaged ones. */
export const list = readOperation
  .route({ method: 'GET', path: '/sandboxes', summary: 'Sandboxes' })
  .input(z.object({}))
  .output(z.array(sandbox));

/** For the sandbox's author and admins, like the operations below. */
export const rename = operation.input(z.object({ id, name })).output(sandbox);

/** Archives or unarchives a sandbox. An archived sandbox can still be opened. */
export const archive = operation.input(z.object({ id })).output(sandbox);
export const unarchive = operation.input(z.object({ id })).output(sandbox);

/** Moves a sandbox to the trash. Throws BUSY with the user's name while a user has it open. */
export const discard = operation.input(z.object({ id })).output(sandbox);

export const trash = readOperation
  .route({ method: 'GET', path: '/sandboxes/trash', summary: 'Discarded sandboxes' })
  .input(z.object({}))
  .output(z.array(sandbox));

/** Restores a sandbox from the trash, with a new name if given. Throws INVALID if the name is taken. */
export const recover = operation.input(z.object({ id, name: name.optional() })).output(sandbox);

/** Permanently deletes sandboxes in the trash: all for an admin, own sandboxes for others. `only`: those that the user saw. */
export const emptyTrash = operation
  .input(z.object({ only: z.array(id).max(10_000).nullable().default(null) }))
  .output(z.object({ removed: z.number(), left: z.number() }));

import { z } from 'zod';
import { hasControls, longest, noControls } from '../domain/limits.ts';
import { operation } from './base.ts';
import { streamOf } from './progress.ts';

const name = z
  .string()
  .trim()
  .min(1)
  .max(longest.sandbox)
  .refine((value) => !hasControls(value), { message: noControls });
const id = z.string().min(1).max(200);

/** What cannot be read of a damaged one is null. */
export const sandbox = z.object({
  /** That of what is no sandbox is the name of its file. */
  id: z.string(),
  name: z.string().nullable(),
  /** `live`, or the id of the sandbox, `backup:` and that of the backup, `golden:` and a number, or `shared:` and the id of the shared sandbox that it was taken from, which may be gone by now. */
  from: z.string().nullable(),
  /** The transaction of live's audit that it was taken at. */
  base: z.object({ id: z.number(), op_id: z.string(), hash: z.string() }).nullable(),
  /** The transaction of its own audit after which its own changes come. */
  own_after: z.number().nullable(),
  made: z.string().nullable(),
  /** Who made it: a profile's id and name. */
  by: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Live records by table. */
  counts: z.record(z.string(), z.number()).nullable(),
  /** Transactions of its audit after the base. */
  changes: z.number().nullable(),
  /** When live's changes were last brought in, as far as that was not undone; null where they never were. */
  refreshed: z.string().nullable(),
  bytes: z.number(),
  /** When it was put aside. */
  archived: z.string().nullable(),
  /** When it was discarded: told of every sandbox in the trash and of no other. */
  discarded: z.string().nullable(),
  /** Why it cannot be used, as a sentence. */
  problem: z.string().nullable(),
  /** What kind of thing that is: a reason of WORKSPACE; null where nothing is wrong. */
  problem_code: z.string().nullable(),
});
export type Sandbox = z.infer<typeof sandbox>;

/** Copies live, or another sandbox, as it is at this moment, or takes out a backup (`from` is `backup:` and its id) or a golden version (`golden`, or `golden:` and its number). For everybody but viewers. */
export const create = operation.input(z.object({ name, from: id.default('live') })).output(streamOf(sandbox));

/** As `create`, from a sandbox: the copy keeps its base. */
export const duplicate = operation.input(z.object({ id, name })).output(streamOf(sandbox));

/** All but those in the trash, newest first; archived and damaged ones too. */
export const list = operation
  .route({ method: 'GET', path: '/sandboxes', summary: 'Sandboxes' })
  .input(z.object({}))
  .output(z.array(sandbox));

/** For whoever made it and admins, as what follows. */
export const rename = operation.input(z.object({ id, name })).output(sandbox);

/** Puts it aside, and back: it stays as it is and can still be opened. */
export const archive = operation.input(z.object({ id })).output(sandbox);
export const unarchive = operation.input(z.object({ id })).output(sandbox);

/** Moves it to the trash. BUSY, naming who, while somebody has it open. */
export const discard = operation.input(z.object({ id })).output(sandbox);

/** What is in the trash, newest first. */
export const trash = operation
  .route({ method: 'GET', path: '/sandboxes/trash', summary: 'Discarded sandboxes' })
  .input(z.object({}))
  .output(z.array(sandbox));

/** Takes one out of the trash, under another name where its own is taken by now. */
export const recover = operation.input(z.object({ id, name: name.optional() })).output(sandbox);

/** Deletes for good what is in the trash: an admin all of it, others what they made; with `only`, none but those that somebody was shown. `left` stay. */
export const emptyTrash = operation
  .input(z.object({ only: z.array(id).max(10_000).nullable().default(null) }))
  .output(z.object({ removed: z.number(), left: z.number() }));

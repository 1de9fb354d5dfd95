import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { hasControls, longest, noControls } from '../domain/limits.ts';
import { vocabulary } from '../domain/vocabulary.ts';
import { operation } from './base.ts';
import { progress } from './progress.ts';

export const profile = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(vocabulary.role),
  university_id: z.string().nullable(),
  created_at: z.string(),
});
export type Profile = z.infer<typeof profile>;

export const info = operation.input(z.object({})).output(
  z.object({
    id: z.string(),
    name: z.string(),
    schema_version: z.number(),
    /** Version of SQLite that has the file open. */
    sqlite: z.string(),
    replica: z.string(),
    /** Which sandbox it is; null for live. */
    sandbox: z.object({ id: z.string(), name: z.string() }).nullable(),
    created_at: z.string(),
    /** True for the workspace that a first start fills with made-up records. */
    sample: z.boolean(),
    actor: profile,
    counts: z.record(z.string(), z.number()),
    deleted: z.record(z.string(), z.number()),
    transactions: z.number(),
  }),
);

export const profiles = operation
  .route({ method: 'GET', path: '/profiles', summary: 'Who may act' })
  .input(z.object({}))
  .output(z.array(profile));

/**
 * Where a sandbox is open, the profiles of live, the oldest first; `guest` is true for whom the sandbox does not know, who may act in it all the
 * same. None in live, and where live cannot be read.
 */
export const profilesOfLive = operation
  .input(z.object({}))
  .output(z.array(profile.extend({ guest: z.boolean() })));

/** A name in one line. */
const lineName = z
  .string()
  .trim()
  .min(1)
  .max(longest.name)
  .refine((value) => !hasControls(value), { message: noControls });

export const createProfile = operation
  .route({ method: 'POST', path: '/profiles', summary: 'Add a profile' })
  .input(
    z.object({
      name: lineName,
      role: z.enum(vocabulary.role),
      university_id: z.string().nullable().default(null),
    }),
  )
  .output(profile);

/**
 * Gives a profile, by its id or name, another name: everybody the own, an admin anybody's. `op_id` is null where it was called so
 * already.
 */
export const renameProfile = operation
  .route({ method: 'POST', path: '/profiles/name', summary: 'Rename a profile' })
  .input(z.object({ profile: z.string(), name: lineName }))
  .output(z.object({ profile, op_id: z.string().nullable() }));

/**
 * Changes what is given of a profile, found by its id or name: for admins, but for the own name. The last admin stays one. `op_id` is
 * null where all of it was so already.
 */
export const changeProfile = operation
  .route({ method: 'POST', path: '/profiles/change', summary: 'Change a profile' })
  .input(
    z.object({
      profile: z.string(),
      name: lineName.optional(),
      role: z.enum(vocabulary.role).optional(),
      university_id: z.string().nullable().optional(),
    }),
  )
  .output(z.object({ profile, op_id: z.string().nullable() }));

/** Gives the workspace another name; its folder keeps its own. `op_id` is null where it was called so already. */
export const rename = operation
  .route({ method: 'POST', path: '/workspace/name', summary: 'Rename the workspace' })
  .input(z.object({ name: lineName }))
  .output(z.object({ name: z.string(), op_id: z.string().nullable() }));

/** Who acts over this port from now on. */
export const actAs = operation.input(z.object({ profile: z.string() })).output(profile);

/**
 * The made-up records of a sample deleted as one change, whatever was done since. What came beside them stays, and so does a record
 * of the sample that was changed or that something else refers to: `left` of them.
 */
export const clearSample = operation
  .input(z.object({}))
  .output(z.object({ op_id: z.string(), removed: z.number(), left: z.number() }));

/** `pages` is what SQLite's own check finds, `log` what it does not look at: the schema, and the chain of the audit. */
const damageKind = z.enum(['pages', 'log']);
export type DamageKind = z.infer<typeof damageKind>;

export const verification = z.object({
  ok: z.boolean(),
  /** SQLite's own check of the file, and of references between records. */
  integrity: z.object({ ok: z.boolean(), problems: z.array(z.string()) }),
  /** The chain of hashes over the audit, and its head against the one kept beside the file. */
  chain: z.object({
    ok: z.boolean(),
    transactions: z.number(),
    rows: z.number(),
    head: z.string(),
    /** False when no head was written down to compare with: nothing tells then whether the end was cut off. */
    kept: z.boolean(),
    problems: z.array(z.string()),
  }),
  /** Replaying the audit from empty against the live tables. */
  replay: z.object({ ok: z.boolean(), records: z.number(), problems: z.array(z.string()) }),
  counts: z.record(z.string(), z.number()),
  /** What makes the file one that cannot be trusted, so that nothing more is written to live; empty where the rest of what was found can be mended in it. */
  damage: z.array(damageKind),
  /** Whether something that is no damage kept from reading all of it, as a full disk: then nobody knows. */
  unread: z.boolean(),
});
export type Verification = z.infer<typeof verification>;

export const verify = operation
  .input(z.object({}))
  .output(
    eventIterator(
      z.discriminatedUnion('kind', [progress, z.object({ kind: z.literal('result'), result: verification })]),
    ),
  );

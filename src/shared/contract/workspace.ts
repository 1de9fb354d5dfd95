import { sentence } from '#shared/texts/sentence.ts';
import { z } from 'zod';
import { maxLengths } from '../domain/limits.ts';
import { vocabulary } from '../domain/vocabulary.ts';
import { lineName, operation, readOperation } from './base.ts';
import { documentCheck } from './documents.ts';
import { streamOf } from './progress.ts';

export const profile = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(vocabulary.role),
  university_id: z.string().nullable(),
  created_at: z.string(),
});
export type Profile = z.infer<typeof profile>;

export const info = readOperation.input(z.object({})).output(
  z.object({
    id: z.string(),
    name: z.string(),
    schema_version: z.number(),
    sqlite: z.string(),
    replica: z.string(),
    sandbox: z.object({ id: z.string(), name: z.string() }).nullable(),
    created_at: z.string(),
    /** Whether the workspace still has sample records. */
    sample: z.boolean(),
    actor: profile,
    counts: z.record(z.string(), z.number()),
    deleted: z.record(z.string(), z.number()),
    transactions: z.number(),
  }),
);

export const profiles = readOperation
  .route({ method: 'GET', path: '/profiles', summary: 'Who may act' })
  .input(z.object({}))
  .output(z.array(profile));

/** In a sandbox, the profiles of live, oldest first. `guest`: the sandbox lacks the profile, but the profile can act there. */
export const profilesOfLive = readOperation
  .input(z.object({}))
  .output(z.array(profile.extend({ guest: z.boolean() })));

const profileName = lineName(maxLengths.name);

export const createProfile = operation
  .route({ method: 'POST', path: '/profiles', summary: 'Add a profile' })
  .input(
    z.object({
      name: profileName,
      role: z.enum(vocabulary.role),
      university_id: z.string().nullable().default(null),
    }),
  )
  .output(profile);

/** Renames a profile, by id or name. Everybody can rename their own, an admin any. `op_id` is null if nothing changed. */
export const renameProfile = operation
  .route({ method: 'POST', path: '/profiles/name', summary: 'Rename a profile' })
  .input(z.object({ profile: z.string(), name: profileName }))
  .output(z.object({ profile, op_id: z.string().nullable() }));

/**
 * Changes the given fields of a profile, by id or name. For admins, except for one's own name. The last admin cannot lose the role. `op_id`
 * is null if nothing changed.
 */
export const changeProfile = operation
  .route({ method: 'POST', path: '/profiles/change', summary: 'Change a profile' })
  .input(
    z.object({
      profile: z.string(),
      name: profileName.optional(),
      role: z.enum(vocabulary.role).optional(),
      university_id: z.string().nullable().optional(),
    }),
  )
  .output(z.object({ profile, op_id: z.string().nullable() }));

/** Renames the workspace, not its folder. `op_id` is null if nothing changed. */
export const rename = operation
  .route({ method: 'POST', path: '/workspace/name', summary: 'Rename the workspace' })
  .input(z.object({ name: profileName }))
  .output(z.object({ name: z.string(), op_id: z.string().nullable() }));

export const actAs = readOperation.input(z.object({ profile: z.string() })).output(profile);

/**
 * Deletes the unchanged sample records that no other record refers to, as one change; `left` counts those that stay. Throws NOT_FOUND
 * without a sample, and UNDO_CONFLICT if no record can be deleted.
 */
export const clearSample = operation
  .input(z.object({}))
  .output(z.object({ op_id: z.string(), removed: z.number(), left: z.number() }));

/** `pages`: corruption found by SQLite's check. `log`: corruption of the schema or the audit chain, which SQLite does not check. */
const damageKind = z.enum(['pages', 'log']);
export type DamageKind = z.infer<typeof damageKind>;

export const verification = z.object({
  ok: z.boolean(),
  /** SQLite's integrity check and the references between records. */
  integrity: z.object({ ok: z.boolean(), problems: z.array(sentence) }),
  /** The hash chain of the audit, and its head compared with the recorded one. */
  chain: z.object({
    ok: z.boolean(),
    transactions: z.number(),
    rows: z.number(),
    head: z.string(),
    /** False if no head was recorded: a truncated log is then not detectable. */
    kept: z.boolean(),
    problems: z.array(sentence),
  }),
  /** Compares a replay of the whole audit with the live tables. */
  replay: z.object({ ok: z.boolean(), records: z.number(), problems: z.array(sentence) }),
  documents: documentCheck,
  counts: z.record(z.string(), z.number()),
  /** Corruption after which live is read-only; empty if all problems can be repaired in the file. */
  damage: z.array(damageKind),
  /** Whether a failure other than corruption, such as a full disk, prevented a complete check. */
  unread: z.boolean(),
});
export type Verification = z.infer<typeof verification>;

export const verify = readOperation.input(z.object({})).output(streamOf(verification));

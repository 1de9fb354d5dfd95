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
    replica: z.string(),
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

export const createProfile = operation
  .route({ method: 'POST', path: '/profiles', summary: 'Add a profile' })
  .input(
    z.object({
      name: z
        .string()
        .trim()
        .min(1)
        .max(longest.name)
        .refine((value) => !hasControls(value), { message: noControls }),
      role: z.enum(vocabulary.role),
      university_id: z.string().nullable().default(null),
    }),
  )
  .output(profile);

/** Who acts over this port from now on. */
export const actAs = operation.input(z.object({ profile: z.string() })).output(profile);

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
    problems: z.array(z.string()),
  }),
  /** Replaying the audit from empty against the live tables. */
  replay: z.object({ ok: z.boolean(), records: z.number(), problems: z.array(z.string()) }),
  counts: z.record(z.string(), z.number()),
});
export type Verification = z.infer<typeof verification>;

export const verify = operation
  .input(z.object({}))
  .output(
    eventIterator(
      z.discriminatedUnion('kind', [progress, z.object({ kind: z.literal('result'), result: verification })]),
    ),
  );

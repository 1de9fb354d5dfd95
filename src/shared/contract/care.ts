import { z } from 'zod';
import { operation } from './base.ts';
import { streamOf } from './progress.ts';

/** One thing that was looked at. `code` and `params` say what was found; the texts are whoever's who shows it. */
export const finding = z.object({
  /** file, size, disk, access, synced, integrity, noted, chain, head, clock, place, backup, daily, verified, sandboxes, others. */
  id: z.string(),
  state: z.enum(['good', 'warn', 'bad']),
  code: z.string(),
  /** Bytes, milliseconds, ISO 8601 moments, names. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Finding = z.infer<typeof finding>;

export const health = z.object({
  /** The worst of them. */
  state: z.enum(['good', 'warn', 'bad']),
  findings: z.array(finding),
});
export type Health = z.infer<typeof health>;

/** How what is open is: its file, its log, its backups and the place it lies in. With `full` every page and index is checked. */
export const healthOf = operation
  .input(z.object({ full: z.boolean().default(false) }))
  .output(streamOf(health));

/** What there is to say of live's backups and their place, as health says it, without a look at the file. Play and the past are not what they hold. */
export const backups = operation.input(z.object({})).output(z.array(finding));

/** What somebody who works here should hear unasked, the worst first: nothing that is in order, and only what is cheap to look at. */
export const warnings = operation.input(z.object({})).output(z.array(finding));

export const stats = z.object({
  /** Of the file, and of what was written and is not in it yet. */
  bytes: z.number(),
  wal: z.number(),
  page_bytes: z.number(),
  pages: z.number(),
  /** Pages that nothing is in: vacuuming gives them back. */
  free_pages: z.number(),
  /** Tables and indexes, the largest first; `rows` is null for an index, `unused` counts bytes of its pages. */
  parts: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['table', 'index']),
      table: z.string(),
      rows: z.number().nullable(),
      bytes: z.number(),
      unused: z.number(),
    }),
  ),
  log: z.object({ transactions: z.number(), changes: z.number() }),
  /** What was written in each month (UTC, as 2026-11) in which anything was, in order. */
  months: z.array(z.object({ month: z.string(), transactions: z.number(), changes: z.number() })),
});
export type Stats = z.infer<typeof stats>;

/** What takes up room in the file that is open, and how its log has grown. */
export const statsOf = operation.input(z.object({})).output(streamOf(stats));

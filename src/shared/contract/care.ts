import { sentence } from '#shared/texts/sentence.ts';
import { z } from 'zod';
import { readOperation } from './base.ts';
import { damagedDocument } from './documents.ts';
import { streamOf } from './progress.ts';

/** One finding. `code` and `params` describe the finding; the display adds the text. */
export const finding = z.object({
  /** file, size, disk, access, synced, integrity, noted, chain, head, clock, documents, events, place, backup, daily, verified, sandboxes, log, others. */
  id: z.string(),
  state: z.enum(['good', 'warn', 'bad']),
  code: z.string(),
  /** Bytes, milliseconds, ISO 8601 times, names. */
  params: z.record(z.string(), z.union([z.string(), z.number(), sentence])),
  /** The first documents of `documents.damaged`. */
  damaged: z.array(damagedDocument).optional(),
});
export type Finding = z.infer<typeof finding>;

export const health = z.object({
  state: z.enum(['good', 'warn', 'bad']),
  findings: z.array(finding),
});
export type Health = z.infer<typeof health>;

/** Health of the open target: file, log, documents, backups, and location. `full` checks every page and index, and reads every document. */
export const healthOf = readOperation
  .input(z.object({ full: z.boolean().default(false) }))
  .output(streamOf(health));

/** Findings about live's backups and their folder. Empty in a sandbox and at a past point in time. */
export const backups = readOperation.input(z.object({})).output(z.array(finding));

/** Findings to show without a request, worst first: only problems, and only checks that are cheap. */
export const warnings = readOperation.input(z.object({})).output(z.array(finding));

export const stats = z.object({
  bytes: z.number(),
  wal: z.number(),
  page_bytes: z.number(),
  pages: z.number(),
  free_pages: z.number(),
  /** Tables and indexes, largest first. `rows` is null for an index; `unused` is in bytes. */
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
  /** Writes per month (UTC, as 2026-11), in order, without empty months. */
  months: z.array(z.object({ month: z.string(), transactions: z.number(), changes: z.number() })),
});
export type Stats = z.infer<typeof stats>;

export const statsOf = readOperation.input(z.object({})).output(streamOf(stats));

import { z } from 'zod';
import { operation } from './base.ts';

const area = z.object({
  /** The first spelling. Spellings that differ only in case, accents and spaces are one area. */
  name: z.string(),
  people: z.number(),
});

const person = z.object({
  id: z.string(),
  type: z.enum(['student', 'faculty']),
  title: z.string(),
  university: z.string().nullable(),
  team: z.object({ id: z.string(), title: z.string() }).nullable(),
  /** Indexes of the person's areas. */
  areas: z.array(z.number()),
  lead: z.boolean(),
  links: z.number(),
  terms: z.number().nullable(),
});

const expertiseTable = z.object({
  /** Areas of the people below, by name; areas of a single person first. */
  areas: z.array(area),
  /** Active students, and faculty with an area or named as bearers. Sorted by university, team and name. */
  people: z.array(person),
  /** Number of people. Above `limit`, those with the rarest areas are returned. */
  matched: z.number(),
});
export type ExpertiseTable = z.infer<typeof expertiseTable>;

/** The areas that each person knows, with the counts of the expertise question. A register, not a ranking. Read-only. */
export const expertise = operation
  .input(
    z.object({
      university: z.string().min(1).max(200).nullable().default(null),
      limit: z.number().int().min(1).max(20_000).default(10_000),
    }),
  )
  .output(expertiseTable);

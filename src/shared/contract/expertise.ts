import { z } from 'zod';
import { operation } from './base.ts';

const area = z.object({
  /** As first written: spellings that differ only in case, accents and spaces are one area. */
  name: z.string(),
  /** How many people state it, in all universities. */
  people: z.number(),
});

const person = z.object({
  id: z.string(),
  type: z.enum(['student', 'faculty']),
  title: z.string(),
  university: z.string().nullable(),
  /** The first of its teams. */
  team: z.object({ id: z.string(), title: z.string() }).nullable(),
  /** The area that its record states, as a place in `areas`. */
  area: z.number().nullable(),
  lead: z.boolean(),
  /** Links that name the person as a bearer. */
  links: z.number(),
  /** Terms left; null where unknown. */
  terms: z.number().nullable(),
});

const expertiseTable = z.object({
  /** Those of the people below: areas that one person alone has first, each part by name. */
  areas: z.array(area),
  /** Active students, and faculty who state an area or are named as bearers: by university, team and name. */
  people: z.array(person),
  /** How many people there are; above `limit` those with the rarest areas are returned. */
  matched: z.number(),
});
export type ExpertiseTable = z.infer<typeof expertiseTable>;

/** Who knows what, as the question about expertise counts it. A register, not a ranking. Nothing is written. */
export const expertise = operation
  .input(
    z.object({
      /** Only people of this university; null is of all. */
      university: z.string().min(1).max(200).nullable().default(null),
      /** At most so many people. */
      limit: z.number().int().min(1).max(20_000).default(10_000),
    }),
  )
  .output(expertiseTable);

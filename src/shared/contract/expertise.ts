import { z } from 'zod';
import { operation } from './base.ts';

/**
 * Why a needed area is at risk, worst first: nobody has it, all who have it leave by the end of this or the next term, unknown terms decide
 * whether they do, or nobody who has it is in the team that needs it or in a team of the project.
 */
export const expertiseGaps = ['nobody', 'leaving_now', 'leaving_next', 'unknown', 'far'] as const;
export type ExpertiseGap = (typeof expertiseGaps)[number];

const area = z.object({
  /** The first spelling. Spellings that differ only in case, accents and spaces are one area. */
  name: z.string(),
  people: z.number(),
  /** The projects and teams that need it. */
  needed_by: z.array(z.object({ id: z.string(), type: z.enum(['project', 'team']), title: z.string() })),
  /** Null if the area is not needed, or not at risk. */
  gap: z.enum(expertiseGaps).nullable(),
  /** For a needed area: the terms left of the student who stays longest; null if nobody has it or this is unknown. */
  until: z.number().nullable(),
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
  /** Areas of the people below and needed ones, by name: gaps first, then areas of a single person. */
  areas: z.array(area),
  /** Active students, and faculty with an area or named as bearers. Sorted by university, team and name. */
  people: z.array(person),
  /** Number of people. Above `limit`, those with the rarest areas are returned. */
  matched: z.number(),
});
export type ExpertiseTable = z.infer<typeof expertiseTable>;

/** The areas that each person knows and projects and teams need, with the counts of the expertise question. A register, not a ranking. Read-only. */
export const expertise = operation
  .input(
    z.object({
      university: z.string().min(1).max(200).nullable().default(null),
      limit: z.number().int().min(1).max(20_000).default(10_000),
    }),
  )
  .output(expertiseTable);

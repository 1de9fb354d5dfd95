import { z } from 'zod';
import { head, named } from './analysis.ts';
import { scenarioMeasures } from './simulation.ts';
import { operation } from './base.ts';
import { streamOf } from './progress.ts';

const outcomesOfYear = z.object({
  cohort_year: z.number().nullable(),
  outcome_type: z.string().nullable(),
  succeeded: z.number(),
  /** Outcomes that say whether they succeeded. */
  recorded: z.number(),
});
export type OutcomesOfYear = z.infer<typeof outcomesOfYear>;

const counts = z.object({
  teams: z.number(),
  faculty: z.number(),
  /** Active students. */
  students: z.number(),
  projects: z.number(),
  links: z.object({
    /** Both ends are of the university; of shared records: neither end is of one. */
    within: z.number(),
    /** To another university: at both of them, and once in the total. */
    across: z.number(),
    /** Between a university and a shared record. */
    shared: z.number(),
  }),
  /** Per cent, over its links whose loss or bond is known; null where there is none. */
  mean_loss: z.number().nullable(),
  /** Links whose loss and bond are unknown. */
  unrated: z.number(),
  /** The share of its links that are not codified; null without links. */
  undocumented: z.number().nullable(),
  /** Students whose terms are over by the end of this term. */
  leaving: z.number(),
  cohorts: z.object({
    /** Teams with a gap between their cohorts. */
    gaps: z.number(),
    /** Teams of which the terms of some member are known. */
    judged: z.number(),
  }),
  outcomes: z.array(outcomesOfYear),
});
export type UniversityCounts = z.infer<typeof counts>;

const universityRow = counts.extend({ id: z.string(), name: z.string(), is_lead: z.boolean() });
export type UniversityRow = z.infer<typeof universityRow>;

const comparison = z.object({
  /** By name. */
  universities: z.array(universityRow),
  /** Records that belong to no university, shared projects among them. */
  shared: counts,
  /** Everything counted once. */
  total: counts,
});
export type Comparison = z.infer<typeof comparison>;

/** Compares the universities of what is open. Nothing is written. */
export const universities = operation.input(z.object({})).output(comparison.extend({ head }));

const leavingStudent = z.object({ id: z.string(), title: z.string(), terms: z.number() });
const leavingReport = z.object({
  /** The end of this term (ISO 8601). */
  by: z.string(),
  people: z.number(),
  teams: z.number(),
  /** The team that loses the largest share of its members first; null is of those without a team. */
  by_team: z.array(
    z.object({
      team: named.nullable(),
      /** Members that it has now. */
      members: z.number(),
      leaving: z.array(leavingStudent),
    }),
  ),
});
export type Leaving = z.infer<typeof leavingReport>;

/** The students whose terms are over by the end of this term, by team. Nothing is written. */
export const leaving = operation
  .input(
    z.object({
      /** Only of this university; null is of all. */
      university: z.string().min(1).max(200).nullable().default(null),
      /** At most so many teams. */
      limit: z.number().int().min(1).max(1000).default(100),
    }),
  )
  .output(leavingReport);

/** What is measured of a head of the log. */
export const measuredState = comparison.extend({ measures: scenarioMeasures, head });
export type MeasuredState = z.infer<typeof measuredState>;

const measuredPoint = measuredState.extend({
  /** The end of a term (ISO 8601), or when the newest change was made; null of an empty log. */
  at: z.string().nullable(),
  /** What is open now, after the last of the terms. */
  now: z.boolean(),
});
export type MeasuredPoint = z.infer<typeof measuredPoint>;

const measuredHistory = z.object({
  /** Oldest first; ends of terms before the log begins are left out. */
  points: z.array(measuredPoint),
  /** When the log begins (ISO 8601); null where it is empty. */
  begins: z.string().nullable(),
});
export type MeasuredHistory = z.infer<typeof measuredHistory>;

/** The measures at the end of each of the last terms and now. Nothing is written. Throws CANCELLED. */
export const overTerms = operation
  .input(z.object({ terms: z.number().int().min(1).max(40).default(8) }))
  .output(streamOf(measuredHistory));

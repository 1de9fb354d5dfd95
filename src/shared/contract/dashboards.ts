import { z } from 'zod';
import { head, namedRecord } from './analysis.ts';
import { scenarioMeasures } from './simulation.ts';
import { readOperation } from './base.ts';
import { streamOf } from './progress.ts';
import { share, withDisplay } from './display-rules.ts';

const outcomesOfYear = z.object({
  cohort_year: z.number().nullable(),
  outcome_type: z.string().nullable(),
  succeeded: z.number(),
  /** Outcomes with a recorded success or failure. */
  recorded: z.number(),
});
export type OutcomesOfYear = z.infer<typeof outcomesOfYear>;

const universityCounts = z.object({
  teams: z.number(),
  faculty: z.number(),
  students: z.number(),
  projects: z.number(),
  links: z.object({
    /** Links with both ends in this university; for shared records, with neither end in a university. */
    within: z.number(),
    /** Links to another university, counted for both universities and once in the total. */
    across: z.number(),
    /** Links between a university and a shared record. */
    shared: z.number(),
  }),
  /** Per cent, over links with known loss or bond; null if there is no such link. */
  mean_loss: withDisplay(z.number(), { unit: 'percent' }).nullable(),
  /** Links whose loss and bond are unknown. */
  unrated: z.number(),
  /** Share of links that are not codified; null without links. */
  undocumented: share().nullable(),
  leaving: z.number(),
  cohorts: z.object({
    /** Teams with a gap between their cohorts. */
    gaps: z.number(),
    /** Teams with at least one member whose terms are known. */
    judged: z.number(),
  }),
  outcomes: z.array(outcomesOfYear),
});
export type UniversityCounts = z.infer<typeof universityCounts>;

const universityRow = withDisplay(
  universityCounts.extend({ id: z.string(), name: z.string(), is_lead: z.boolean() }),
  {
    columns: [
      'name',
      'teams',
      'faculty',
      ['students', 'Active students'],
      'projects',
      ['links.within', 'Links within'],
      ['links.across', 'Links to others'],
      ['links.shared', 'Links to shared'],
      'mean_loss',
      'undocumented',
      ['leaving', 'Leave soon'],
      ['cohorts.gaps', 'Teams that lose many'],
    ],
  },
);
export type UniversityRow = z.infer<typeof universityRow>;

const comparison = z.object({
  universities: z.array(universityRow),
  /** Records without a university, including shared projects. */
  shared: universityCounts,
  /** Totals without double counting. */
  total: universityCounts,
});
export type Comparison = z.infer<typeof comparison>;

export const universities = readOperation.input(z.object({})).output(comparison.extend({ head }));

const leavingStudent = z.object({ id: z.string(), title: z.string(), terms: z.number() });
const leavingReport = z.object({
  /** The end of this term (ISO 8601). */
  by: z.string(),
  people: z.number(),
  teams: z.number(),
  /** The team that loses the largest share of its members first; null for students without a team. */
  by_team: z.array(
    z.object({
      team: namedRecord.nullable(),
      members: z.number(),
      leaving: z.array(leavingStudent),
    }),
  ),
});
export type LeavingReport = z.infer<typeof leavingReport>;

export const leavingStudents = readOperation
  .input(
    z.object({
      university: z.string().min(1).max(200).nullable().default(null),
      limit: z.number().int().min(1).max(1000).default(100),
    }),
  )
  .output(leavingReport);

export const measuredState = comparison.extend({ measures: scenarioMeasures, head });
export type MeasuredState = z.infer<typeof measuredState>;

const measuredPoint = withDisplay(
  measuredState.extend({
    /** The end of a term (ISO 8601), or the time of the newest change; null for an empty log. */
    at: z.string().nullable(),
    /** True for the current state, which follows the terms. */
    now: z.boolean(),
  }),
  {
    columns: [
      'at',
      'now',
      ['measures.links', 'Links'],
      ['measures.reach', 'Knowledge flow'],
      ['total.mean_loss', 'Mean loss'],
      ['total.undocumented', 'Undocumented'],
      ['measures.single_bearer', 'Depend on one person'],
      ['total.cohorts.gaps', 'Teams that lose many'],
      ['measures.people', 'Active students'],
    ],
  },
);
export type MeasuredPoint = z.infer<typeof measuredPoint>;

const measuredHistory = z.object({
  /** Oldest first; without terms that ended before the log starts. */
  points: z.array(measuredPoint),
  /** Start of the log (ISO 8601); null if the log is empty. */
  begins: z.string().nullable(),
});
export type MeasuredHistory = z.infer<typeof measuredHistory>;

/** The measures at the end of each of the last terms and now. Read-only. Throws CANCELLED. */
export const overTerms = readOperation
  .input(z.object({ terms: z.number().int().min(1).max(40).default(8) }))
  .output(streamOf(measuredHistory));

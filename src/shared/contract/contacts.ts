import { z } from 'zod';
import { operation } from './base.ts';
import { head, plannedRecord, planShape } from './compare.ts';
import { issue } from './fault-data.ts';
import { streamOf } from './progress.ts';
import { entityType } from './record.ts';
import { withDisplay } from './display-rules.ts';

const namedRecord = z.object({
  id: z.string(),
  type: entityType,
  title: z.string(),
  university: z.string().nullable(),
});

const strength = withDisplay(z.object({ bond: z.string().nullable(), loss: z.number().nullable() }), {
  text: ({ bond, loss }) => [bond ?? 'no bond', ...(loss === null ? [] : [`${loss} %`])].join(', '),
});

const linkProposal = withDisplay(
  z.object({
    /** Identifies the proposal when it is applied: the id of the link, or both ends of a new one. */
    key: z.string(),
    /** The link to change; null for a new one. */
    link: z.string().nullable(),
    from: namedRecord,
    to: namedRecord,
    /** Contacts between the ends in the period; `repeated`: those of two people who met more than once; `expected`: as many as chance would give. */
    contacts: z.number(),
    repeated: z.number(),
    expected: z.number(),
    /** Calendar months with contacts, and the first and last day. */
    months: z.number(),
    first: z.string(),
    last: z.string(),
    /** Bond and loss before and after; null if unchanged. */
    strength: z.object({ before: strength.nullable(), after: strength }).nullable(),
    /** Members of the ends with their number of contacts. `isNew`: not yet a bearer of the link. Null if the bearers are unchanged. */
    bearers: z.array(namedRecord.extend({ contacts: z.number(), isNew: z.boolean() })).nullable(),
  }),
  {
    columns: [
      'key',
      'from',
      'to',
      'link',
      ['strength.before', 'Bond before'],
      ['strength.after', 'Bond after'],
      'bearers',
      'contacts',
      ['repeated', 'Of the same people'],
      ['expected', 'By chance'],
      'months',
      'last',
    ],
  },
);
export type LinkProposal = z.infer<typeof linkProposal>;

const linkProposals = z.object({
  /** First and last day of the period; null without a dated contact. */
  period: z.object({ from: z.string(), to: z.string(), months: z.number() }).nullable(),
  /** `contacts`: all contacts. `used`: those in the period between two records of the organisation. `undated`: those without a day. */
  contacts: z.number(),
  used: z.number(),
  undated: z.number(),
  /** Future contacts, which do not count yet. */
  upcoming: z.number(),
  proposals: z.array(linkProposal),
  head,
});
export type LinkProposals = z.infer<typeof linkProposals>;

/** A day; default: twelve months before the newest contact. */
const since = z.iso.date().optional();

/** Proposals for links from contacts: missing links, bearers and strengths. Read-only. */
export const proposals = operation.input(z.object({ since })).output(linkProposals);

const appliedProposals = z.object({
  ...planShape,
  records: z.array(plannedRecord),
  problems: z.array(issue),
  head,
});
export type AppliedProposals = z.infer<typeof appliedProposals>;

/** Applies proposals as one audited change. Throws MOVED_ON if one is no longer proposed, FORBIDDEN, INVALID, CANCELLED. */
export const applyProposals = operation
  .input(
    z.object({
      since,
      keys: z.array(z.string().max(500)).max(10_000).optional(),
      seen: head.optional(),
      dry: z.boolean().default(false),
    }),
  )
  .output(streamOf(appliedProposals));

import { z } from 'zod';
import { operation } from './base.ts';
import { head, plannedRecord, planShape } from './compare.ts';
import { issue } from './faults.ts';
import { streamOf } from './progress.ts';
import { entityType } from './record.ts';

const named = z.object({
  id: z.string(),
  type: entityType,
  title: z.string(),
  university: z.string().nullable(),
});

const strength = z.object({ bond: z.string().nullable(), loss: z.number().nullable() });

const linkProposal = z.object({
  /** The id of the link, or both ends of a new one. It names the proposal when it is applied. */
  key: z.string(),
  /** The link that changes; null for a new one. */
  link: z.string().nullable(),
  from: named,
  to: named,
  /** Contacts between both ends in the period, the calendar months in which there were any, and the days of the first and the last. */
  contacts: z.number(),
  months: z.number(),
  first: z.string(),
  last: z.string(),
  /** Bond and loss before and after; null where they stay. */
  strength: z.object({ before: strength.nullable(), after: strength }).nullable(),
  /** Members of the ends who carry the contacts, with the number of theirs; `isNew` if the link does not name them yet. Null where the bearers stay. */
  bearers: z.array(named.extend({ contacts: z.number(), isNew: z.boolean() })).nullable(),
});
export type LinkProposal = z.infer<typeof linkProposal>;

const linkProposals = z.object({
  /** The days that were looked at, from the first to the last; null without a dated contact. */
  period: z.object({ from: z.string(), to: z.string(), months: z.number() }).nullable(),
  /** Contacts in the workspace, those of them in the period that join two places of the organisation, and those without a day. */
  contacts: z.number(),
  used: z.number(),
  undated: z.number(),
  /** Contacts after today, which do not count yet. */
  upcoming: z.number(),
  /** Those with the most contacts first. */
  proposals: z.array(linkProposal),
  head,
});
export type LinkProposals = z.infer<typeof linkProposals>;

/** A day; without it, twelve months before the newest contact. */
const since = z.iso.date().optional();

/** What the contacts say about links: missing ones, their bearers and their strength. Nothing is written. */
export const proposals = operation.input(z.object({ since })).output(linkProposals);

const applied = z.object({
  ...planShape,
  records: z.array(plannedRecord),
  problems: z.array(issue),
  head,
});
export type ProposalsApplied = z.infer<typeof applied>;

/**
 * Applies proposals as one audited change. Throws MOVED_ON if one is no longer proposed or its link has changed since, FORBIDDEN, INVALID,
 * CANCELLED.
 */
export const applyProposals = operation
  .input(
    z.object({
      since,
      /** Without it, all of them. */
      keys: z.array(z.string().max(500)).max(10_000).optional(),
      /** The head that the proposals were read at. */
      seen: head.optional(),
      dry: z.boolean().default(false),
    }),
  )
  .output(streamOf(applied));

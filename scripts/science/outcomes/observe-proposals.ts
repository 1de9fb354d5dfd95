import { readEvidence } from '#core/contacts/evidence.ts';
import { runSync } from '#core/kernel/progress.ts';
import { localDay } from '#core/kernel/system.ts';
import type { Split } from './observations.ts';
import { splitOfSeed } from './observe-world.ts';
import { withRecords } from './record-workspace.ts';
import { recordsOfWorld, teamId, worldTime } from './world-records.ts';
import { makeWorld } from './world/agent-world.ts';
import type { WorldKind } from './world/organisation.ts';

export const proposalRules = ['3 contacts', '4 contacts', '5 contacts', '6 contacts', 'FRAMES'] as const;
export type ProposalRule = (typeof proposalRules)[number];

/** How many new links a rule proposes in one world, and how many of them are relations that nobody recorded. */
export interface ProposalCounts {
  group: string;
  split: Split;
  missing: number;
  rules: Readonly<Record<ProposalRule, { proposed: number; right: number }>>;
}

/** Random contacts, as a share of the pairs of people that have contacts. */
export const falseContactShares = [0.1, 0.25, 1] as const;

export const proposalGroup = (kind: WorldKind, falseContacts: number): string =>
  `world of ${kind}, ${100 * falseContacts} % false contacts`;

const pairKey = (one: string, other: string): string => [one, other].toSorted().join(' ');

/** Compares what contacts propose in a world of which half of the links are recorded with its real relations. */
export async function observeProposals(
  kind: WorldKind,
  seed: number,
  folder: string,
): Promise<ProposalCounts[]> {
  const world = makeWorld(kind, seed);
  const related = new Set(
    world.structure.relations.map(({ first, second }) => pairKey(teamId(first), teamId(second))),
  );
  const results: ProposalCounts[] = [];
  for (const falseContacts of falseContactShares) {
    const recorded = world.record('half', { falseContacts });
    const linked = new Set(recorded.links.map(({ from, to }) => pairKey(teamId(from), teamId(to))));
    const countOf = (pairs: readonly { from: string; to: string }[]) => {
      const proposed = pairs.map(({ from, to }) => pairKey(from, to)).filter((key) => !linked.has(key));
      return { proposed: proposed.length, right: proposed.filter((key) => related.has(key)).length };
    };
    const rules = await withRecords(
      recordsOfWorld(recorded, seed),
      { now: worldTime, folder },
      async (core, session) => {
        const { pairs } = runSync(readEvidence(core.services.read, { today: localDay(worldTime) }));
        const { proposals } = await core.client(session).contacts.proposals({});
        const newLinks = proposals.filter(({ link }) => link === null);
        const fromContacts = (least: number) => countOf(pairs.filter(({ contacts }) => contacts >= least));
        return {
          '3 contacts': fromContacts(3),
          '4 contacts': fromContacts(4),
          '5 contacts': fromContacts(5),
          '6 contacts': fromContacts(6),
          FRAMES: countOf(newLinks.map(({ from, to }) => ({ from: from.id, to: to.id }))),
        };
      },
    );
    results.push({
      group: proposalGroup(kind, falseContacts),
      split: splitOfSeed(seed),
      missing: related.size - linked.size,
      rules,
    });
  }
  return results;
}

/** The sums of all worlds of a group, in the order of the groups. */
export const sumProposals = (counts: readonly ProposalCounts[]): ProposalCounts[] =>
  [...Map.groupBy(counts, ({ split, group }) => `${split} ${group}`).values()].map((worlds) => {
    const sumOf = (value: (world: ProposalCounts) => number): number =>
      worlds.reduce((sum, world) => sum + value(world), 0);
    const { group, split } = worlds[0] as ProposalCounts;
    return {
      group,
      split,
      missing: sumOf(({ missing }) => missing),
      rules: Object.fromEntries(
        proposalRules.map((rule) => [
          rule,
          {
            proposed: sumOf(({ rules }) => rules[rule].proposed),
            right: sumOf(({ rules }) => rules[rule].right),
          },
        ]),
      ) as ProposalCounts['rules'],
    };
  });

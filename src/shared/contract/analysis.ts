import { z } from 'zod';
import { operation } from './base.ts';
import { groupsInput, networkGroups } from './network.ts';
import { streamOf } from './progress.ts';
import { entityType } from './record.ts';

/**
 * leavers: whose leaving would cost most. degrading: links that become weaker this term. weak: links that are weak already. undocumented: links that only
 * people know. cohorts: teams of which more leave than is likely. expertise: areas that one person has alone. changes: since last term.
 */
export const question = z.enum([
  'leavers',
  'degrading',
  'weak',
  'undocumented',
  'cohorts',
  'expertise',
  'changes',
]);
export type Question = z.infer<typeof question>;

/** What a sentence is made of, for whoever says it in another language. */
const reason = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Reason = z.infer<typeof reason>;

export const named = z.object({ id: z.string(), type: entityType, title: z.string() });
export type Named = z.infer<typeof named>;

/** A step of a scenario: what is done before its terms pass. */
export const scenarioStep = z.discriminatedUnion('do', [
  z.object({ do: z.literal('remove'), ids: z.array(z.string()).min(1).max(1000) }),
  z.object({ do: z.literal('cut'), id: z.string() }),
  z.object({
    do: z.literal('strengthen'),
    id: z.string(),
    bond_type: z.string(),
    /** Per cent; the usual loss of the bond unless given. */
    energy_loss: z.number().min(0).max(100).optional(),
  }),
  z.object({
    do: z.literal('link'),
    from: z.string(),
    to: z.string(),
    bond_type: z.string(),
    energy_loss: z.number().min(0).max(100).optional(),
  }),
  /** So much of what passes over a link is written down, per cent; 80 unless given. */
  z.object({ do: z.literal('document'), id: z.string(), documented: z.number().min(0).max(100).optional() }),
  /** New members of a team, who know half in their first term. */
  z.object({ do: z.literal('recruit'), team: z.string(), count: z.number().int().min(1).max(100) }),
  /** One more member of a team, who knows everything and has so many terms left; stays longer than any scenario unless given. */
  z.object({ do: z.literal('mentor'), team: z.string(), terms: z.number().int().min(1).max(20).optional() }),
]);
export type ScenarioStep = z.infer<typeof scenarioStep>;

const intervention = z.object({
  title: z.string(),
  ...reason.shape,
  /** The item's value after it, as simulated. */
  value: z.number(),
  changes: z.array(scenarioStep),
});
export type Intervention = z.infer<typeof intervention>;

const insight = z.object({
  /** The record it is about; `ids` where it is about several together. */
  id: z.string().optional(),
  ids: z.array(z.string()).optional(),
  type: entityType.nullable(),
  title: z.string(),
  /** How many there are of `ids` that cannot be told apart: it is about any one of them. 1 of anything else. */
  alike: z.number(),
  /** What their university is called; null where they have none in common. */
  university: z.string().nullable(),
  /** A share, 0 to 1; of `changes` -1 to 1, negative where something became worse. What it is a share of says the question. */
  value: z.number(),
  /** In which share of the perturbed networks the item is still among the first so many as its rank says; null where nothing was perturbed. */
  confidence: z.number().nullable(),
  /** In which share of them it is among the `top` largest; null where nothing was perturbed. */
  in_top: z.number().nullable(),
  /** Why, as an English sentence; `because` is what it is made of. */
  reason: z.string(),
  because: reason,
  /** Of `expertise`: the areas that are meant. */
  areas: z.array(z.string()).optional(),
  /** The records that cause the value, the weightiest first; some of `record_count`. */
  records: z.array(named),
  record_count: z.number(),
  interventions: z.array(intervention),
});
export type Insight = z.infer<typeof insight>;

export const head = z.object({
  id: z.number(),
  hash: z.string(),
  /** When it was written (ISO 8601); null of an empty log. */
  at: z.string().nullable(),
});

const measured = {
  /** The head of the log that was read: the same head, seed and version give the same answer. */
  head,
  seed: z.number(),
  version: z.number(),
};

export const answer = z.object({
  question,
  items: z.array(insight),
  /** How many there are in all, more than `limit` lets through. */
  ranked: z.number(),
  /** So many are the largest, of which `in_top` speaks: ten, or half of those that are ranked. */
  top: z.number(),
  /** What could not be judged, for want of values. */
  unknown: z.number(),
  /** How many links, or of `cohorts` teams, could be judged: where there are none, an empty answer says nothing. */
  judged: z.number(),
  /** Of `leavers`: the worst set, where one was asked for. */
  worst: insight
    .extend({
      /** No set of as many does more than this; the value itself where the search was exact. */
      at_most: z.number(),
      exact: z.boolean(),
    })
    .nullable(),
  /** Of `changes`: what it is compared with (ISO 8601); null where there is nothing before. */
  since: z.string().nullable(),
  /** Of `changes`: when the history begins (ISO 8601), if that is after the last term and no other time was asked for. */
  begins: z.string().nullable(),
  /** How many networks were perturbed. */
  runs: z.number(),
  /** Of a network too dense to measure everybody, some records drawn at random stand for all: values are estimates. */
  estimate: z.boolean(),
  /** What is not known in what was measured: terms of students, losses of links, members of teams. */
  guesses: z.object({ terms: z.number(), losses: z.number(), teams: z.number() }),
  ...measured,
});
export type Answer = z.infer<typeof answer>;

export const insightsInput = z.object({
  question,
  /** Of leavers: everybody and every team, only people, or only teams; by the setting of `ranking` unless given, teams or all. */
  who: z.enum(['all', 'people', 'teams']).optional(),
  /** Only what this university has: leavers and teams of it, links with an end there. */
  university: z.string().min(1).max(200).nullable().default(null),
  /** In a sandbox: what live answers. Not of changes. */
  of: z.literal('live').optional(),
  /** The worst set of so many leavers is looked for as well. */
  set: z.number().int().min(2).max(3).nullable().default(null),
  limit: z.number().int().min(1).max(1000).default(10),
  /** Confidence and interventions take time; without them the ranking is there at once. */
  quick: z.boolean().default(false),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31)
    .default(1),
  /** Of changes: compared with what was there then (ISO 8601); the end of the last term unless said. */
  since: z.iso.datetime().optional(),
});

/** Answers one of the questions about what is open. Nothing is written. */
export const insights = operation.input(insightsInput).output(streamOf(answer));

const risk = z.object({ risk: z.number(), riskLevel: z.enum(['HIGH', 'MEDIUM', 'LOW']) });
const share = z.object({ count: z.number(), percentage: z.number() });

/** The measures of the original program, with its keys. Scores 0 to 100, percentages with one decimal. */
export const legacyMeasures = z.object({
  statistics: z.object({
    totalMolecules: z.number(),
    totalBonds: z.number(),
    energyFlow: z.number(),
    decompositionRisk: z.number(),
    totalEnergyLoss: z.number(),
  }),
  nda: z.object({
    actorAutonomy: z.number(),
    partitionedKnowledge: z.number(),
    emergentOutputs: z.number(),
    temporalMisalignment: z.number(),
    integrationCost: z.number(),
    couplingDegradation: z.number(),
  }),
  backward: z.object({ documentation: risk, communication: risk, rationale: risk, handoff: risk }),
  lifecycle: z.object({ incoming: share, established: share, outgoing: share, total: z.number() }),
});
export type LegacyMeasures = z.infer<typeof legacyMeasures>;

/** The legacy model of what is open. */
export const legacy = operation.input(z.object({ university: z.string().optional() })).output(legacyMeasures);

/** Measures of network science of the undirected graph of interfaces, where parallel ones each count. */
export const networkMeasures = z.object({
  nodes: z.array(
    z.object({
      id: z.string(),
      /** Interfaces from or to it; those to itself do not count. */
      degree: z.number(),
      in_degree: z.number(),
      out_degree: z.number(),
      /** Of shortest paths without weights (Freeman 1977); each pair counts once. Normalised: divided by the pairs of all others. */
      betweenness: z.number(),
      /**
       * The same where the length of a link is -ln of the share that passes over it, in millionths and at least one, so that the shortest path
       * is the one over which most passes. Of parallel ones the best counts; one over which nothing passes, or of unknown strength, is no path.
       */
      weighted_betweenness: z.number(),
      /** The inverse of the mean distance to all that it reaches, times the share of the others that those are (Wasserman and Faust 1994). */
      closeness: z.number(),
      /** Bonacich 1987, where parallel interfaces add up; the sum of squares is 1. 0 outside of the component with the largest eigenvalue. */
      eigenvector: z.number(),
      /** The largest k of whose k-core it is a part. */
      core: z.number(),
      /** Found by Leiden, numbered from 0. */
      community: z.number(),
      /** Without it more components are left. */
      articulation: z.boolean(),
    }),
  ),
  /** Ends of interfaces without which more components are left; of parallel ones none is. */
  bridges: z.array(z.tuple([z.string(), z.string()])),
  /** Of the declared structure (universities), and of the communities found (Newman and Girvan 2004). */
  modularity: z.object({ declared: z.number(), found: z.number() }),
  /** Links within a declared module, and between two. */
  coupling: z.object({ within: z.number(), between: z.number() }),
  components: z.number(),
  /** How the network falls apart as nodes are removed (Albert, Jeong and Barabási 2000). */
  robustness: z.object({
    /**
     * The largest component as a share of all nodes, 0 to 1, when so many are removed: those of the highest betweenness or degree first, or the mean of
     * random orders. To half of the nodes, in at most 25 steps; empty without nodes.
     */
    curve: z.array(
      z.object({ removed: z.number(), betweenness: z.number(), degree: z.number(), random: z.number() }),
    ),
    /** How many removals halve the largest component, by each order; 0 without nodes. */
    halved: z.object({ betweenness: z.number(), degree: z.number(), random: z.number() }),
    /** The first of those that halve it, by whichever of betweenness and degree needs fewer; at most 20. */
    first: z.array(z.string()),
    /** How many random orders were tried. */
    runs: z.number(),
    /** How often betweenness was computed while so many nodes were removed (Holme et al. 2002): after each removal where both are equal. */
    rounds: z.number(),
    removals: z.number(),
    /** From how many of the nodes it was computed each time: all where both are equal. */
    sources: z.number(),
  }),
  /** How far a failure spreads: likelihood times impact along paths (Clarkson, Simons and Eckert 2004). */
  propagation: z.object({
    /** Furthest first, at most 20. `value` is the share, 0 to 1, of what all others carry that is put at risk; `reached` is how many it can reach. */
    spreads: z.array(z.object({ id: z.string(), value: z.number(), reached: z.number() })),
    /** From how many nodes it was tried, the strongest first: all where it is exact. */
    tried: z.number(),
    /** Interfaces with neither loss nor bond, over which nothing passes. */
    unknown: z.number(),
  }),
  /** From how many nodes betweenness and closeness were computed, and weighted betweenness: all where they are exact, else drawn by the seed. */
  sources: z.number(),
  weighted_sources: z.number(),
  /** Whether paths and removals were computed from all nodes. */
  exact: z.boolean(),
  /** The widest 95 % interval of any node, from the value to either end, as a share of the greatest value, by the variance in the sample; 0 where exact. */
  error: z.object({ betweenness: z.number(), weighted_betweenness: z.number(), closeness: z.number() }),
  head,
  seed: z.number(),
});
export type NetworkMeasures = z.infer<typeof networkMeasures>;

/** Measures the network of what is open. Nothing is written. */
export const network = operation
  .input(
    z.object({
      normalised: z.boolean().default(false),
      seed: z.number().int().min(0).default(1),
      /** Everything is computed from all nodes, however long that takes; else a large network is sampled. */
      exact: z.boolean().default(false),
    }),
  )
  .output(streamOf(networkMeasures));

/** The network with each university, or each community found, as one node. Nothing is written. */
export const groups = operation.input(groupsInput).output(streamOf(networkGroups));

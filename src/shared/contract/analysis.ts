import { z } from 'zod';
import { readOperation } from './base.ts';
import { groupsInput, networkGroups } from './network.ts';
import { streamOf } from './progress.ts';
import { entityType } from './record.ts';
import { share, withDisplay } from './display-rules.ts';

/**
 * leaving: lost with the people who leave by the end of the next term. leavers: people whose departure would cost most. degrading: links that weaken this term. weak: links that are weak already. undocumented: links
 * that only people know. cohorts: teams where more members leave than is likely. expertise: areas known by one person, and needed areas that nobody has or all leave with. code: areas of code that nobody who stays knows. changes: since last term.
 */
export const question = z.enum([
  'leaving',
  'leavers',
  'degrading',
  'weak',
  'undocumented',
  'cohorts',
  'expertise',
  'code',
  'changes',
]);
export type Question = z.infer<typeof question>;

/** Parts of a sentence, for translation. */
const reason = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Reason = z.infer<typeof reason>;

export const namedRecord = z.object({ id: z.string(), type: entityType, title: z.string() });
export type NamedRecord = z.infer<typeof namedRecord>;

/** A step of a scenario, applied before its terms pass. */
export const scenarioStep = z.discriminatedUnion('do', [
  z.object({ do: z.literal('remove'), ids: z.array(z.string()).min(1).max(1000) }),
  z.object({ do: z.literal('cut'), id: z.string() }),
  z.object({
    do: z.literal('strengthen'),
    id: z.string(),
    bond_type: z.string(),
    /** Per cent; default: the bond's usual loss. */
    energy_loss: z.number().min(0).max(100).optional(),
  }),
  z.object({
    do: z.literal('link'),
    from: z.string(),
    to: z.string(),
    bond_type: z.string(),
    energy_loss: z.number().min(0).max(100).optional(),
  }),
  /** Sets the documented share of a link, in per cent; default 80. */
  z.object({ do: z.literal('document'), id: z.string(), documented: z.number().min(0).max(100).optional() }),
  /** Adds members to a team; they have half the knowledge in their first term. */
  z.object({ do: z.literal('recruit'), team: z.string(), count: z.number().int().min(1).max(100) }),
  /** Adds a member with full knowledge and this many terms left; by default they stay longer than any scenario. */
  z.object({ do: z.literal('mentor'), team: z.string(), terms: z.number().int().min(1).max(20).optional() }),
]);
export type ScenarioStep = z.infer<typeof scenarioStep>;

/** A step of a repair. Two change no knowledge flow: `learn` gives an area of expertise another holder, `author` files of code another author. */
const repairStep = z.discriminatedUnion('do', [
  ...scenarioStep.options,
  z.object({ do: z.literal('learn'), id: z.string(), area: z.string() }),
  z.object({
    do: z.literal('author'),
    id: z.string(),
    repository: z.string(),
    /** The key of the area in the repository. */
    area: z.string(),
    files: z.array(z.string()),
  }),
]);
export type RepairStep = z.infer<typeof repairStep>;

const intervention = z.object({
  title: z.string(),
  ...reason.shape,
  value: share(),
  changes: z.array(repairStep),
});
export type Intervention = z.infer<typeof intervention>;

const insightColumns = [
  'value',
  ['confidence', 'Rank holds'],
  'in_top',
  'title',
  'about',
  ['alike', 'Interchangeable'],
  'university',
  'reason',
] as const;

const insight = withDisplay(
  z.object({
    /** The record, or `ids` for several records together. */
    id: z.string().optional(),
    ids: z.array(z.string()).optional(),
    type: entityType.nullable(),
    title: z.string(),
    /** The description of a link, because parallel links have one title. */
    about: z.string().optional(),
    /** Number of interchangeable records in `ids`: the insight applies to any one of them. Otherwise 1. */
    alike: z.number(),
    /** Name of the university that the records share; null if they have none in common. */
    university: z.string().nullable(),
    /** A share, 0 to 1; for `changes` -1 to 1, negative for a decline. The question defines the whole. */
    value: share(),
    /** Share of stress tests in which the item keeps its rank or a better one; null without stress tests. */
    confidence: share().nullable(),
    /** Share of stress tests in which the item is among the `top` largest; null without stress tests. */
    in_top: share().nullable(),
    /** The reason as an English sentence; `because` has its parts. */
    reason: z.string(),
    because: reason,
    areas: z.array(z.string()).optional(),
    /** Listed after the first ones although others cost more; its rank is unknown. */
    beyond: z.literal(true).optional(),
    /** The first of `record_count` records that cause the value, largest contribution first. */
    records: z.array(namedRecord),
    record_count: z.number(),
    interventions: z.array(intervention),
  }),
  { columns: insightColumns },
);
export type Insight = z.infer<typeof insight>;

export const head = z.object({
  id: z.number(),
  hash: z.string(),
  /** Time of the newest entry (ISO 8601); null for an empty log. */
  at: z.string().nullable(),
});

const measurement = {
  /** The head of the log that was read. The same head, seed and version give the same answer. */
  head,
  seed: z.number(),
  version: z.number(),
};

const unrecordedLinks = withDisplay(
  z.object({
    share: share(),
    low: share(),
    high: share(),
    confirmed: z.number(),
    added: z.number(),
  }),
  {
    label: 'Links never recorded',
    text: ({ share: part, low, high, confirmed, added }) =>
      confirmed + added > 0
        ? `${percentOf(part)} (${percentOf(low)} to ${percentOf(high)}; ${added} of ${confirmed + added} links in confirmations were new)`
        : `${percentOf(part)}, assumed; "frames confirm" measures it`,
    absent: '',
  },
);
const percentOf = (part: number): string => `${Math.round(100 * part)} %`;

export const answer = z.object({
  question,
  items: z.array(insight),
  ranked: z.number(),
  /** The size of the top group of `in_top`: ten, or half of the ranked items. */
  top: z.number(),
  /** Items not judged because values are missing. */
  unknown: z.number(),
  /** Number of judged links; for `leaving` and `cohorts`, of judged teams. If 0, an empty answer means nothing. */
  judged: z.number(),
  worst: insight
    .extend({
      /** Upper bound for any set of this size; equal to the value if the search was exact. */
      at_most: z.number(),
      exact: z.boolean(),
    })
    .nullable(),
  /** For `changes`: the time compared with (ISO 8601); null if there is nothing earlier. */
  since: z.string().nullable(),
  /** For `changes`: the start of the history (ISO 8601), if it is later than the last term and no other time was requested. */
  begins: z.string().nullable(),
  runs: z.number(),
  /** True if the network is too dense to measure all records: values are estimates from a random sample. */
  estimate: z.boolean(),
  /** Number of unknown inputs: terms of students, losses of links, members of teams. */
  guesses: z.object({ terms: z.number(), losses: z.number(), teams: z.number() }),
  /** What stress tests assume of links that nobody recorded: their share of all links, its 80 % interval, and what teams found when they confirmed links. */
  unrecorded: unrecordedLinks.nullable(),
  ...measurement,
});
export type Answer = z.infer<typeof answer>;

export const insightsInput = z.object({
  question,
  /** For leavers: people and teams, only people, or only teams. Default: teams or all, by the setting of `ranking`. */
  who: z.enum(['all', 'people', 'teams']).optional(),
  /** Only leavers and teams of this university, or links with an end there. */
  university: z.string().min(1).max(200).nullable().default(null),
  /** In a sandbox: gives the answers for live. Not for changes. */
  of: z.literal('live').optional(),
  set: z.number().int().min(2).max(3).nullable().default(null),
  limit: z.number().int().min(1).max(1000).default(10),
  /** Skips confidence and interventions, which take time. */
  quick: z.boolean().default(false),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31)
    .default(1),
  /** For changes: the time to compare with (ISO 8601); default: the end of the last term. */
  since: z.iso.datetime().optional(),
});

/** Answers one of the questions about the open target. Read-only. */
export const insights = readOperation.input(insightsInput).output(streamOf(answer));

const risk = z.object({ risk: z.number(), riskLevel: z.enum(['HIGH', 'MEDIUM', 'LOW']) });
const stage = z.object({ count: z.number(), percentage: withDisplay(z.number(), { unit: 'percent' }) });

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
  lifecycle: z.object({ incoming: stage, established: stage, outgoing: stage, total: z.number() }),
});
export type LegacyMeasures = z.infer<typeof legacyMeasures>;

export const originalMeasures = readOperation
  .input(z.object({ university: z.string().optional() }))
  .output(legacyMeasures);

/** Network measures of the undirected graph of interfaces; parallel interfaces count separately. */
export const networkMeasures = z.object({
  nodes: z.array(
    z.object({
      id: z.string(),
      /** Number of incident interfaces, without self-loops. */
      degree: z.number(),
      in_degree: z.number(),
      out_degree: z.number(),
      /** By unweighted shortest paths (Freeman 1977), each pair once. Normalised by the number of pairs of other nodes. */
      betweenness: z.number(),
      /**
       * Betweenness where a link's length is -ln of the share it passes on, in millionths and at least one. The shortest path is then the
       * one that passes on most. Of parallel links the best counts. A link with unknown strength, or that passes on nothing, is no path.
       */
      weighted_betweenness: z.number(),
      /** Inverse mean distance to all reachable nodes, times their share of the other nodes (Wasserman and Faust 1994). */
      closeness: z.number(),
      /** Bonacich 1987; parallel interfaces add up; the sum of squares is 1. 0 outside the component with the largest eigenvalue. */
      eigenvector: z.number(),
      /** The largest k such that the node is in the k-core. */
      core: z.number(),
      community: z.number(),
      /** True if removing the node increases the number of components. */
      articulation: z.boolean(),
    }),
  ),
  /** End pairs of bridges: interfaces whose removal increases the number of components. Parallel interfaces are never bridges. */
  bridges: z.array(z.tuple([z.string(), z.string()])),
  /** Of the declared structure (universities) and of the communities found (Newman and Girvan 2004). */
  modularity: z.object({ declared: z.number(), found: z.number() }),
  coupling: z.object({ within: z.number(), between: z.number() }),
  components: z.number(),
  /** Fragmentation of the network as nodes are removed (Albert, Jeong and Barabási 2000). */
  robustness: z.object({
    /**
     * Largest component as a share of all nodes, 0 to 1, after each number of removals. Nodes are removed by highest betweenness, by
     * highest degree, or at random (mean). Covers up to half of the nodes in at most 25 steps; empty without nodes.
     */
    curve: z.array(z.object({ removed: z.number(), betweenness: share(), degree: share(), random: share() })),
    /** Removals that halve the largest component, by order; 0 without nodes. */
    halved: z.object({ betweenness: z.number(), degree: z.number(), random: z.number() }),
    /** The first removals that halve the largest component, by betweenness or degree, whichever needs fewer; at most 20. */
    first: z.array(z.string()),
    runs: z.number(),
    /** How often betweenness was recomputed during the removals (Holme et al. 2002). */
    rounds: z.number(),
    removals: z.number(),
    /** Number of source nodes for each computation; equal to the number of nodes if exact. */
    sources: z.number(),
  }),
  /** Spread of failures: likelihood times impact along paths (Clarkson, Simons and Eckert 2004). */
  propagation: z.object({
    /** Largest spread first, at most 20. `value`: share, 0 to 1, of the load put at risk. `reached`: reachable nodes. */
    spreads: z.array(z.object({ id: z.string(), value: share(), reached: z.number() })),
    /** Number of start nodes, strongest first; equal to the number of nodes if exact. */
    tried: z.number(),
    /** Interfaces without loss and bond, which pass on nothing. */
    unknown: z.number(),
  }),
  /** Number of source nodes for betweenness, closeness and weighted betweenness: all if exact, otherwise sampled with the seed. */
  sources: z.number(),
  weighted_sources: z.number(),
  /** Whether paths and removals were computed from all nodes. */
  exact: z.boolean(),
  /** Largest half width of a node's 95 % interval as a share of the greatest value, from the sample variance; 0 if exact. */
  error: z.object({ betweenness: share(), weighted_betweenness: share(), closeness: share() }),
  head,
  seed: z.number(),
});
export type NetworkMeasures = z.infer<typeof networkMeasures>;

export const network = readOperation
  .input(
    z.object({
      normalised: z.boolean().default(false),
      seed: z.number().int().min(0).default(1),
      /** Computes everything from all nodes, regardless of time; otherwise a large network is sampled. */
      exact: z.boolean().default(false),
    }),
  )
  .output(streamOf(networkMeasures));

export const groups = readOperation.input(groupsInput).output(streamOf(networkGroups));

import type { Answer } from '#shared/contract/analysis.ts';
import { areasOf } from '#shared/domain/fold.ts';
import { importanceWeight } from '#shared/domain/importance.ts';
import { defaultEnergyLoss, describedShare, usualShares } from '#shared/domain/interfaces.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { readHead } from '../log/audit/head.ts';
import { idsOf } from '../network/link-index.ts';
import type { Link } from '../network/link-index.ts';

/** The measured columns of an organisation, as sent to a worker. Nodes and links are indexes. docs/science.md documents every value. */
export interface Organisation {
  /** `nodeKind` of each node. Teams and people hold knowledge and pass it on; other records only receive it. */
  readonly kinds: Uint8Array;
  readonly importance: Float64Array;
  /** The usual number of members of each team; NaN if unknown and for other nodes. */
  readonly sizes: Float64Array;
  /** The lifecycle of each team as an index of the vocabulary; `noLifecycle` for other nodes. */
  readonly lifecycles: Uint8Array;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** The loss of each link, per cent; for an unrated link the usual loss of its bond, NaN without one. */
  readonly losses: Float64Array;
  /** The documented share of each link, 0 to 1. */
  readonly documented: Float64Array;
  readonly linkImportance: Float64Array;
  /** The bearers of each link as an index of `bearerSets`; `noNode` if all members of its ends carry it. */
  readonly bearerSet: Uint32Array;
  /** The bearers as nodes; `noNode` for people who are not in the organisation. */
  readonly bearerSets: readonly Uint32Array[];
  /**
   * Memberships: the student, the team (`noNode` for none), and the terms left (NaN if unknown). A member of several teams has a row for
   * each; a student without a team has one row.
   */
  readonly students: Uint32Array;
  readonly memberOf: Uint32Array;
  readonly terms: Float64Array;
  readonly memberWeights: Float64Array;
  /** Who holds which area of expertise: a student, by node, and an index of `areas`. */
  readonly holders: Uint32Array;
  readonly heldAreas: Uint32Array;
  /** Which project or team needs which area of expertise; undefined if none states a need. */
  readonly needs?: Needs | undefined;
  /** Contacts in the last year: those of node `n` are at offsets[n] … offsets[n + 1] - 1, each with another node and how often they met. */
  readonly contacts: {
    readonly offsets: Uint32Array;
    readonly others: Uint32Array;
    readonly counts: Float64Array;
  };
}

export interface Needs {
  /** Nodes, and indexes of `areas`. */
  readonly needers: Uint32Array;
  readonly areas: Uint32Array;
  /** The project of each team by node, as a node; `noNode` for none, and for other nodes. */
  readonly teamProjects: Uint32Array;
}

/** A lead counts as two members. */
export const leadWeight = 2;

/** The version of the measures; increased when a value changes for the same records. */
export const measuresVersion = 5;

export const noLifecycle = 255;

/** In columns of nodes, sets of bearers or areas: none. */
export const noNode = 0xffff_ffff;
/** `left`: an inactive student, or a team whose listed members have all left. Only the documented share of their links passes. */
export const nodeKind = { other: 0, team: 1, person: 2, left: 3 } as const;

export interface NamedNode {
  id: string;
  type: EntityType;
  title: string;
  university: string | null;
}

export interface NamedOrganisation extends Organisation {
  readonly nodes: readonly NamedNode[];
  readonly linkIds: readonly string[];
  readonly bonds: readonly (string | null)[];
  readonly areas: readonly string[];
  readonly head: MeasuredHead;
}

export function readMeasuredHead(read: Connection): MeasuredHead {
  const { id, hash, created_at: at } = readHead(read);
  return { id, hash, at };
}

type MeasuredHead = Answer['head'];
export function withoutNames({
  nodes: _nodes,
  linkIds: _links,
  bonds: _bonds,
  areas: _areas,
  head: _head,
  ...organisation
}: NamedOrganisation): Organisation {
  return organisation;
}

export interface LinkMeasures {
  /** Per cent; NaN if loss and bond are unknown. */
  loss: number;
  /** 0 to 1. */
  documented: number;
  importance: number;
}

/** The measured values of a link; by default those of its bond. A link that a document describes has at least `describedShare`. */
export function measureLink(
  { id, bond, loss, documented, importance }: Link,
  describedLinks: ReadonlySet<string>,
): LinkMeasures {
  const bondDefault = (defaults: Readonly<Record<string, number>>): number | undefined =>
    bond === null ? undefined : defaults[bond];
  return {
    loss: loss ?? bondDefault(defaultEnergyLoss) ?? Number.NaN,
    documented:
      Math.min(
        100,
        Math.max(0, documented ?? bondDefault(usualShares) ?? 0, describedLinks.has(id) ? describedShare : 0),
      ) / 100,
    importance: importanceWeight(importance),
  };
}

export interface OrganisationState {
  organisation: Omit<NamedOrganisation, 'head'>;
  nodeById: ReadonlyMap<string, number>;
  describedLinks: ReadonlySet<string>;
}

export const importanceColumn = "r.payload->>'$.importance'";
export const activeCondition = ' AND (r.active IS NULL OR r.active <> 0)';
export const neededColumn = "r.payload->>'$.needed_expertise'";
export const teamColumns = `r.id, r.lifecycle, r.payload->>'$.size', ${importanceColumn}`;
export const studentColumns =
  "r.id, r.team_id, r.terms_remaining, r.payload->'$.other_team_ids', r.payload->>'$.is_lead', r.payload->>'$.expertise_area'";

export function readStudentRow(
  [, team, termsLeft, otherTeams, isLead, area]: readonly unknown[],
  nodeById: ReadonlyMap<string, number>,
): { teams: number[]; terms: number; weight: number; areas: string[] } {
  const ids = [team, ...idsOf(typeof otherTeams === 'string' ? JSON.parse(otherTeams) : null)];
  const teams = [
    ...new Set(ids.flatMap((teamId) => (typeof teamId === 'string' ? (nodeById.get(teamId) ?? []) : []))),
  ];
  return {
    teams: teams.length > 0 ? teams : [noNode],
    terms: typeof termsLeft === 'number' ? termsLeft : Number.NaN,
    weight: isLead === 1 ? leadWeight : 1,
    areas: readAreas(area),
  };
}

export const readAreas = (text: unknown): string[] => (typeof text === 'string' ? areasOf(text) : []);

/** The index of a lifecycle in the vocabulary. */
export function lifecycleIndex(lifecycle: unknown): number {
  const index = (vocabulary.lifecycle as readonly unknown[]).indexOf(lifecycle);
  return index === -1 ? noLifecycle : index;
}

/** Adds a link's bearers to `sets` and returns their index; `noNode` without named bearers. */
export function addBearerSet(
  { bearers }: Link,
  nodeById: ReadonlyMap<string, number>,
  sets: Uint32Array[],
): number {
  if (bearers.length === 0) return noNode;
  return sets.push(Uint32Array.from(new Set(bearers), (id) => nodeById.get(id) ?? noNode)) - 1;
}

/** The organisation with more links, which come last and name no bearers. */
export function addLinks(
  organisation: Organisation,
  links: readonly { from: number; to: number; loss: number; documented: number }[],
): Organisation {
  if (links.length === 0) return organisation;
  const { from, to, losses, documented, linkImportance, bearerSet } = organisation;
  const count = from.length + links.length;
  return {
    ...organisation,
    from: append(
      new Uint32Array(count),
      from,
      links.map((link) => link.from),
    ),
    to: append(
      new Uint32Array(count),
      to,
      links.map((link) => link.to),
    ),
    losses: append(
      new Float64Array(count),
      losses,
      links.map(({ loss }) => loss),
    ),
    documented: append(
      new Float64Array(count),
      documented,
      links.map((link) => link.documented),
    ),
    linkImportance: append(
      new Float64Array(count),
      linkImportance,
      links.map(() => 1),
    ),
    bearerSet: append(
      new Uint32Array(count),
      bearerSet,
      links.map(() => noNode),
    ),
  };
}

/** Fills `joined` with the column and the added values. Spreading typed arrays takes twice as long. */
function append<C extends Uint32Array | Float64Array>(joined: C, column: C, added: readonly number[]): C {
  joined.set(column);
  joined.set(added, column.length);
  return joined;
}

import type { NamedOrganisation } from '#core/analysis/organisation.ts';
import { nodeKind, noNode } from '#core/analysis/organisation.ts';
import { betweenness } from '#core/analysis/graph/betweenness.ts';
import { buildGraph, neighbours } from '#core/analysis/graph/graph.ts';
import type { Graph } from '#core/analysis/graph/graph.ts';
import type { SampleRecord } from '#core/sample/fill.ts';

/** Counts that anybody could take from the records, to compare with FRAMES. Ids are those of records. */
export class NetworkCounts {
  readonly #organisation: NamedOrganisation;
  readonly #nodes: ReadonlyMap<string, number>;
  /** The people of each contact, as nodes. */
  readonly #contacts: readonly (readonly number[])[];
  /** People by contacts, teams by links. */
  readonly #met: Graph;
  readonly #linked: Graph;
  readonly #betweenness: { people: Float64Array; teams: Float64Array };

  constructor(organisation: NamedOrganisation, records: Iterable<SampleRecord>) {
    this.#organisation = organisation;
    this.#nodes = new Map(organisation.nodes.map(({ id }, node) => [id, node]));
    this.#contacts = [...records]
      .filter(({ type }) => type === 'contact')
      .map(({ payload }) =>
        [...idsOf(payload['who']), ...idsOf(payload['with'])].map((id) => this.#nodeOf(id)),
      );
    const pairs = this.#contacts.flatMap((people) =>
      people.flatMap((person, index) => people.slice(index + 1).map((other) => [person, other] as const)),
    );
    const size = organisation.nodes.length;
    this.#met = buildGraph(
      size,
      pairs.map(([person]) => person),
      pairs.map(([, other]) => other),
    );
    this.#linked = buildGraph(size, organisation.from, organisation.to);
    this.#betweenness = { people: betweenness(this.#met), teams: betweenness(this.#linked) };
  }

  /** The links that name at least one of these people as a bearer. */
  linksNaming(people: readonly string[]): number {
    const nodes = new Set(people.map((id) => this.#nodeOf(id)));
    const { bearerSet, bearerSets } = this.#organisation;
    return bearerSet.filter((set) => set !== noNode && bearerSets[set]?.some((bearer) => nodes.has(bearer)))
      .length;
  }

  /** The contacts in which at least one of these people took part. */
  contactsOf(people: readonly string[]): number {
    const nodes = new Set(people.map((id) => this.#nodeOf(id)));
    return this.#contacts.filter((contact) => contact.some((person) => nodes.has(person))).length;
  }

  peopleMet(person: string): number {
    return neighbours(this.#met, this.#nodeOf(person)).length;
  }

  linkedTeams(team: string): number {
    const { kinds } = this.#organisation;
    return neighbours(this.#linked, this.#nodeOf(team)).filter((node) => kinds[node] === nodeKind.team)
      .length;
  }

  /** The linked teams of all teams of a person. */
  teamsLinkedToOwn(person: string): number {
    const { students, memberOf, nodes } = this.#organisation;
    const own = this.#nodeOf(person);
    return [...memberOf]
      .filter((team, row) => students[row] === own && team !== noNode)
      .reduce((sum, team) => sum + this.linkedTeams((nodes[team] as { id: string }).id), 0);
  }

  /** Of a person among the people who met, of a team among the linked teams. */
  betweennessOf(id: string): number {
    const node = this.#nodeOf(id);
    const { people, teams } = this.#betweenness;
    return (this.#organisation.kinds[node] === nodeKind.team ? teams[node] : people[node]) as number;
  }

  #nodeOf(id: string): number {
    const node = this.#nodes.get(id);
    if (node === undefined) throw new RangeError(`The organisation has no record ${id}`);
    return node;
  }
}

const idsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

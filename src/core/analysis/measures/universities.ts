import type { Comparison, UniversityCounts } from '#shared/contract/dashboards.ts';
import { compareNames } from '#shared/domain/sort-key.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { visibleCondition } from '../../kernel/db/schema.ts';
import { readHead } from '../../log/audit/head.ts';
import type { Services } from '../../model/services.ts';
import { Bearing, documentedShare } from '../bearing.ts';
import { standsOut, stayOf } from '../questions/cohorts.ts';
import { leavesWithin, membersOf } from '../questions/leavers.ts';
import { kindOf } from '../organisation.ts';
import { readOrganisation, unlessTried } from '../read-organisation.ts';
import type { NamedOrganisation } from '../organisation.ts';

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

class Tally {
  readonly records = { teams: 0, faculty: 0, students: 0, projects: 0 };
  readonly links = { within: 0, across: 0, shared: 0 };
  readonly cohorts = { gaps: 0, judged: 0 };
  readonly outcomes = new Map<string, UniversityCounts['outcomes'][number]>();
  leaving = 0;
  #losses = 0;
  #rated = 0;
  #codified = 0;

  addLink(place: keyof Tally['links'], loss: number, isCodified: boolean): void {
    this.links[place] += 1;
    this.#codified += Number(isCodified);
    if (Number.isNaN(loss)) return;
    this.#losses += loss;
    this.#rated += 1;
  }

  addOutcomes({ cohort_year, outcome_type, succeeded, recorded }: OutcomeRow): void {
    const key = JSON.stringify([cohort_year, outcome_type]);
    const known = this.outcomes.get(key) ?? { cohort_year, outcome_type, succeeded: 0, recorded: 0 };
    this.outcomes.set(key, {
      ...known,
      succeeded: known.succeeded + succeeded,
      recorded: known.recorded + recorded,
    });
  }

  get counts(): UniversityCounts {
    const { records, links, cohorts, leaving } = this;
    const all = links.within + links.across + links.shared;
    const outcomes = [...this.outcomes.values()].sort(
      (a, b) =>
        (a.cohort_year ?? 0) - (b.cohort_year ?? 0) ||
        compareText(a.outcome_type ?? '', b.outcome_type ?? ''),
    );
    return {
      ...records,
      links,
      // Nine decimals: the rest depends on the order of summation.
      mean_loss: this.#rated === 0 ? null : Math.round((this.#losses / this.#rated) * 1e9) / 1e9,
      unrated: all - this.#rated,
      undocumented: all === 0 ? null : 1 - this.#codified / all,
      leaving,
      cohorts,
      outcomes,
    };
  }
}

interface OutcomeRow {
  university: string | null;
  cohort_year: number | null;
  outcome_type: string | null;
  succeeded: number;
  recorded: number;
}

const tables = {
  teams: '',
  faculty: '',
  projects: '',
  students: ' AND (active IS NULL OR active <> 0)',
} as const;
const countsOf = (table: keyof typeof tables): string =>
  `SELECT university_id AS university, count(*) AS count FROM ${table} WHERE ${visibleCondition()}${tables[table]} GROUP BY 1`;
const outcomes = `SELECT university_id AS university, cohort_year, outcome_type, sum(success <> 0) AS succeeded, count(*) AS recorded
  FROM outcomes WHERE ${visibleCondition()} AND success IS NOT NULL GROUP BY 1, 2, 3`;
const universities = `SELECT id, name, coalesce(is_lead, 0) AS is_lead FROM universities WHERE ${visibleCondition()}`;

/** Counts the records of each university, with the organisation that was read. Yields to other work. */
export function* compareUniversities(
  services: Pick<Services, 'read' | 'names' | 'singletons'>,
): Generator<number, { comparison: Comparison; organisation: NamedOrganisation }, void> {
  for (let tries = 1; ; tries += 1) {
    const organisation = yield* unlessTried(tries, readOrganisation(services));
    const comparison = yield* unlessTried(tries, compare(services.read, organisation));
    // Another process may have written meanwhile.
    if (readHead(services.read).hash === organisation.head.hash) return { comparison, organisation };
  }
}

function* compare(db: ReadHandle, organisation: NamedOrganisation): Generator<number, Comparison, void> {
  const rows = db.all<{ id: string; name: string | null; is_lead: number }>(universities);
  const [shared, total] = [new Tally(), new Tally()];
  const tallies = new Map(rows.map(({ id }) => [id, new Tally()]));
  const tallyOf = (university: string | null | undefined): Tally => tallies.get(university ?? '') ?? shared;
  for (const table of Object.keys(tables) as (keyof typeof tables)[]) {
    for (const { university, count } of db.all<{ university: string | null; count: number }>(countsOf(table)))
      for (const tally of [tallyOf(university), total]) tally.records[table] += count;
    yield rows.length;
  }
  for (const row of db.all<OutcomeRow>(outcomes))
    for (const tally of [tallyOf(row.university), total]) tally.addOutcomes(row);
  yield rows.length;
  const { nodes, students, terms } = organisation;
  const atNode = (node: number): Tally => tallyOf(nodes[node]?.university);
  yield* addLinks(organisation, atNode, shared, total);
  for (const [at, node] of students.entries())
    if (leavesWithin(terms[at] as number)) for (const tally of [atNode(node), total]) tally.leaving += 1;
  yield rows.length;
  const bearing = new Bearing(organisation);
  const stay = stayOf(terms);
  for (const [node, kind] of organisation.kinds.entries()) {
    if (kind !== kindOf.team) continue;
    const left = membersOf(bearing, node).map((member) => member.terms);
    if (left.every(Number.isNaN)) continue;
    for (const { cohorts } of [atNode(node), total]) {
      cohorts.judged += 1;
      cohorts.gaps += Number(standsOut(left, stay) !== null);
    }
  }
  return {
    universities: rows
      .map(({ id, name, is_lead }) => ({
        id,
        name: name ?? id,
        is_lead: is_lead !== 0,
        ...tallyOf(id).counts,
      }))
      .sort((a, b) => compareNames(a.name, b.name) || compareText(a.id, b.id)),
    shared: shared.counts,
    total: total.counts,
  };
}

const often = 2000;

function* addLinks(
  { from, to, losses, documented }: NamedOrganisation,
  atNode: (node: number) => Tally,
  shared: Tally,
  total: Tally,
): Generator<number, void, void> {
  for (let link = 0; link < from.length; link++) {
    const ends = new Set([atNode(from[link] as number), atNode(to[link] as number)]);
    const place = ends.size === 1 ? 'within' : ends.has(shared) ? 'shared' : 'across';
    for (const tally of [...ends, total])
      tally.addLink(place, losses[link] as number, (documented[link] as number) >= documentedShare);
    if (link % often === 0) yield link;
  }
}

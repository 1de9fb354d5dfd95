import type { Comparison, UniversityCounts } from '#shared/contract/dashboards.ts';
import { compareNames, compareText } from '#shared/domain/sort-key.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { visibleCondition } from '../../kernel/db/schema.ts';
import { retryOnChange } from '../../log/retry-on-change.ts';
import type { Services } from '../../model/services.ts';
import { Bearing, minDocumentedShare } from '../bearer-model.ts';
import { findStandout, estimateStay } from '../cohorts.ts';
import { leavesWithin, membersOf } from '../questions/leavers.ts';
import { nodeKind } from '../organisation.ts';
import { readOrganisation } from '../read-organisation.ts';
import type { NamedOrganisation } from '../organisation.ts';

class Tally {
  readonly records = { teams: 0, faculty: 0, students: 0, projects: 0 };
  readonly links = { within: 0, across: 0, shared: 0 };
  readonly cohorts = { gaps: 0, judged: 0 };
  readonly outcomes = new Map<string, UniversityCounts['outcomes'][number]>();
  leaving = 0;
  #lossSum = 0;
  #ratedCount = 0;
  #documentedCount = 0;

  addLink(kind: keyof Tally['links'], loss: number, isDocumented: boolean): void {
    this.links[kind] += 1;
    this.#documentedCount += Number(isDocumented);
    if (Number.isNaN(loss)) return;
    this.#lossSum += loss;
    this.#ratedCount += 1;
  }

  addOutcomes({ cohort_year, outcome_type, succeeded, recorded }: OutcomeRow): void {
    const key = JSON.stringify([cohort_year, outcome_type]);
    const counts = this.outcomes.get(key) ?? { cohort_year, outcome_type, succeeded: 0, recorded: 0 };
    this.outcomes.set(key, {
      ...counts,
      succeeded: counts.succeeded + succeeded,
      recorded: counts.recorded + recorded,
    });
  }

  get counts(): UniversityCounts {
    const { records, links, cohorts, leaving } = this;
    const linkCount = links.within + links.across + links.shared;
    const outcomes = [...this.outcomes.values()].sort(
      (a, b) =>
        (a.cohort_year ?? 0) - (b.cohort_year ?? 0) ||
        compareText(a.outcome_type ?? '', b.outcome_type ?? ''),
    );
    return {
      ...records,
      links,
      // Nine decimals: the rest depends on the order of summation.
      mean_loss: this.#ratedCount === 0 ? null : Math.round((this.#lossSum / this.#ratedCount) * 1e9) / 1e9,
      unrated: linkCount - this.#ratedCount,
      undocumented: linkCount === 0 ? null : 1 - this.#documentedCount / linkCount,
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

const extraConditions = {
  teams: '',
  faculty: '',
  projects: '',
  students: ' AND (active IS NULL OR active <> 0)',
} as const;
const countQuery = (table: keyof typeof extraConditions): string =>
  `SELECT university_id AS university, count(*) AS count FROM ${table} WHERE ${visibleCondition()}${extraConditions[table]} GROUP BY 1`;
const outcomeQuery = `SELECT university_id AS university, cohort_year, outcome_type, sum(success <> 0) AS succeeded, count(*) AS recorded
  FROM outcomes WHERE ${visibleCondition()} AND success IS NOT NULL GROUP BY 1, 2, 3`;
const universityQuery = `SELECT id, name, coalesce(is_lead, 0) AS is_lead FROM universities WHERE ${visibleCondition()}`;

/** Counts the records of each university; also returns the organisation that was read. Yields to other work. */
export function* compareUniversities(
  services: Pick<Services, 'read' | 'names' | 'singletons'>,
): Generator<number, { comparison: Comparison; organisation: NamedOrganisation }, void> {
  return yield* retryOnChange(services.read, function* () {
    const organisation = yield* readOrganisation(services);
    const comparison = yield* tallyUniversities(services.read, organisation);
    return { comparison, organisation };
  });
}

function* tallyUniversities(
  db: ReadHandle,
  organisation: NamedOrganisation,
): Generator<number, Comparison, void> {
  const rows = db.all<{ id: string; name: string | null; is_lead: number }>(universityQuery);
  const [sharedTally, totalTally] = [new Tally(), new Tally()];
  const tallies = new Map(rows.map(({ id }) => [id, new Tally()]));
  const tallyOf = (university: string | null | undefined): Tally =>
    tallies.get(university ?? '') ?? sharedTally;
  for (const table of Object.keys(extraConditions) as (keyof typeof extraConditions)[]) {
    for (const { university, count } of db.all<{ university: string | null; count: number }>(
      countQuery(table),
    ))
      for (const tally of [tallyOf(university), totalTally]) tally.records[table] += count;
    yield rows.length;
  }
  for (const row of db.all<OutcomeRow>(outcomeQuery))
    for (const tally of [tallyOf(row.university), totalTally]) tally.addOutcomes(row);
  yield rows.length;
  const { nodes, students, terms } = organisation;
  const tallyOfNode = (node: number): Tally => tallyOf(nodes[node]?.university);
  yield* addLinks(organisation, tallyOfNode, sharedTally, totalTally);
  const leaving = new Set([...students].filter((_, row) => leavesWithin(terms[row] as number)));
  for (const node of leaving) for (const tally of [tallyOfNode(node), totalTally]) tally.leaving += 1;
  yield rows.length;
  const bearing = new Bearing(organisation);
  const stay = estimateStay(terms);
  for (const [node, kind] of organisation.kinds.entries()) {
    if (kind !== nodeKind.team) continue;
    const termsLeft = membersOf(bearing, node).map((member) => member.terms);
    if (termsLeft.every(Number.isNaN)) continue;
    for (const { cohorts } of [tallyOfNode(node), totalTally]) {
      cohorts.judged += 1;
      cohorts.gaps += Number(findStandout(termsLeft, stay) !== null);
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
    shared: sharedTally.counts,
    total: totalTally.counts,
  };
}

const linksPerYield = 2000;

function* addLinks(
  { from, to, losses, documented }: NamedOrganisation,
  tallyOfNode: (node: number) => Tally,
  sharedTally: Tally,
  totalTally: Tally,
): Generator<number, void, void> {
  for (let link = 0; link < from.length; link++) {
    const ends = new Set([tallyOfNode(from[link] as number), tallyOfNode(to[link] as number)]);
    const kind = ends.size === 1 ? 'within' : ends.has(sharedTally) ? 'shared' : 'across';
    for (const tally of [...ends, totalTally])
      tally.addLink(kind, losses[link] as number, (documented[link] as number) >= minDocumentedShare);
    if (link % linksPerYield === 0) yield link;
  }
}

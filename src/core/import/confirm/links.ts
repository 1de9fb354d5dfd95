import { readPages } from '../../model/read-pages.ts';
import { compareNames } from '#shared/domain/sort-key.ts';
import type { Json } from '#shared/domain/json.ts';
import { referencedIds } from '#shared/domain/references.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { visibleCondition } from '../../kernel/db/schema.ts';

export interface Team {
  id: string;
  title: string;
  university: string | null;
}

export interface Link {
  id: string;
  from: string;
  to: string;
  bond: string | null;
  loss: number | null;
  confirmed: string | null;
  bearers: readonly string[];
  documented: number | null;
}

interface LinkRow extends Omit<Link, 'bearers' | 'documented'> {
  row: number;
  bearers: string | null;
  documented: Json;
}

export interface TeamLinks {
  /** The teams that have links, ordered by name. */
  teams: { team: Team; links: Link[] }[];
}

/** Which teams: those of a university, those with the given ids, or all. */
export interface TeamScope {
  university: string | null;
  teams?: readonly string[] | undefined;
}

const teamsSql = `SELECT rowid AS row, id, coalesce(name, '') AS title, university_id AS university FROM teams
  WHERE ${visibleCondition()} AND (:university IS NULL OR university_id = :university)`;
const linksSql = `SELECT rowid AS row, id, from_id AS "from", to_id AS "to", bond_type AS bond, energy_loss AS loss,
  payload ->> '$.confirmed_at' AS confirmed, CASE json_type(payload, '$.bearers') WHEN 'array' THEN payload -> '$.bearers' END AS bearers,
  payload ->> '$.documented' AS documented FROM interfaces WHERE ${visibleCondition()}`;

/** Teams with their links; a link between two teams belongs to both. Yields rows read. */
export function* readTeamLinks(
  db: ReadHandle,
  { university, teams }: TeamScope,
): Generator<number, TeamLinks, void> {
  const chosenIds = teams && new Set(teams);
  const teamsById = new Map<string, TeamLinks['teams'][number]>();
  let done = 0;
  for (const rows of readPages<Team & { row: number }>(db, teamsSql, { university })) {
    for (const { row: _, ...team } of rows)
      if (chosenIds?.has(team.id) ?? true) teamsById.set(team.id, { team, links: [] });
    yield (done += rows.length);
  }
  for (const rows of readPages<LinkRow>(db, linksSql, {})) {
    for (const { row: _, bearers, documented, ...rest } of rows) {
      const ids = bearers === null ? [] : referencedIds(JSON.parse(bearers) as Json);
      const link = { ...rest, bearers: ids, documented: typeof documented === 'number' ? documented : null };
      teamsById.get(link.from)?.links.push(link);
      teamsById.get(link.to)?.links.push(link);
    }
    yield (done += rows.length);
  }
  const linkedTeams = [...teamsById.values()].filter(({ links }) => links.length > 0);
  linkedTeams.sort((a, b) => compareNames(a.team.title, b.team.title) || (a.team.id < b.team.id ? -1 : 1));
  return { teams: linkedTeams };
}

/** Whether a link was confirmed since the start of the term. */
export const isConfirmed = ({ confirmed }: Pick<Link, 'confirmed'>, since: string): boolean =>
  confirmed !== null && confirmed >= since;

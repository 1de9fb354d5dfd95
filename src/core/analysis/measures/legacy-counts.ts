import { visibleCondition } from '../../kernel/db/schema.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import type { LegacyCounts } from './legacy.ts';

const teamQuery = `SELECT discipline, lifecycle FROM teams WHERE ${visibleCondition()}`;
const facultyQuery = `SELECT count(*) AS count FROM faculty WHERE ${visibleCondition()}`;
const projectQuery = `SELECT type, duration_months FROM projects WHERE ${visibleCondition()}`;
const linkQuery = `SELECT i.bond_type AS bond, i.energy_loss AS loss, a.discipline <> b.discipline AS crossing
  FROM interfaces i LEFT JOIN teams a ON a.id = i.from_id LEFT JOIN teams b ON b.id = i.to_id WHERE ${visibleCondition('i')}`;

interface LinkRow {
  bond: string | null;
  loss: number | null;
  crossing: number | null;
}

/**
 * Reads the counts for the measures of the program before FRAMES (`legacy.ts`). A link counts for a university if either end belongs to
 * it. Yields between tables.
 */
export function* readLegacyCounts(
  db: ReadHandle,
  university?: string,
): Generator<number, LegacyCounts, void> {
  const condition = university === undefined ? '' : ' AND university_id = ?';
  const parameters = university === undefined ? [] : [university];
  const teams = db.all<LegacyCounts['teams'][number]>(teamQuery + condition, parameters);
  yield teams.length;
  const facultyCount = db.get<{ count: number }>(facultyQuery + condition, parameters)?.count ?? 0;
  const projects = db.all<LegacyCounts['projects'][number]>(projectQuery + condition, parameters);
  yield projects.length;
  const endConditions = ['from_id', 'to_id'].flatMap((end) =>
    ['universities', 'teams', 'faculty', 'students', 'projects', 'outcomes'].map(
      (table) => `i.${end} IN (SELECT id FROM ${table} WHERE university_id = ?)`,
    ),
  );
  const links = db.all<LinkRow>(
    university === undefined ? linkQuery : `${linkQuery} AND (${endConditions.join(' OR ')})`,
    university === undefined ? [] : endConditions.map(() => university),
  );
  yield links.length;
  const interfaces = links.map(({ bond, loss, crossing }) => ({
    bond,
    loss,
    crossDiscipline: crossing === 1,
  }));
  return { teams, faculty: facultyCount, projects, interfaces };
}

import type { Leaving } from '#shared/contract/dashboards.ts';
import { leavesWithin } from '../questions/leavers.ts';
import { nobody } from '../organisation.ts';
import type { NamedOrganisation } from '../organisation.ts';

type Team = Leaving['by_team'][number];

/** Students whose terms end by `by`, by team; of one university, or of all if null. */
export function findLeaving(
  { nodes, students, memberOf, terms }: NamedOrganisation,
  { university, limit, by }: { university: string | null; limit: number; by: string },
): Leaving {
  const members = new Map<number, number>();
  for (const team of memberOf) members.set(team, (members.get(team) ?? 0) + 1);
  const teams = new Map<number, Team>();
  let people = 0;
  for (const [at, node] of students.entries()) {
    const student = nodes[node];
    const left = terms[at] as number;
    if (!student || !leavesWithin(left) || (university !== null && student.university !== university))
      continue;
    people += 1;
    const place = memberOf[at] as number;
    const known = teams.get(place) ?? {
      team: teamAt(nodes, place),
      members: members.get(place) ?? 0,
      leaving: [],
    };
    known.leaving.push({ id: student.id, title: student.title, terms: left });
    teams.set(place, known);
  }
  const share = ({ team, leaving, members: all }: Team): number => (team === null ? 0 : leaving.length / all);
  const found = [...teams.values()].sort(
    (a, b) => share(b) - share(a) || b.leaving.length - a.leaving.length,
  );
  return {
    by,
    people,
    teams: teams.size - Number(teams.has(nobody)),
    by_team: found.slice(0, limit),
  };
}

function teamAt(nodes: NamedOrganisation['nodes'], place: number): Team['team'] {
  const node = place === nobody ? undefined : nodes[place];
  return node ? { id: node.id, type: node.type, title: node.title } : null;
}

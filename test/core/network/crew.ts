import type { Network } from '#shared/contract/network.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { makeTemplate } from '#test/support/workspace.ts';
import type { Template } from '#test/support/workspace.ts';

/**
 * Two universities; a project of the first; teams a to e, joined a–b, b–c, c–d, d–a, and e alone; a student of team a; a faculty
 * member joined with team a; an outcome joined with team b; team x, joined with a, is deleted.
 */
export function networkTemplate(): Promise<Template> {
  return makeTemplate(async (workspace) => {
    const ada = workspace.as();
    const make = (type: EntityType, id: string, data: Record<string, string | number>): Promise<unknown> =>
      ada.entities.create({ type, id, data });
    await make('university', 'u1', { name: 'Alpine' });
    await make('university', 'u2', { name: 'Bay' });
    await make('project', 'p', { name: 'Orbit', university_id: 'u1' });
    for (const [at, id] of ['a', 'b', 'c', 'd', 'e', 'x'].entries()) {
      const data = { name: `Team ${id}`, university_id: at % 2 ? 'u2' : 'u1', size: at + 1 };
      await make('team', id, { ...data, ...(id === 'a' ? { project_id: 'p', discipline: 'software' } : {}) });
    }
    await make('student', 's', { name: 'Sam', team_id: 'a', university_id: 'u1', terms_remaining: 1 });
    await make('faculty', 'f', { name: 'Fay', university_id: 'u2' });
    await make('outcome', 'o', { outcome_type: 'mission_success' });
    const links = ['a b', 'b c', 'c d', 'd a', 'f a', 'o b', 'x a'];
    for (const [at, pair] of links.entries()) {
      const [from = '', to = ''] = pair.split(' ');
      await make('interface', `l-${from}${to}`, {
        from,
        to,
        bond_type: 'fragile-temporary',
        energy_loss: at,
      });
    }
    await ada.entities.remove({ type: 'team', id: 'x' });
  });
}

/** The edges by the ids of what they join: `a>b`, sorted. */
export function edgesOf({ nodes, edges }: Network): string[] {
  return edges.id
    .map((_, at) => `${nodes.id[edges.from[at] as number]}>${nodes.id[edges.to[at] as number]}`)
    .toSorted();
}

/** One node by its id, as an object. */
export function nodeOf({ nodes }: Network, id: string) {
  const at = nodes.id.indexOf(id);
  return {
    type: nodes.type[at],
    title: nodes.title[at],
    university: nodes.university[at],
    links: nodes.links[at],
    x: nodes.x[at],
    y: nodes.y[at],
    values: Object.fromEntries(Object.entries(nodes.values).map(([field, column]) => [field, column[at]])),
  };
}

/** Every column is as long as the others, and edges name nodes that are there. */
export function isWhole({ nodes, edges }: Network): boolean {
  const count = nodes.id.length;
  const columns = [nodes.type, nodes.title, nodes.university, nodes.links, nodes.x, nodes.y];
  const along = [edges.from, edges.to, edges.kind, edges.bond, edges.loss];
  return (
    [...columns, ...Object.values(nodes.values)].every((column) => column.length === count) &&
    along.every((column) => column.length === edges.id.length) &&
    [...edges.from, ...edges.to].every((place) => place >= 0 && place < count)
  );
}

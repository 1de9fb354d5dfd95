import type { Json } from '#shared/domain/json.ts';
import { makeTemplate } from '#test/support/workspace.ts';
import type { Client, Template } from '#test/support/workspace.ts';

const disciplines = ['software', 'ground', null, 'électrique'];

/** Two universities, a project, and sixty teams with gaps and ties of which every seventh is deleted. */
export function crewTemplate(): Promise<Template> {
  return makeTemplate(async (workspace) => {
    const ada = workspace.as();
    for (const id of ['u1', 'u2'])
      await ada.entities.create({ type: 'university', id, data: { name: id === 'u1' ? 'Zeta' : 'alpha' } });
    await ada.entities.create({ type: 'project', id: 'p1', data: { name: 'Orbit', university_id: 'u1' } });
    const teams = Array.from({ length: 60 }, (_, index) => {
      const data: Record<string, Json> = {
        name: `${['Avionics', 'avionics', 'Énergie'][index % 3]} ${index % 9}`,
        university_id: ['u1', 'u2', null][index % 3] ?? null,
        discipline: disciplines[index % 4] ?? null,
        size: 1 + ((index * 7) % 13),
        experience: index % 6 === 0 ? null : index,
      };
      if (index % 2) data['project_id'] = 'p1';
      return ada.entities.create({ type: 'team', id: idOf(index), data });
    });
    await Promise.all(teams);
    for (let index = 0; index < 60; index += 7) await ada.entities.remove({ type: 'team', id: idOf(index) });
  });
}

export const idOf = (index: number): string => `t${String(index).padStart(2, '0')}`;

/** How many audit transactions there are, and the newest of them. */
export async function newest(client: Client) {
  const { rows, total } = await client.history.list({ limit: 1 });
  return { total, label: rows[0]?.label, params: rows[0]?.params, changes: rows[0]?.changes };
}

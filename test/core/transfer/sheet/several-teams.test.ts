import { describe, expect, it } from 'vitest';
import { workspaceForEach } from '../workspace.ts';
import { bringText, told, tryText } from './support.ts';

const workspace = workspaceForEach();

const roster = (...teams: string[]): string =>
  ['Nome;Gruppi', ...teams.map((team, index) => `Ada ${'ABCDEF'[index]}li;${team}`)].join('\n');

const teamsOf = async (): Promise<string[]> => {
  const { rows } = await workspace.client.entities.list({ type: 'student' });
  const { rows: teams } = await workspace.client.entities.list({ type: 'team' });
  const titleOf = (id: unknown): string => teams.find((team) => team.id === id)?.title ?? '';
  return rows.map(({ payload }) =>
    [payload.team_id, ...((payload.other_team_ids ?? []) as string[])].map(titleOf).join(' + '),
  );
};

describe('a student with several teams in one cell', () => {
  it('has the first as team and the others as further teams, if each is known, which is said', async () => {
    const text = roster('Payload', 'Avionica', 'Payload, Avionica', 'Avionica');
    const { preview } = await tryText(workspace, text, { type: 'student' });
    expect(told(preview)).toContain('several_teams | Payload, Avionica | 4 | converted');
    await bringText(workspace, text, { type: 'student' });
    expect(await teamsOf()).toEqual(['Payload', 'Avionica', 'Payload + Avionica', 'Avionica']);
  });

  it('is asked for if one of them is unknown', async () => {
    const { preview } = await tryText(workspace, roster('Payload', 'Payload, Telaio', 'Payload'), {
      type: 'student',
    });
    expect(told(preview)).toContain('several_names | Payload, Telaio | 3 | empty');
  });
});

describe('a cell that names no team', () => {
  it.each([
    'Nessun gruppo',
    'No team',
    'kein Team',
    'sin equipo',
    'Aucune équipe',
    'sem equipa',
    'geen ploeg',
  ])('is empty: %s', async (none) => {
    await bringText(workspace, roster('Payload', none, 'Avionica', none), { type: 'student' });
    expect(await teamsOf()).toEqual(['Payload', '', 'Avionica', '']);
  });

  it('is not one that begins with such a word', async () => {
    await bringText(workspace, roster('Payload', 'No Signal', 'Payload'), { type: 'student' });
    expect(await teamsOf()).toEqual(['Payload', 'No Signal', 'Payload']);
  });
});

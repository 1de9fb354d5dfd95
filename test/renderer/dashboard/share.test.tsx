import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import DashboardView from '#renderer/features/dashboard/DashboardView.tsx';
import { navigate } from '#renderer/stores/address.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { dashboardOf } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { serveShell } from '../support/shell.ts';

beforeEach(() => queryClient.clear());

it('the comparison and the dashboard of a university are shared as pages without names of people', async () => {
  await serveCore();
  const shell = await serveShell();
  const create = async (type: 'university' | 'team' | 'student', data: object): Promise<string> =>
    (await api.entities.create({ type, data: { ...data } })).record.id;
  const university = await create('university', { name: 'Summit' });
  const team = await create('team', { name: 'Radio', university_id: university });
  await create('student', {
    name: 'Lena Berg',
    university_id: university,
    team_id: team,
    terms_remaining: 0,
  });
  const save = async (id: string): Promise<string> => {
    const before = shell.saved.length;
    navigate(dashboardOf(id));
    const { hands, unmount } = draw(<DashboardView />);
    const button = await screen.findByRole('button', { name: 'Share as page…' });
    await waitFor(() => expect(button).toHaveProperty('disabled', false));
    await hands.click(button);
    const dialog = await screen.findByRole('dialog', { name: 'Share as page' });
    expect(within(dialog).queryByRole('checkbox', { name: 'Network' })).toBeNull();
    await hands.click(within(dialog).getByRole('button', { name: 'Choose where…' }));
    await waitFor(() => expect(shell.saved.length).toBe(before + 1), { timeout: 15_000 });
    unmount();
    const content = shell.saved.at(-1);
    return content?.kind === 'text' ? content.text : '';
  };
  expect(await save('')).toContain('<th scope="row">Summit</th><td class="number">1</td>');
  const html = await save(university);
  expect(html).toContain('<strong>Radio</strong>');
  expect(html).toContain('Person 1');
  expect(html).not.toContain('Lena');
});

import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { changeRefusal, creationRefusal } from '#renderer/features/records/data/permissions.ts';
import { gridOf } from '#renderer/features/records/grid/state.ts';
import { showPanel } from '#renderer/stores/address.ts';
import { clearNotices, useNotices } from '#renderer/stores/notices.ts';
import { useRegistry } from '#renderer/commands/registry.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { Role } from '#shared/domain/vocabulary.ts';
import { serveCore } from '../support/core.ts';
import { drawList, freshList } from '../support/list.tsx';

async function open(role: Role) {
  await serveCore();
  const ids = new Map<string, string>();
  for (const name of ['Summit', 'Redwood'])
    ids.set(name, (await api.entities.create({ type: 'university', data: { name } })).record.id);
  for (const [name, university] of [
    ['Avionics', 'Summit'],
    ['Thermal', 'Redwood'],
  ] as const) {
    const university_id = ids.get(university) ?? '';
    const made = await api.entities.create({ type: 'team', data: { name, size: 4, university_id } });
    ids.set(name, made.record.id);
  }
  const university_id = ids.get('Summit') ?? null;
  const profile = await api.workspace.createProfile({ name: 'Vera', role, university_id });
  await api.workspace.actAs({ profile: profile.id });
  return { ids, ...(await drawList('Thermal')) };
}

const enabled = (id: string): boolean | undefined =>
  useRegistry.getState().commands.find((command) => command.id === id)?.enabled;

beforeEach(() => freshList(['size']));

describe('permission to change records', () => {
  it('a viewer sees read-only cells and forms, with the reason, before anything is typed', async () => {
    const { ids, hands } = await open('viewer');
    const why = 'Viewers cannot change records.';
    await waitFor(() => expect(screen.getAllByLabelText(why).length).toBeGreaterThan(0));
    expect(screen.getByRole('gridcell', { name: /^Avionics/ }).getAttribute('aria-readonly')).toBe('true');
    const fresh = screen.getByRole('button', { name: 'New team' });
    expect([fresh.getAttribute('aria-disabled'), fresh.title]).toEqual(['true', why]);
    await hands.keyboard('7');
    expect(gridOf().getState().editing).toBeNull();
    expect(await screen.findByText('“Avionics” is read-only for you')).toBeTruthy();
    for (const id of ['record.edit', 'record.editMany', 'record.delete', 'record.paste', 'record.new'])
      expect(enabled(id), id).toBe(false);
    act(() => showPanel({ kind: 'record', id: ids.get('Avionics') ?? '', tab: 'details' }));
    const name = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name' });
    const form = name.closest('fieldset');
    expect(form?.disabled).toBe(true);
    expect(form?.title).toBe(why);
    expect(document.getElementById(form?.getAttribute('aria-describedby') ?? '')?.textContent).toBe(why);
  });

  it('a viewer sees the reason for every attempt, before any input', async () => {
    const { hands, grid } = await open('viewer');
    const why = 'Viewers cannot change records.';
    await waitFor(() => expect(screen.getAllByLabelText(why).length).toBeGreaterThan(0));
    const steps = async () => (await api.history.list({ limit: 1 })).total;
    const before = await steps();
    const notices = () =>
      useNotices.getState().list.map(({ title, more }) => `${title as string}: ${more as string}`);
    const refused = async (what: string) => {
      await waitFor(() => expect(notices()[0]).toBe(`${what} read-only for you: ${why}`));
      expect(gridOf().getState().editing).toBeNull();
      expect(screen.queryByRole('dialog')).toBeNull();
      clearNotices();
    };
    clearNotices();
    for (const key of ['x', '{F2}', '{Backspace}', '{Delete}', '{Control>}{Delete}{/Control}']) {
      await hands.keyboard(key);
      await refused('“Avionics” is');
    }
    await hands.dblClick(screen.getAllByRole('gridcell', { name: '4' })[1] as HTMLElement);
    await refused('“Thermal” is');
    await hands.keyboard('{Delete}');
    await refused('“Thermal” is');
    await hands.keyboard('{Control>}d{/Control}');
    await refused('“Thermal” is');
    await hands.keyboard('{Home}{Shift>}{ArrowUp}{/Shift}');
    await screen.findByText('2 selected', { selector: 'output' });
    await hands.keyboard('{Delete}');
    await refused('2 teams are');
    await hands.keyboard('{Escape}{Control>}a{/Control}{Delete}');
    await refused('2 teams are');
    await hands.keyboard('{Escape}');
    fireEvent.paste(grid, { clipboardData: { getData: () => '7\n8\n9\n10' } });
    await refused('Teams are');
    expect(await steps()).toBe(before);
  });

  it('an editor changes records of the own university', async () => {
    const { hands } = await open('editor');
    const cells = () => screen.getAllByRole('gridcell', { name: '4' });
    await waitFor(() => expect(cells()[1]?.getAttribute('aria-readonly')).toBe('true'));
    expect(cells()[0]?.getAttribute('aria-readonly')).toBeNull();
    await hands.keyboard('{ArrowRight}6{Enter}');
    await waitFor(async () =>
      expect((await api.entities.list({ type: 'team', search: 'Avionics' })).rows[0]?.payload.size).toBe(6),
    );
    await hands.keyboard('7');
    expect(gridOf().getState().editing).toBeNull();
    expect(
      within(screen.getAllByRole('alert')[0] as HTMLElement).getByText(/“Thermal” is read-only/),
    ).toBeTruthy();
  });
});

describe('the sentence beforehand', () => {
  it.each(entityTypes)('%s: is there just when core refuses', async (type) => {
    await serveCore();
    const { record: own } = await api.entities.create({ type: 'university', data: { name: 'Summit' } });
    const { record: other } = await api.entities.create({ type: 'university', data: { name: 'Redwood' } });
    const team = (university_id: string) =>
      api.entities.create({ type: 'team', data: { name: 'T', university_id } });
    const [one, two] = [await team(own.id), await team(other.id)];
    const data = {
      name: 'x',
      factor_name: 'x',
      outcome_type: 'mission_success',
      ...(type === 'interface' ? { from: one.record.id, to: two.record.id } : {}),
      ...(type === 'comment' ? { record_id: one.record.id, text: 'x' } : {}),
    };
    const made = [];
    for (const university_id of [own.id, other.id, null]) {
      const owner = type === 'university' || type === 'interface' ? {} : { university_id };
      made.push((await api.entities.create({ type, data: { ...data, ...owner } })).record);
    }
    for (const role of ['viewer', 'editor', 'researcher'] as const) {
      const profile = await api.workspace.createProfile({ name: role, role, university_id: own.id });
      const [admin] = await api.workspace.profiles({});
      await api.workspace.actAs({ profile: profile.id });
      for (const record of made) {
        const fresh = await api.entities.get({ type, id: record.id });
        const refused = await api.entities.update({ type, id: record.id, data: { meta: { by: role } } }).then(
          () => false,
          () => true,
        );
        expect(changeRefusal(profile, fresh) !== null, `${role} ${record.university_id}`).toBe(refused);
      }
      const refusedNew = await api.entities
        .create({ type, data: { ...data, ...(type === 'interface' ? { meta: 1 } : {}) } })
        .then(
          () => false,
          () => true,
        );
      expect(creationRefusal(profile, type) !== null, `${role} new`).toBe(refusedNew);
      await api.workspace.actAs({ profile: admin?.id ?? '' });
    }
  });
});

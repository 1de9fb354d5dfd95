import { beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { connectionStore } from '#renderer/api/connection.ts';
import '#renderer/i18n/setup.ts';
import { createRecord, newId } from '#renderer/features/records/data/create.ts';
import { saveField } from '#renderer/features/records/edit/save.ts';
import { getDraft, draftKeyOf } from '#renderer/stores/drafts.ts';
import { queryKeys, queryClient } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { serveCore } from '../support/core.ts';

const size = fieldOf('team', 'size') as Field;

async function makeTeam(): Promise<EntityRecord> {
  const { record } = await api.entities.create({ type: 'team', data: { name: 'Thermal', size: 4 } });
  return record;
}

const save = (record: EntityRecord, field: Field, raw: string) =>
  saveField({ record, field, raw, seenValue: record.payload[field.key] });

beforeEach(() => useSeat.setState({ items: {} }));

const stored = (record: EntityRecord): Promise<EntityRecord> =>
  api.entities.get({ type: 'team', id: record.id });

describe('saving one field', () => {
  it('stores it, shows it everywhere at once, and leaves no draft', async () => {
    await serveCore();
    const team = await makeTeam();
    const list = { type: 'team' as const };
    queryClient.setQueryData(queryKeys.page(list, 0), { rows: [team], matched: 1, total: 1 });
    const saving = save(team, size, '7');
    const shown = queryClient.getQueryData<{ rows: EntityRecord[] }>(queryKeys.page(list, 0));
    expect(shown?.rows[0]?.payload.size).toBe(7);
    expect(await saving).toMatchObject({ state: 'saved' });
    expect((await stored(team)).payload.size).toBe(7);
    expect(getDraft(draftKeyOf.record(team.id))).toEqual({});
  });

  it('keeps invalid input as a draft, and stores nothing', async () => {
    await serveCore();
    const team = await makeTeam();
    expect(await save(team, size, '0')).toEqual({ state: 'invalid', message: 'must be at least 1' });
    expect(getDraft(draftKeyOf.record(team.id))).toEqual({ size: '0' });
    expect((await stored(team)).payload.size).toBe(4);
  });

  it('core’s refusal is shown at its field, and the old value on the screen', async () => {
    await serveCore();
    const team = await makeTeam();
    queryClient.setQueryData(queryKeys.record(team.id), team);
    const project = fieldOf('team', 'project_id') as Field;
    const saved = await save(team, project, 'proj_nowhere');
    expect(saved).toMatchObject({ state: 'invalid' });
    expect(
      queryClient.getQueryData<EntityRecord>(queryKeys.record(team.id))?.payload.project_id,
    ).toBeUndefined();
    expect(getDraft(draftKeyOf.record(team.id))).toEqual({ project_id: 'proj_nowhere' });
  });

  it('a data process that dies loses nothing: the value is kept and sent to the next one', async () => {
    const served = await serveCore();
    const team = await makeTeam();
    served.die();
    await vi.waitFor(() => expect(connectionStore.getState().state).toBe('lost'));
    const saving = save(team, size, '9');
    // A call without a port waits for the next one.
    expect(getDraft(draftKeyOf.record(team.id))).toEqual({ size: '9' });
    served.revive();
    expect(await saving).toMatchObject({ state: 'saved' });
    expect((await stored(team)).payload.size).toBe(9);
  });
});

describe('creating', () => {
  it('again under the same id gives the record that is there: a lost answer makes no second one', async () => {
    await serveCore();
    const id = newId('team');
    const first = await createRecord('team', id, { name: 'Thermal' });
    const second = await createRecord('team', id, { name: 'Thermal' });
    expect(second.id).toBe(first.id);
    expect((await api.entities.list({ type: 'team' })).matched).toBe(1);
  });

  it('ids are of the type and in the order of time', () => {
    const ids = Array.from({ length: 50 }, () => newId('risk-factor'));
    for (const id of ids)
      expect(id).toMatch(/^risk_[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const stamps = ids.map((id) => id.slice(5, 18));
    expect([...stamps].sort()).toEqual(stamps);
  });
});

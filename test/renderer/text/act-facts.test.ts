import { afterEach, expect, it } from 'vitest';
import { speak } from '#renderer/i18n/setup.ts';
import { labelFacts, settingsFacts } from '#renderer/text/system-event-facts.ts';
import { dateTimeToSecond } from '#renderer/text/formats.ts';

afterEach(() => speak('en'));

const at = '2026-11-20T08:30:00.000Z';
const id = '20261120T083000000Z';
const hash = 'a'.repeat(64);

const restored = {
  last: { act: 'workspace.restored', backup: id, safety: id, displaced: null, head: hash, op_id: 'op_1' },
};

it('have the time of a restored backup, and the one made before', () => {
  expect(settingsFacts('ws_acts', null, restored)).toEqual([
    { label: 'Backup', value: dateTimeToSecond(at), id },
    { label: 'Backup made first', value: dateTimeToSecond(at), id },
    { label: 'Previous history', value: '', id: hash },
    { label: 'Operation', value: '', id: 'op_1' },
  ]);
});

it('say in words why a backup was made', () => {
  const last = { act: 'backups.create', backup: id, reason: 'asked' };
  expect(settingsFacts('ws_acts', null, { last })).toContainEqual({ label: 'Reason', value: 'Manual' });
});

it.each([
  ['en', 'File of another workspace', 'Location'],
  ['de', 'Datei eines anderen Arbeitsbereichs', 'Ort'],
] as const)(
  'says in words that a file which was taken was of another workspace, and where the backup of it lies: %s',
  async (language, another, where) => {
    await speak(language);
    const last = {
      act: 'workspace.accepted',
      reason: 'another_line',
      safety: id,
      safety_usual: true,
      another: true,
    };
    const facts = settingsFacts('ws_acts', null, { last }) ?? [];
    expect(facts.map(({ label }) => label).slice(1)).toEqual([another, expect.any(String), where]);
    expect(facts.map(({ value }) => value)).not.toContain('true');
  },
);

it('have the name of a checkpoint, and its former one', () => {
  const one = { name: 'Start', at: 3, hash, created_at: at, made: at, by: 'prf_1' };
  const facts = settingsFacts('ws_checkpoints', { cp_1: one }, { cp_1: { ...one, name: 'Beginning' } });
  expect(facts?.slice(0, 3)).toEqual([
    { label: 'Name', value: 'Beginning', id: 'cp_1' },
    { label: 'Former name', value: 'Start' },
    { label: 'Point in time', value: dateTimeToSecond(at) },
  ]);
  expect(settingsFacts('ws_checkpoints', { cp_1: one }, {})?.[0]).toEqual({
    label: 'Name',
    value: 'Start',
    id: 'cp_1',
  });
});

it('names the agents that changed a promoted sandbox', async () => {
  const params = { name: 'Play', id: 'sbx_1', count: 2, agents: ['Claude', 'Goose'] };
  expect(labelFacts('sandbox.promoted', params)).toContainEqual({ label: 'Agents', value: 'Claude, Goose' });
  await speak('de');
  expect(labelFacts('sandbox.promoted', params)).toContainEqual({ label: 'Agenten', value: 'Claude, Goose' });
});

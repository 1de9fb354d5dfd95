import { afterEach, expect, it } from 'vitest';
import { speak } from '#renderer/i18n/setup.ts';
import { labelFacts, upkeepFacts } from '#renderer/text/act-facts.ts';
import { momentToSecond } from '#renderer/text/formats.ts';

afterEach(() => speak('en'));

const at = '2026-11-20T08:30:00.000Z';
const id = '20261120T083000000Z';
const hash = 'a'.repeat(64);

const restored = {
  last: { act: 'workspace.restored', backup: id, safety: id, displaced: null, head: hash, op_id: 'op_1' },
};

it('says of a restored backup when that was made, and which one was made first', () => {
  expect(upkeepFacts('ws_acts', null, restored)).toEqual([
    { label: 'Backup', value: momentToSecond(at), id },
    { label: 'Backup made first', value: momentToSecond(at), id },
    { label: 'History before it', value: '', id: hash },
    { label: 'Operation', value: '', id: 'op_1' },
  ]);
});

it('says it in the language of the window', async () => {
  await speak('de');
  expect(upkeepFacts('ws_acts', null, restored)?.map(({ label }) => label)).toEqual([
    'Sicherung',
    'Vorher angelegte Sicherung',
    'Verlauf davor',
    'Operation',
  ]);
});

it.each([
  ['en', 'File of another workspace', 'Where it lies'],
  ['de', 'Datei eines anderen Arbeitsbereichs', 'Wo sie liegt'],
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
    const facts = upkeepFacts('ws_acts', null, { last }) ?? [];
    expect(facts.map(({ label }) => label).slice(1)).toEqual([another, expect.any(String), where]);
    expect(facts.map(({ value }) => value)).not.toContain('true');
  },
);

it('names what was compacted, removed and kept by their figures', () => {
  const act = (last: object) => upkeepFacts('ws_acts', null, { last: { act: 'x', ...last } });
  expect(act({ before: 4_000_000, after: 812 })).toEqual([
    { label: 'Size before', value: '4 MB' },
    { label: 'Size after', value: '812 bytes' },
  ]);
  expect(act({ backups: [id] })).toEqual([{ label: 'Removed backup', value: momentToSecond(at), id }]);
  expect(upkeepFacts('ws_retention', { daily: 7 }, { daily: 14 })).toEqual([
    { label: 'Days', value: '7 → 14' },
  ]);
});

it('names a moment by its name, and says what it was called before', () => {
  const one = { name: 'Start', at: 3, hash, created_at: at, made: at, by: 'prf_1' };
  const facts = upkeepFacts('ws_checkpoints', { cp_1: one }, { cp_1: { ...one, name: 'Beginning' } });
  expect(facts?.slice(0, 3)).toEqual([
    { label: 'Name', value: 'Beginning', id: 'cp_1' },
    { label: 'Former name', value: 'Start' },
    { label: 'Moment', value: momentToSecond(at) },
  ]);
  expect(upkeepFacts('ws_checkpoints', { cp_1: one }, {})?.[0]).toEqual({
    label: 'Name',
    value: 'Start',
    id: 'cp_1',
  });
});

it('says of what was promoted or went back where it came from, and nothing of other changes', () => {
  const head = { id: 3, hash };
  expect(labelFacts('sandbox.promoted', { name: 'Try-out', id: 'sbx_1', count: 2, play: head })).toEqual([
    { label: 'Sandbox', value: 'Try-out', id: 'sbx_1' },
  ]);
  expect(labelFacts('moment.restored', { at: 3, time: at, all: true, count: 2 })).toEqual([
    { label: 'Moment', value: momentToSecond(at), id: '3' },
  ]);
  expect(
    labelFacts('backups.records', { backup: id, made: at, count: 1, type: 'team', title: 'Radio' }),
  ).toEqual([{ label: 'Backup', value: momentToSecond(at), id }]);
  expect(labelFacts('team.update', { title: 'Radio', fields: ['size'] })).toEqual([]);
});

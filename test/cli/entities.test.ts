import papa from 'papaparse';
import { beforeAll, describe, expect, test } from 'vitest';
import type { EntityRecord } from '#shared/contract/record.ts';
import { inFolder, runHere } from './frames.ts';

const { folder, frames, json, refused } = inFolder();
const w = ['--workspace', 'w'] as const;
interface Page {
  rows: EntityRecord[];
  matched: number;
  total: number;
}
interface Written {
  record: EntityRecord;
  op_id: string | null;
}

beforeAll(async () => {
  await json('seed', '--size', 'small', ...w);
});

describe('frames entities', () => {
  test('lists all matching records as CSV', async () => {
    const all = await json<Page>('entities list team', ...w, '--limit', '1000');
    const { stdout } = await frames('entities list team', '--csv', '--filter', 'size>=1', ...w);
    const { data, errors } = papa.parse<Record<string, string>>(stdout, {
      header: true,
      skipEmptyLines: true,
    });
    expect(errors).toEqual([]);
    expect(data.map(({ id }) => id)).toEqual(
      all.rows.filter(({ payload }) => Number(payload.size) >= 1).map(({ id }) => id),
    );
    const [first] = all.rows;
    expect(data[0]).toMatchObject({
      name: first?.payload.name,
      university_id: first?.payload.university_id,
      size: JSON.stringify(first?.payload.size),
      updated_at: first?.updated_at,
    });
    expect(await refused('entities list team', '--csv', ...w)).toBeTruthy();
  });

  test('takes a list of ids as one text with commas, and shows the names', async () => {
    const [a, b] = (await json<Page>('entities', 'list', 'student', ...w, '--limit', '2')).rows;
    const [link] = (await json<Page>('entities', 'list', 'interface', ...w, '--limit', '1')).rows;
    const ids = [a?.id ?? '', b?.id ?? ''];
    const update = (data: object) =>
      json<Written>('entities', 'update', 'interface', link?.id ?? '', '--data', JSON.stringify(data), ...w);
    expect((await update({ bearers: ids.join(', '), documented: 35 })).record.payload).toMatchObject({
      bearers: ids,
      documented: 35,
    });
    const { stdout } = await frames('entities get interface', link?.id ?? '', ...w);
    expect(stdout).toMatch(new RegExp(`Carried by +${a?.title}, ${b?.title}`));
    expect((await update({ bearers: ids })).op_id).toBeNull();
    expect((await update({ bearers: '' })).record.payload.bearers).toEqual([]);
  });

  test('compares a custom field of texts with no number, and one of numbers with no text', async () => {
    const [a, b] = (await json<Page>('entities', 'list', 'team', ...w, '--limit', '2')).rows;
    const set = (id: string | undefined, data: object) =>
      json(
        'entities',
        'update',
        'team',
        id ?? '',
        '--data',
        JSON.stringify(data),
        '--new-field',
        'Cost',
        '--new-field',
        'Budget',
        ...w,
      );
    await set(a?.id, { Cost: '1.234,50', Budget: 1200 });
    await set(b?.id, { Cost: 980, Budget: 980 });
    const by = (filter: string) => ['entities', 'list', 'team', '--filter', filter, ...w] as const;
    expect((await json<Page>(...by('own:Budget>=1000'))).rows.map(({ id }) => id)).toEqual([a?.id]);
    for (const filter of ['own:Cost>=1000', 'own:Budget>=1.000,5'])
      expect(await refused(...by(filter))).toMatchObject({ code: 2 });
  });

  test('lists with filters, words, an order and pages', async () => {
    const [all, outgoing, page, named] = await Promise.all([
      json<Page>('entities list team', ...w),
      json<Page>(
        'entities list team',
        ...w,
        '--filter',
        'lifecycle=outgoing',
        '--filter',
        'size>=3',
        '--sort',
        'size:desc',
      ),
      json<Page>('entities list team', ...w, '--limit', '2', '--offset', '3'),
      json<Page>('entities list team', ...w, '--search', 'SOFTWARE flight'),
    ]);
    expect(all).toMatchObject({ matched: 64, total: 64 });
    expect(all.rows).toHaveLength(64);
    const wanted = all.rows.filter(
      ({ payload }) => payload['lifecycle'] === 'outgoing' && (payload['size'] as number) >= 3,
    );
    expect(new Set(outgoing.rows.map(({ id }) => id))).toEqual(new Set(wanted.map(({ id }) => id)));
    const sizes = outgoing.rows.map(({ payload }) => payload['size'] as number);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(page.rows.map(({ id }) => id)).toEqual(all.rows.slice(3, 5).map(({ id }) => id));
    expect(named.rows.length).toBeGreaterThan(0);
    expect(named.rows.filter(({ title }) => title !== 'Flight software')).toEqual([]);
  });

  test('makes, changes, deletes and restores a record, each as one step of undo and redo', async () => {
    const data = {
      name: 'Parachutes',
      discipline: 'mechanical',
      university_id: 'univ_summit',
      colour: 'orange',
    };
    const made = await json<Written>(
      'entities create team',
      'team_chute',
      ...w,
      '--data',
      JSON.stringify(data),
      '--new-field',
      'colour',
    );
    expect(made.record).toMatchObject({ id: 'team_chute', payload: data });

    const patch = JSON.stringify({ size: 7, discipline: null });
    const changed = await json<Written>(
      'entities update team',
      'team_chute',
      ...w,
      '--data',
      patch,
      '--unset',
      'colour',
    );
    expect(changed.record.payload).toMatchObject({ size: 7, discipline: null, name: 'Parachutes' });
    expect(changed.record.payload).not.toHaveProperty('colour');

    const same = await json<Written>('entities update team', 'team_chute', ...w, '--data', '{"size": 7}');
    expect(same.op_id).toBeNull();

    await json('entities delete team', 'team_chute', ...w);
    expect(await json<Page>('entities list team', ...w, '--deleted')).toMatchObject({
      rows: [{ id: 'team_chute' }],
      matched: 1,
    });
    await json('entities restore team', 'team_chute', ...w);
    for (const label of ['team.restore', 'team.delete', 'team.update']) {
      expect(await json('undo', ...w)).toMatchObject({ label, changes: 1, left: [] });
    }
    const back = await json<EntityRecord>('entities get team', 'team_chute', ...w);
    expect(back.payload).toEqual(made.record.payload);
    expect(await json('redo', ...w)).toMatchObject({ label: 'team.update' });
    expect((await json<EntityRecord>('entities get team', 'team_chute', ...w)).payload).toEqual(
      changed.record.payload,
    );
  });

  test('is refused with a code, the field and exit 1', async () => {
    const missing = await refused('entities get team nobody', ...w);
    const details = { type: 'team', id: 'nobody' };
    expect(missing).toMatchObject({ code: 1, error: { code: 'NOT_FOUND', details } });
    for (const [command, path] of [
      [['entities create team', '--data', '{"name": "A", "size": 0}'], 'size'],
      [['entities list team', '--filter', 'flavour=sweet'], 'flavour'],
    ] as const) {
      const error = { code: 'INVALID', details: { issues: [{ path }] } };
      expect(await refused(...command, ...w)).toMatchObject({ code: 1, error });
    }
  });
});

describe('--as', () => {
  test('is a profile by id or name, from the option or the environment, and its rights hold', async () => {
    const profile = await json<{ id: string }>('profiles create', 'Vera', '--role', 'viewer', ...w);
    await json('profiles create', '--name', 'Ed', '--role', 'editor', '--university', 'univ_bayfront', ...w);
    const create = (university: string) => [
      'entities',
      'create',
      'team',
      ...w,
      '--data',
      JSON.stringify({ name: 'X', university_id: university }),
    ];
    for (const actor of ['Vera', profile.id]) {
      expect(await refused(...create('univ_bayfront'), '--actor', actor)).toMatchObject({
        code: 1,
        error: { code: 'FORBIDDEN' },
      });
    }
    expect(await refused(...create('univ_summit'), '--actor', 'Ed')).toMatchObject({
      error: { code: 'FORBIDDEN' },
    });
    await json(...create('univ_bayfront'), '--actor', 'Ed');
    const asVera = { FRAMES_ACTOR: 'Vera' };
    const viaEnvironment = await runHere(folder, create('univ_summit'), asVera);
    expect(viaEnvironment).toMatchObject({ code: 1, stdout: '' });
    expect(viaEnvironment.stderr).toContain('Viewers');
    const optionWins = await runHere(folder, ['undo', ...w, '--actor', 'Ed'], asVera);
    expect(optionWins.stdout).toBe('Undone: Created “X” (1 change).\n');
    expect(await json<unknown[]>('profiles list', ...w)).toHaveLength(3);
  });

  test('is refused for an unknown name where a workspace would be created', async () => {
    const made = await refused('seed', '--size', 'small', '--workspace', 'fresh', '--actor', 'nobody');
    expect(made).toMatchObject({ code: 1, error: { code: 'UNKNOWN_ACTOR', details: { actor: 'nobody' } } });
  });
});

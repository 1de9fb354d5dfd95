import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasLostLetters } from '#core/import/table/names.ts';
import { makeWorkspace } from '../workspace.ts';
import type { Workspace } from '../workspace.ts';
import { bringText, told, tryText } from './support.ts';

describe('letters that were lost before a text came here', () => {
  it.each([
    '?ukasz Nowak',
    'Ça?la Demir',
    'Özgür Y?lmaz',
    'Jan ?erný',
    'Ana-?ivka',
    '??aba',
    'a?i?a',
    '???? ?????',
    'M�ller',
    'a\nb �',
  ])('are noticed in %j', (text) => expect(hasLostLetters(text, true)).toBe(true));

  it.each([
    '',
    '?',
    '???',
    'Radio?',
    'Radio ?',
    'Who?What',
    'Radio (really?)',
    'What is it? Nobody knows',
    'https://example.org/a?id=3',
    'example.org/find?query=a',
    'index.php?page',
    'see www.example.org/?a for more',
    'A?B',
    'WHO?WHAT',
    'A/?',
    '5?x',
    'What FRAMES is for and why?because somebody asked for it in a longer text',
  ])('are not seen in %j', (text) => expect(hasLostLetters(text, true)).toBe(false));

  it('are told by a question mark in names only', () => {
    expect(hasLostLetters('Y?lmaz', false)).toBe(false);
    expect(hasLostLetters('Y�lmaz', false)).toBe(true);
  });

  it.each(['MÃ¼ller', 'Å‚ukasz', 'StraÃŸe', 'UniversitÃ\u00a0', 'AyÅŸe', 'CafÃ© â€“ Bar'])(
    'are noticed in %j, whose UTF-8 was read as windows-1252',
    (text) => expect(hasLostLetters(text, false)).toBe(true),
  );

  it.each(['Müller', 'São Paulo', 'SÃO PAULO', 'Ångström', 'ÅÄÖ', '«Groß»', 'Straße'])(
    'are not seen in %j',
    (text) => expect(hasLostLetters(text, true)).toBe(false),
  );
});

describe('a table whose letters were lost', () => {
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await makeWorkspace();
  });
  afterEach(() => workspace.dispose());

  const names = async (type: 'student' | 'university') =>
    (await workspace.client.entities.list({ type })).rows.map(({ title }) => title).toSorted();

  const people =
    'Student,University\n?ukasz Nowak,Bern\nÖzgür Y?lmaz,Bern\nEva Öttl,Bern\n?ukasz Nowak,Bern\n';

  it('says so of first and last names too', async () => {
    const parts = 'First name,Last name\n?ukasz,Nowak\nEva,MÃ¼ller\n';
    const { preview } = await tryText(workspace, parts, { type: 'student' });
    expect(told(preview).filter((line) => line.startsWith('lost'))).toEqual([
      'lost_letters | ?ukasz | 2 | kept',
      'lost_letters | MÃ¼ller | 3 | kept',
    ]);
    expect(preview.sample.map(({ payload }) => payload['name'])).toEqual(['?ukasz Nowak', 'Eva MÃ¼ller']);
  });

  it('says so of each value with its rows, and comes in all the same', async () => {
    const { preview } = await tryText(workspace, people, { type: 'student' });
    expect(told(preview).filter((line) => line.startsWith('lost'))).toEqual([
      'lost_letters | ?ukasz Nowak | 2,5 | kept',
      'lost_letters | Özgür Y?lmaz | 3 | kept',
    ]);
    expect(preview).toMatchObject({ creates: 4, skipped: 0 });
    expect(preview.sample[0]?.flagged).toEqual(['name']);
    await bringText(workspace, people, { type: 'student' });
    expect(await names('student')).toContain('?ukasz Nowak');
  });

  it('is no question where the person corrected it or said that it is right', async () => {
    const values = [
      { column: 0, value: '?ukasz Nowak', becomes: 'Łukasz Nowak' },
      { column: 0, value: 'Özgür Y?lmaz', becomes: 'Özgür Y?lmaz', create: true },
    ];
    const { preview } = await tryText(workspace, people, { type: 'student', values });
    expect(told(preview).filter((line) => line.startsWith('lost'))).toEqual([]);
  });

  it('is new where the record that is here has the letters, and known where it lacks them too', async () => {
    const { client } = workspace;
    const made = await client.entities.create({ type: 'student', data: { name: 'Łukasz Nowak' } });
    const back = `Id,Student\n${made.record.id},?ukasz Nowak\n`;
    const came = async () =>
      (await tryText(workspace, back, { type: 'student', matching: 'update' })).preview.problems.map(
        (one) => [one.code, one.came],
      );
    expect(await came()).toEqual([['lost_letters', 1]]);
    await bringText(workspace, back, { type: 'student', matching: 'update' });
    expect(await came()).toEqual([['lost_letters', 0]]);
  });

  it('asks once of a name that would come along', async () => {
    const schools = 'Team name,School\nA,T?bingen\nB,Bern\n';
    const { preview } = await tryText(workspace, schools);
    expect(told(preview)).toEqual([
      'lost_letters | T?bingen | 2 | created',
      'reference_created | Bern | 3 | created',
    ]);
    const meant = { column: 1, value: 'T?bingen', becomes: 'Tübingen', create: true };
    await bringText(workspace, schools, { values: [meant] });
    expect(await names('university')).toEqual(['Bern', 'Tübingen']);
    const right = { ...meant, becomes: 'T?bingen' };
    const kept = await makeWorkspace();
    const { preview: again } = await tryText(kept, schools, { values: [right] });
    expect(told(again).filter((line) => line.startsWith('lost'))).toEqual([]);
    await kept.dispose();
  });
});

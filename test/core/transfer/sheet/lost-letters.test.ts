import { describe, expect, it } from 'vitest';
import { hasLostLetters } from '#core/import/table/rows/doubtful-names.ts';
import { workspaceForEach } from '../workspace.ts';
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

  it('are recognised by a question mark in names only', () => {
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
  const workspace = workspaceForEach();

  const names = async (type: 'student' | 'university') =>
    (await workspace.client.entities.list({ type })).rows.map(({ title }) => title).toSorted();

  const people =
    'Student,University\n?ukasz Nowak,Bern\nÖzgür Y?lmaz,Bern\nEva Öttl,Bern\n?ukasz Nowak,Bern\n';

  it('are reported in first and last names too', async () => {
    const parts = 'First name,Last name\n?ukasz,Nowak\nEva,MÃ¼ller\n';
    const { preview } = await tryText(workspace, parts, { type: 'student' });
    expect(told(preview).filter((line) => line.startsWith('lost'))).toEqual([
      'lost_letters | ?ukasz | 2 | kept',
      'lost_letters | MÃ¼ller | 3 | kept',
    ]);
    expect(preview.sample.map(({ payload }) => payload['name'])).toEqual(['?ukasz Nowak', 'Eva MÃ¼ller']);
  });

  it('are reported for each value with its rows, and imported unchanged', async () => {
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
});

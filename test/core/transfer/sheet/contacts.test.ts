import { expect, it } from 'vitest';
import { makeWorkspace } from '../workspace.ts';
import { bringText, look, told, tryText } from './support.ts';

const table = [
  'Date,Who,With,Type,Topic',
  '2026-03-02,Ada Kim,Power,Meeting,Interface review',
  '2026-03-05 14:30,"Ada Kim; Ben Ortiz",Dr. Lin,E-mail,',
  '2026-03-09,Power,Ben Ortiz,review,',
  '2026-03-10,Nobody Known,,chat,',
].join('\n');

async function filled() {
  const workspace = await makeWorkspace();
  const { entities } = workspace.client;
  const make = async (
    type: 'university' | 'team' | 'student' | 'faculty',
    id: string,
    name: string,
    more = {},
  ) => entities.create({ type, id, data: { name, ...more } });
  await make('university', 'uni', 'Summit');
  await make('team', 'power', 'Power', { university_id: 'uni' });
  await make('student', 'ada', 'Ada Kim', { university_id: 'uni', team_id: 'power' });
  await make('student', 'ben', 'Ben Ortiz', { university_id: 'uni' });
  await make('faculty', 'lin', 'Dr. Lin', { university_id: 'uni' });
  return workspace;
}

it('is known by its headings, and read with its people, day and university', async () => {
  const workspace = await filled();
  expect((await look(workspace, table)).type).toBe('contact');
  const { preview } = await tryText(workspace, table);
  expect(told(preview)).toEqual([
    'people_missing | 2026-03-10 · Nobody Known · chat | 5 | skipped',
    'converted | E-mail | 3 | converted',
  ]);
  const first = await bringText(workspace, table);
  expect(first.created).toMatchObject({ contacts: 3 });
  const sort = [{ field: 'date', direction: 'asc' as const }];
  const { rows } = await workspace.client.entities.list({ type: 'contact', sort });
  expect(rows.map(({ payload }) => payload)).toMatchObject([
    { date: '2026-03-02', who: ['ada'], with: ['power'], kind: 'meeting', university_id: 'uni' },
    { date: '2026-03-05 14:30', who: ['ada', 'ben'], with: ['lin'], kind: 'message', university_id: 'uni' },
    { date: '2026-03-09', who: ['power'], with: ['ben'], kind: 'review', university_id: 'uni' },
  ]);
  const again = await bringText(workspace, `${table}\n2026-03-11,Ben Ortiz,Power,review,`);
  expect(again.created).toMatchObject({ contacts: 1 });
});

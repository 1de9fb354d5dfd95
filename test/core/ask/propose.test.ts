import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Proposal } from '#shared/contract/ask.ts';
import type { Question } from '#shared/contract/analysis.ts';
import { buildLexicon } from '#core/ask/propose/lexicon.ts';
import { questionDatabase } from '#core/ask/question-database.ts';
import { questionTables } from '#core/ask/question-schema.ts';
import { runSql } from '#core/ask/query-sql.ts';
import { addSample } from '#test/support/sample.ts';
import { TestWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

let workspace: TestWorkspace;
let file: string;

beforeAll(async () => {
  workspace = await TestWorkspace.create({});
  await addSample(workspace);
  await workspace.as().entities.create({ type: 'team', data: { name: 'O\'Neill\'s "team"; --' } });
  file = await questionDatabase(workspace.core.services);
});

afterAll(() => workspace.dispose());

const propose = (question: string): Promise<Proposal> => workspace.as().ask.propose({ question });
const tables = questionTables.map(({ name }) => name);
const run = (sql: string) => runSql({ file, sql, tables, maxRows: 1000, maxLength: 1_000_000 });

/** The rows of the answer, which must be a list. */
async function rows(question: string): Promise<unknown[][]> {
  const { way, unknown } = await propose(question);
  expect({ kind: way.kind, unknown }, question).toEqual({ kind: 'sql', unknown: [] });
  const result = run(way.kind === 'sql' ? way.sql : '');
  if ('refused' in result) throw new Error(`${question}: ${JSON.stringify(result.refused)}`);
  return result.rows;
}

const ids = async (question: string): Promise<string[]> =>
  (await rows(question)).map(([id]) => id as string).toSorted();

const insights: readonly (readonly [Question, string])[] = [
  ['leaving', 'What do we lose by the end of next term?'],
  ['leaving', 'What should we do this term?'],
  ['leaving', 'Was verlieren wir bis Ende des nächsten Semesters?'],
  ['leavers', 'Who leaving would hurt us most?'],
  ['leavers', 'Whose departure would cost most?'],
  ['leavers', 'Wessen Weggang schadet uns am meisten?'],
  ['degrading', 'Which links become weaker this term?'],
  ['degrading', 'Welche Verbindungen werden dieses Semester schwächer?'],
  ['weak', 'Which weak links should we strengthen first?'],
  ['weak', 'Welche schwachen Verbindungen sollen wir verstärken?'],
  ['undocumented', 'What is undocumented?'],
  ['undocumented', 'Welches Wissen ist nicht aufgeschrieben?'],
  ['cohorts', 'Which teams lose many members at once?'],
  ['cohorts', 'Welche Teams verlieren viele Mitglieder gleichzeitig?'],
  ['expertise', 'What does only one person know?'],
  ['expertise', 'Was weiß nur eine Person?'],
  ['changes', 'What changed since last term?'],
  ['changes', 'Was hat sich seit letztem Semester geändert?'],
];

it.each(['Tell me all teams', 'Show me every team', 'Please give me the teams'])(
  'fillers of a question mean nothing: %s',
  async (question) => {
    expect(await ids(question)).toEqual(await ids('teams'));
  },
);

describe('questions of Insights', () => {
  it.each(insights)('%s: %s', async (question, words) => {
    expect(await propose(words)).toMatchObject({
      by: 'builtin',
      way: { kind: 'insight', input: { question } },
    });
  });

  it('may be about one university, and about nothing else', async () => {
    expect((await propose('Whose departure would cost most at Summit?')).way).toEqual({
      kind: 'insight',
      input: { question: 'leavers', university: 'univ_summit' },
    });
    expect((await propose('What changed since Monday?')).by).toBe('search');
    expect((await propose('What is undocumented in Flight software?')).way.kind).not.toBe('insight');
  });
});

describe('lists in words', () => {
  const list = async (type: 'team' | 'student' | 'interface' | 'project', keep: (one: Listed) => boolean) => {
    const { rows: all } = await workspace.as().entities.list({ type, limit: 1000 });
    return all
      .filter(keep)
      .map(({ id }) => id)
      .toSorted();
  };
  type Listed = Awaited<ReturnType<ReturnType<TestWorkspace['as']>['entities']['list']>>['rows'][number];

  it('filter by values, names and lack of something', async () => {
    expect(await ids('software teams at Summit')).toEqual(['team_summit-flight-software']);
    expect(await ids('Software-Teams an der Summit State')).toEqual(['team_summit-flight-software']);
    const links = await list(
      'interface',
      ({ payload, derived }) =>
        [derived['from_title'], derived['to_title']].includes('Flight software') &&
        payload['bond_type'] === 'fragile-temporary',
    );
    expect(links.length).toBeGreaterThan(0);
    expect(await ids('links of Flight software without documentation')).toEqual(links);
    expect(await ids('Verbindungen von Flight software ohne Dokumentation')).toEqual(links);
    expect(await ids('fragile links across universities')).toEqual(
      await list(
        'interface',
        ({ payload, derived }) =>
          payload['bond_type'] === 'fragile-temporary' && derived['is_cross_university'] === true,
      ),
    );
    expect(await ids('projects without teams')).toEqual(
      await list('project', ({ derived }) => derived['teams'] === 0),
    );
    expect(await ids('students without a team')).toEqual(
      await list('student', ({ payload }) => payload['team_id'] === null),
    );
  });

  it('know who leaves this term', async () => {
    const leaving = await list(
      'student',
      ({ payload }) => payload['active'] !== false && Number(payload['terms_remaining']) <= 1,
    );
    expect(leaving.length).toBeGreaterThan(20);
    for (const question of [
      'students who leave this term',
      'Who leaves this term?',
      'Welche Studierenden gehen dieses Semester?',
      'Wer geht bald?',
    ])
      expect(await ids(question)).toEqual(leaving);
  });

  it('compare numbers, count, group and order', async () => {
    const large = await list('team', ({ payload }) => Number(payload['size']) > 5);
    expect(await ids('teams with more than 5 members')).toEqual(large);
    expect(await ids('Teams mit mehr als 5 Mitgliedern')).toEqual(large);
    const lossy = await list('interface', ({ payload }) => Number(payload['energy_loss']) > 40);
    for (const question of [
      'links with knowledge lost over 40 percent',
      'links with energy lost over 40 percent',
      'links with energy loss over 40 percent',
      'Verbindungen mit Wissensverlust über 40 Prozent',
      'Verbindungen mit Energieverlust über 40 Prozent',
    ])
      expect(await ids(question), question).toEqual(lossy);
    const unnamed = await list('interface', ({ payload }) => !payload['bearers']);
    for (const question of ['links without carried by', 'links without bearers', 'Verbindungen ohne Träger'])
      expect(await ids(question), question).toEqual(unnamed);
    expect(await rows('How many students are inactive?')).toEqual([
      [(await list('student', ({ payload }) => payload['active'] === false)).length],
    ]);
    const byUniversity = await rows('Wie viele Studierende pro Universität?');
    expect(byUniversity).toHaveLength(8);
    expect(byUniversity[0]).toEqual(['univ_summit', 'Summit State', 46]);
    const largest = await rows('the 3 largest teams');
    expect(largest).toHaveLength(3);
    expect(largest[0]?.slice(0, 2)).toEqual(['team_summit-flight-software', 'Flight software']);
    expect((await rows('universities with the most students'))[0]?.[0]).toBe('univ_summit');
  });

  it('read numbers in any notation: by the column, by the other numbers, by the language', async () => {
    const sqlOf = async (question: string) => {
      const { way } = await propose(question);
      return way.kind === 'sql' ? (/[<>=]+ [\d.]+/.exec(way.sql)?.[0] ?? '') : way.kind;
    };
    expect(await sqlOf('teams with more than 1.200 members')).toBe('> 1200');
    expect(await sqlOf('teams with more than 1,200 members')).toBe('> 1200');
    expect(await sqlOf('teams with more than 12 000 members')).toBe('> 12000');
    expect(await sqlOf('links with energy loss over 62,5 percent')).toBe('> 62.5');
    expect(await sqlOf('links with energy loss over 1.200 percent')).toBe('> 1.2');
    expect(await sqlOf('projects with duration over 1.200 months')).toBe('> 1.2');
    expect(await sqlOf('projects with duration over 1,200 months')).toBe('> 1200');
    expect(await sqlOf('Projekte mit Dauer über 1.200 Monate')).toBe('> 1200');
    expect(await sqlOf('Projekte mit Dauer über 1,250 Monate')).toBe('> 1.25');
  });

  it('follow references of records', async () => {
    const software = await list('student', ({ payload }) =>
      ['team_summit-flight-software', 'team_northgate-flight-software'].includes(
        payload['team_id'] as string,
      ),
    );
    const found = await ids('students with at most 9 terms left in software teams');
    expect(found).toEqual(expect.arrayContaining(software));
    const osprey = await ids('who works on Osprey CubeSat');
    expect(osprey).toContain('stud_summit-001');
    expect(await ids('Who knows embedded C at Summit?')).toEqual(
      await list(
        'student',
        ({ payload, university_id }) =>
          payload['expertise_area'] === 'embedded C' && university_id === 'univ_summit',
      ),
    );
    expect(await ids('repairs of Dr. Ines Abara')).toEqual(['repair_1', 'repair_2']);
    expect(await ids('team O\'Neill\'s "team"; --')).toHaveLength(1);
  });

  it('find each of the areas of expertise that a person states', async () => {
    const { entities } = workspace.as();
    const knows = async (name: string, expertise_area: string): Promise<string> =>
      (await entities.create({ type: 'student', data: { name, expertise_area } })).record.id;
    const first = await knows('Uma', 'Ferrofluids');
    const second = await knows('Vito', 'cryo pumps ; ferrofluids\nSeals');
    await knows('Wim', 'ferrofluids theory, cryo');
    file = await questionDatabase(workspace.core.services);
    expect(await ids('Who knows ferrofluids?')).toEqual([first, second].toSorted());
    expect(await ids('Who knows seals?')).toEqual([second]);
    expect(await ids('Who knows cryo pumps or ferrofluids?')).toEqual([first, second].toSorted());
  });

  it('explain how they were understood', async () => {
    expect(await propose('software or ground teams at Summit')).toMatchObject({
      sentence: 'Teams: discipline is software or ground, university is “Summit State”.',
      parts: [
        { words: 'software', meaning: 'discipline is software' },
        { words: 'ground', meaning: 'discipline is ground' },
        { words: 'teams', meaning: 'records: teams' },
        { words: 'summit', meaning: 'university is “Summit State”' },
      ],
    });
  });
});

it('a question with unexplained words becomes a search, and names these words', async () => {
  expect(await propose('Which teams have a mascot?')).toMatchObject({
    by: 'search',
    way: { kind: 'search', input: { text: 'teams mascot' } },
    unknown: ['mascot'],
  });
  expect(await propose('???')).toMatchObject({ way: { kind: 'search', input: { text: '???' } } });
});

const phrases = [...buildLexicon().keys()];
const words = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...phrases) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'Summit',
      'Flight software',
      'Dr. Ines Abara',
      'O\'Neill\'s "team"; --',
      'Pathfinder',
      'embedded C',
    ),
  },
  { weight: 1, arbitrary: fc.integer({ min: -5, max: 10_000 }).map(String) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
);

test.prop([fc.array(words, { minLength: 1, maxLength: 9 })], { numRuns: lawRuns(3000) })(
  'whatever is asked, the proposed statement runs',
  async (asked) => {
    const question = asked.join(' ').slice(0, 1000);
    if (question.trim() === '') return;
    const { way, by } = await propose(question);
    expect(by === 'search').toBe(way.kind === 'search');
    if (way.kind === 'sql') expect(run(way.sql)).not.toHaveProperty('refused');
  },
);

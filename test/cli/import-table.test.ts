import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused } = inFolder();
const table = (name: string): string => join(root, 'test/fixtures', name);

describe('a table', () => {
  test('is mapped by options, and reports the result', async () => {
    const mapping = ['--column', 'room=description', '--column', 'Comment=ignore'];
    const done = await json('import', table('teams.csv'), '--workspace', 'mapped', ...mapping);
    expect(done).toMatchObject({
      created: { universities: 5, teams: 12 },
      columns: { Room: { to: 'field', field: 'description' }, Comment: { to: 'ignore' } },
      problem_list: expect.arrayContaining([
        expect.objectContaining({ code: 'not_a_number', field: 'size', value: 'a few', lines: [7] }),
        expect.objectContaining({ code: 'unknown_choice', value: 'Elec Eng', count: 2, action: 'kept' }),
      ]) as unknown,
    });
  });

  test('whose column of teams no heading tells is refused until an option says it, and can leave the others out', async () => {
    const rows = ['Ada Novak,Thermal,x', 'Ben Holt,Thermal,y', 'Cara Quinn,Optics,z', 'Dev Patel,Optics,w'];
    writeFileSync(at('tribes.csv'), ['Student,Tribe,Locker', ...rows].join('\n'));
    const into = ['import', at('tribes.csv'), '--workspace', 'tribes'];
    const { error } = await refused(...into);
    expect(error).toMatchObject({ code: 'USAGE', details: { argument: '--column' } });
    expect(error.message).toContain('--column "Tribe=team_id"');
    const done = await json(...into, '--column', 'Tribe=team_id', '--only-fields');
    expect(done).toMatchObject({
      created: { students: 4, teams: 2 },
      columns: { Tribe: { to: 'field', field: 'team_id' }, Locker: { to: 'ignore' } },
    });
  });

  test('of kept shares is read as losses, by its heading or by an option, and says so', async () => {
    writeFileSync(at('kept.csv'), 'From,To,Retained,Odd\nRadio,Power,0.8,0.25\nPower,Arm,1,0.5\n');
    const into = ['import', at('kept.csv'), '--workspace', 'kept', '--create-ends', 'team', '--accept'];
    await json('init', '--workspace', 'kept');
    const { stdout } = await frames(...into, '--dry-run');
    expect(stdout).toContain('Retained: rest_of:energy_loss (100 % minus the value)');
    expect(stdout).toContain(
      '2 rows from line 2, "Retained": "0.8" read as 100 % minus the value, 20 % (converted)',
    );
    expect(stdout).toContain('Knowledge lost 0 to 20');
    const done = await json(...into, '--column', 'Odd=rest_of:energy_loss', '--column', 'Retained=ignore');
    expect(done).toMatchObject({
      created: { interfaces: 2 },
      columns: { Odd: { to: 'rest_of', field: 'energy_loss' }, Retained: { to: 'ignore' } },
    });
    expect(await json('entities list interface', '--workspace', 'kept')).toMatchObject({
      rows: expect.arrayContaining([
        expect.objectContaining({ payload: expect.objectContaining({ energy_loss: 75 }) as unknown }),
      ]) as unknown,
    });
    for (const field of ['importance', 'nothing']) {
      const { code, error } = await refused(...into, '--column', `Odd=rest_of:${field}`);
      expect(code).toBe(2);
      expect(error.message).toContain(`"${field}" is not a share`);
      expect(error.message).toContain('Shares: energy_loss, documented.');
    }
  });

  test('exported by FRAMES explains why its times are omitted, and imports its notes and ids', async () => {
    expect(await json('import', table('exported-teams.csv'), '--workspace', 'exported')).toMatchObject({
      columns: {
        'University (id)': { to: 'id_of', field: 'university_id' },
        Links: { to: 'ignore', why: 'computed' },
        Created: { to: 'ignore', why: 'times' },
      },
    });
    const listed = await json('entities list team', '--workspace', 'exported');
    expect(listed).toMatchObject({
      rows: [{ id: 'team_1', payload: { meta: { room: 'A431' }, university_id: 'univ_1' } }],
    });
  });

  test('with numbers that nothing decides is refused until an option does', async () => {
    writeFileSync(at('points.csv'), 'Team,Points\nRadio,1.200\nPower,2.400\n');
    const into = ['import', at('points.csv'), '--type', 'team', '--workspace', 'points'];
    const { error } = await refused(...into);
    expect(error).toMatchObject({ code: 'USAGE', details: { argument: '--decimals' } });
    expect(error.message).toContain('--decimals comma (it is 1200) or --decimals point (it is 1.2)');
    expect(await json(...into, '--decimals', 'comma')).toMatchObject({ created: { teams: 2 }, problems: 0 });
    expect(await json('entities list team', '--workspace', 'points')).toMatchObject({
      rows: [{ payload: { Points: 2400 } }, { payload: { Points: 1200 } }],
    });
  });

  test('whose letters can be read in two ways is refused with both readings, in every format', async () => {
    const options = ['--workspace', 'letters', '--type', 'team', '--column', 'name=name'];
    writeFileSync(at('names.csv'), Buffer.from('name,size\nF\xfbr\xe9sz,3\nJen\xf5,4\n', 'latin1'));
    const { error } = await refused('import', at('names.csv'), ...options);
    expect(error).toMatchObject({ code: 'USAGE', details: { argument: '--encoding' } });
    expect(error.message).toContain('windows-1250: Fűrész · Jenő');
    expect(error.message).toContain('windows-1252: Fûrész · Jenõ');
    await json('import', at('names.csv'), ...options, '--encoding', 'windows-1250');

    const graphs = {
      'g.json': '{"nodes":[{"id":"n1","label":"Jen\xf5"},{"id":"n2","label":"F\xfbr\xe9sz"}],"links":[]}',
      'g.graphml':
        '<graphml><key id="l" for="node" attr.name="label"/><graph><node id="n1"><data key="l">Jen\xf5</data></node><node id="n2"><data key="l">F\xfbr\xe9sz</data></node></graph></graphml>',
      'g.gexf':
        '<gexf version="1.2"><graph><nodes><node id="n1" label="Jen\xf5"/><node id="n2" label="F\xfbr\xe9sz"/></nodes></graph></gexf>',
      'teams.json': '{"teams":[{"id":"a","name":"Jen\xf5"},{"id":"b","name":"F\xfbr\xe9sz"}]}',
      'edges.csv': 'Source,Target\nJen\xf5,F\xfbr\xe9sz\n',
    };
    for (const [name, text] of Object.entries(graphs)) {
      writeFileSync(at(name), Buffer.from(text, 'latin1'));
      const into = [
        'import',
        at(name),
        '--workspace',
        `from ${name}`,
        ...(name === 'edges.csv' ? ['--format', 'csv-edges'] : []),
      ];
      const asked = await refused(...into);
      expect(asked.error, name).toMatchObject({ code: 'BAD_FILE', details: { reason: 'encoding_unclear' } });
      expect(asked.error.message).toContain('Jenő');
      await json(...into, '--encoding', 'windows-1250');
      const { rows } = await json<{ rows: { payload: { name: string } }[] }>(
        'entities list team',
        '--workspace',
        `from ${name}`,
      );
      expect(rows.map(({ payload }) => payload.name).toSorted(), name).toEqual(['Fűrész', 'Jenő']);
    }
  });

  test('whose letters are unclear is read by the names of the workspace', async () => {
    const options = ['--workspace', 'known', '--type', 'team'];
    writeFileSync(at('known.csv'), Buffer.from('Team,Size\nPaj\xb9k,3\nG\xb9sior,4\n', 'latin1'));
    expect((await refused('import', at('known.csv'), ...options)).error.details).toEqual({
      argument: '--encoding',
    });
    writeFileSync(at('known-8.csv'), 'Team\nPająk\nGąsior\n');
    await json('import', at('known-8.csv'), ...options);
    expect(await json('import', at('known.csv'), ...options, '--matching', 'update')).toMatchObject({
      updated: { teams: 2 },
    });
  });

  test('of a workbook refuses an encoding by name', async () => {
    const workbook = table('cases/04-merged-team-cells.xlsx');
    const { error } = await refused('import', workbook, '--workspace', 'book', '--encoding', 'windows-1250');
    expect(error).toMatchObject({ code: 'BAD_FILE', details: { reason: 'encoding_fixed' } });
  });

  test('asks about existing rows, and refuses meaningless options', async () => {
    await json('import', table('teams.csv'), '--workspace', 'twice');
    const again = await refused('import', table('teams.csv'), '--workspace', 'twice');
    expect(JSON.stringify(again)).toContain('--matching');
    const tried = await frames('import', table('teams.csv'), '--workspace', 'twice', '--dry-run');
    expect({ code: tried.code, first: tried.stdout.split('\n')[0] }).toEqual({
      code: 1,
      first: `Would be refused: ${again.error.message}`,
    });
    expect(tried.stdout).toContain('undecided (--matching): 12');
    const skipped = await json('import', table('teams.csv'), '--workspace', 'twice', '--matching', 'skip');
    expect(skipped).toMatchObject({ op_id: '', skipped: 12 });
    for (const wrong of [
      ['--column', 'Nobody=name'],
      ['--column', 'Room=starship'],
      ['--map', 'M'],
      ['--type', 'starship'],
    ]) {
      expect(await refused('import', table('teams.csv'), '--workspace', 'twice', ...wrong)).toMatchObject({
        code: 2,
      });
    }
  });
});

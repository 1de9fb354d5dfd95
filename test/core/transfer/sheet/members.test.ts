import { describe, expect, it } from 'vitest';
import type { SheetLayout, SheetType } from '#shared/contract/sheets.ts';
import { drain, workspaceForEach } from '../workspace.ts';
import { guessed, look, told, tryText } from './support.ts';

const workspace = workspaceForEach();

/** Members of a club: professors, students, a former one, and a company. */
const members = [
  'Sócio;Secção;Curso;Categoria',
  'Helena Vasconcelos;;;Docente',
  'Ricardo Mourão;Energia;;Antigo aluno',
  'Marta Figueiredo;Energia;MEAer;Efetivo',
  'Tiago Nogueira;Estruturas;MEAer;Efetivo',
  'Beatriz Antunes;Energia;MEEC;Efetivo',
  'Inês Magalhães;Estruturas;MEAer;Efetivo',
  'Nortada Aeroestruturas, Lda.;;;Coletivo',
].join('\n');

const name = 'socios.csv';

describe('a column of types with words of a club', () => {
  it('is asked for if it names students and faculty in a few rows', async () => {
    const { doubts } = await look(workspace, members, name);
    expect(doubts).toMatchObject({ types: ['student', 'faculty'], type_column: 3 });
  });

  it('makes students of unknown words if a heading is about students', async () => {
    const view = await look(workspace, members, name, { sheet: null, header: null, type_column: 3 });
    expect(view.row_types).toEqual(['student', 'faculty']);
  });

  it('gives the words that a person decides any type, with a part of its own', async () => {
    const layout: SheetLayout = {
      sheet: null,
      header: null,
      type_column: 3,
      word_types: { Coletivo: 'organisation' },
    };
    const source = { text: members, name };
    const view = await look(workspace, members, name, layout);
    expect(view.row_types).toEqual(['student', 'faculty', 'organisation']);
    const partOf = (type: SheetType) => ({
      layout,
      choices: {
        ...guessed(view, { type }),
        elsewhere: view.row_types.filter((other) => other !== type),
        new_university: 'Universidade do Norte',
      },
    });
    const request = {
      source,
      ...partOf('student'),
      others: [partOf('faculty'), partOf('organisation')],
    };
    const { result } = await drain(await workspace.client.transfer.previewSheet(request));
    expect(result.report.notices).toContainEqual(
      expect.objectContaining({ code: 'former_members', count: 1 }),
    );
    await drain(await workspace.client.transfer.importSheet(request));
    const { rows: students } = await workspace.client.entities.list({ type: 'student' });
    expect(students.map(({ title, payload: { active } }) => [title, active])).toEqual([
      ['Beatriz Antunes', true],
      ['Inês Magalhães', true],
      ['Marta Figueiredo', true],
      ['Ricardo Mourão', false],
      ['Tiago Nogueira', true],
    ]);
    const { rows: organisations } = await workspace.client.entities.list({ type: 'organisation' });
    expect(
      organisations.map(({ title, payload: { university_id } }) => [title, university_id ?? null]),
    ).toEqual([['Nortada Aeroestruturas, Lda.', null]]);
  });
});

it('takes a word for students who have left', async () => {
  const text = members.replace('Antigo aluno', 'Sénior').replace('Docente', 'Antigo aluno');
  const word_types = { Sénior: 'former', Efetivo: 'student', Coletivo: 'ignore' } as const;
  const layout: SheetLayout = { sheet: null, header: null, type_column: 3, word_types };
  const view = await look(workspace, text, name, layout);
  const source = { text, name };
  await drain(
    await workspace.client.transfer.importSheet({
      source,
      layout,
      choices: guessed(view, { type: 'student' }),
    }),
  );
  const { rows } = await workspace.client.entities.list({ type: 'student' });
  expect(rows.filter(({ payload }) => payload.active === false).map(({ title }) => title)).toEqual([
    'Helena Vasconcelos',
    'Ricardo Mourão',
  ]);
});

describe('an organisation among people', () => {
  it('is asked about', async () => {
    const { preview } = await tryText(workspace, members, { type: 'student' });
    expect(told(preview)).toContain('organisation_row | Nortada Aeroestruturas, Lda. | 8 | kept');
  });

  it.each(['LEE SE', 'Maria Sá', 'Ana Costa', 'João Oy'])('is not %s', async (person) => {
    const { preview } = await tryText(workspace, members.replace('Marta Figueiredo', person), {
      type: 'student',
    });
    expect(told(preview).join()).not.toContain(person);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { commands } from '#cli/commands/index.ts';
import { flag } from '#cli/args/option.ts';
import { command } from '#cli/command.ts';
import { apiPage, operationBy } from '#scripts/lib/reference/api.ts';
import { callersOf } from '#scripts/lib/reference/callers.ts';
import { commandsPage } from '#scripts/lib/reference/commands.ts';
import { containersPage } from '#scripts/lib/reference/containers.ts';
import { localEntities, relationsOf } from '#scripts/lib/reference/entities.ts';
import { limitsOf, typeText } from '#scripts/lib/reference/json-schema.ts';
import type { JsonSchema } from '#scripts/lib/reference/json-schema.ts';
import { localTables } from '#scripts/lib/reference/schema.ts';
import { root } from '#scripts/lib/paths.ts';
import { diagramsIn, diagramProblems } from './mermaid.ts';

const committed = (name: string): string => readFileSync(join(root, 'docs/reference', `${name}.md`), 'utf8');
const outdated = 'the page is outdated; run: npm run reference';

describe('the committed reference equals the generated one', () => {
  test('commands', () => {
    expect(committed('commands'), outdated).toBe(commandsPage(commands));
  });

  test('API', async () => {
    expect(committed('api'), outdated).toBe(await apiPage());
  });

  test('programs', async () => {
    expect(committed('containers'), outdated).toBe(await containersPage(commands));
  });

  test('entities of a workspace; test/server/reference.test.ts compares the rest', async () => {
    expect(committed('entities').startsWith(localEntities(await localTables())), outdated).toBe(true);
  });
});

describe('a change of the sources shows on the page', () => {
  test('a new command and its option', () => {
    const added = command({
      path: ['add'],
      summary: 'Add | or not',
      parameters: {},
      options: { more: flag('Add <more>') },
      run: async () => {},
    });
    const page = commandsPage([...commands, added]);
    expect(page).toContain('### frames add');
    expect(page).toContain('| `--more` | Add &lt;more> |');
    expect(page).toContain(String.raw`Add \| or not`);
  });

  test('the rules of a route', async () => {
    const callers = {
      token: await callersOf(operationBy('auth.token')),
      list: await callersOf(operationBy('teams.list')),
      create: await callersOf(operationBy('teams.create')),
      replace: await callersOf(operationBy('state.replace')),
      vacuum: await callersOf(operationBy('admin.vacuum')),
    };
    expect(callers).toEqual({
      token: 'anyone, without a token',
      list: 'any user',
      create: 'admin, researcher, editor',
      replace: 'admin, researcher',
      vacuum: 'admin',
    });
  });

  test('a reference by convention and a foreign key', () => {
    const column = (name: string) => ({ name, type: 'TEXT', isKey: name === 'id', isComputed: false });
    const tables = [
      { name: 'universities', columns: [column('id')], keys: [] },
      { name: 'sessions', columns: [column('id')], keys: [] },
      {
        name: 'teams',
        columns: [column('id'), column('university_id'), column('project_id')],
        keys: [{ column: 'project_id', to: 'projects' }],
      },
      {
        name: 'notes',
        columns: [column('session_id'), column('university_id'), column('text_id')],
        keys: [],
      },
    ];
    expect(
      relationsOf(tables).map(({ from, column: by, to, isEnforced }) => [from, by, to, isEnforced]),
    ).toEqual([
      ['teams', 'project_id', 'projects', true],
      ['teams', 'university_id', 'universities', false],
      ['notes', 'session_id', 'sessions', false],
      ['notes', 'university_id', 'universities', false],
    ]);
  });
});

test('a schema is printed as a type with its limits', () => {
  const schemaOf = (schema: z.ZodType): JsonSchema => z.toJSONSchema(schema) as JsonSchema;
  expect(typeText(schemaOf(z.object({ a: z.string(), b: z.array(z.number().nullable()).optional() })))).toBe(
    '{ a: string; b?: (number | null)[] }',
  );
  expect(typeText(schemaOf(z.enum(['x', 'y'])))).toBe('"x" | "y"');
  expect(typeText({})).toBe('any');
  expect(limitsOf(schemaOf(z.string().min(2).max(9)))).toBe('2 to 9 characters');
  expect(limitsOf(schemaOf(z.int().min(1).default(4)))).toBe('whole, at least 1, default 4');
});

describe('diagrams', () => {
  const pages = ['entities', 'containers'];

  test('every diagram of the reference has the syntax of Mermaid', () => {
    const diagrams = pages.flatMap((name) => diagramsIn(committed(name)));
    expect(diagrams.length).toBeGreaterThan(5);
    for (const diagram of diagrams) expect(diagramProblems(diagram), diagram.slice(0, 200)).toEqual([]);
  });

  test.each([
    ['a line without a kind', 'erDiagram\n  a o{ b : "x"'],
    ['a relation to a word that is no name', 'erDiagram\n  a |o--o{ b c : "x"'],
    ['a type of two words', 'erDiagram\n  a {\n    double precision x\n  }'],
    ['a box that does not end', 'erDiagram\n  a {\n    TEXT x'],
    ['a node that nothing declares', 'flowchart TB\n  a["A"]\n  a --> b'],
    ['a part that does not end', 'flowchart TB\n  subgraph s["S"]\n  a["A"]'],
    ['a quotation mark inside of a text', 'flowchart TB\n  a["A "B""]'],
    ['another kind of diagram', 'pie\n  "a" : 1'],
  ])('%s is found', (_, diagram) => {
    expect(diagramProblems(diagram)).not.toEqual([]);
  });
});

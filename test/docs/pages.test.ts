import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { command } from '#cli/command.ts';
import { commands } from '#cli/commands/index.ts';
import { pointInTimeOptions } from '#cli/workspace.ts';
import { root } from '#scripts/lib/paths.ts';
import {
  linkProblems,
  pagesOf,
  pathProblems,
  scriptProblems,
  variableProblems,
  variablesOf,
} from './checks.ts';
import { callsOf, commandProblems } from './command-lines.ts';

const pages = pagesOf(root);
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
const names = new Set(Object.keys(scripts));
const variables = variablesOf(root);

/** The command that a reader of CONTRIBUTING.md adds as an exercise. */
const exercise = command({
  path: ['counts'],
  summary: 'Count',
  parameters: {},
  options: pointInTimeOptions,
  run: async () => {},
});

test('all pages are checked', () => {
  const paths = pages.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining(['README.md', 'docs/operations/run.md', 'docs/guide/README.md']),
  );
  expect(paths.length).toBeGreaterThan(80);
  // The table of docs/guide/command-line.md alone has more.
  expect(pages.flatMap(({ text }) => callsOf(text)).length).toBeGreaterThan(400);
});

describe.each(pages)('$path', (page) => {
  test('has no broken link, script, command, variable or path', () => {
    const problems = [
      ...linkProblems(page, root),
      ...scriptProblems(page, names),
      ...commandProblems(page.text, page.path === 'CONTRIBUTING.md' ? [...commands, exercise] : commands),
      ...variableProblems(page, variables),
      ...pathProblems(page, root),
    ];
    expect(problems).toEqual([]);
  });
});

test.each([
  ['src/cli/commands/records.ts', 'export const recordCommands'],
  ['src/cli/commands/records.ts', 'entitiesList,'],
  ['test/cli/command-calls.ts', "search: ['a'],"],
  ['test/cli/entities.test.ts', "describe('frames entities'"],
  ['src/renderer/i18n/en/home.ts', "answers: 'Show answer'"],
])('%s has the line that CONTRIBUTING.md names: %s', (file, line) => {
  expect(pages.find(({ path }) => path === 'CONTRIBUTING.md')?.text).toContain(line);
  expect(readFileSync(join(root, file), 'utf8')).toContain(line);
});

/** A page at the root of the repository. */
const pageOf = (text: string) => ({ path: 'PAGE.md', text });

describe('each check finds a planted fault', () => {
  test.each([
    ['a link to a missing page', '[x](docs/none.md)', 1],
    ['a missing image', '![x](docs/images/none.png)', 1],
    ['a missing image in HTML', '<img src="docs/images/none.png">', 1],
    ['a link out of the repository', '[x](../other/README.md)', 1],
    ['an anchor that the page lacks', '# Here\n\n[x](#there)', 1],
    ['an anchor that another page lacks', '[x](README.md#there)', 1],
    ['the second of two headings alike', '# Here\n\n# Here\n\n[x](#here-2)', 1],
    [
      'links that exist',
      '# `A b`: c\n\n# Here\n\n# Here\n\n[x](#a-b-c) [y](#here-1) [z](README.md#start) [w](docs)',
      0,
    ],
    ['links in code and of the web', '`[x](none)` [y](https://example.org/none#x)\n\n```\n[x](none)\n```', 0],
  ])('%s', (_, text, count) => {
    expect(linkProblems(pageOf(text), root)).toHaveLength(count);
  });

  test.each([
    ['`npm run none`', 1],
    ['```\nnpm ci && npm run none -- x\n```', 1],
    ['`npm run lint` and the npm run none of prose, `npm test`', 0],
  ])('a script in %s', (text, count) => {
    expect(scriptProblems(pageOf(text), names)).toHaveLength(count);
  });

  test.each([
    ['an unknown command', '`frames none`'],
    ['an unknown command of a group', '`frames entities none`'],
    ['an unknown option', '`frames verify --none`'],
    ['an option of another command', '`frames verify --csv`'],
    ['an option that goes on from the command before', '`frames verify`, `… --csv`'],
    ['an option without its value', '`frames verify --workspace`'],
    ['too many arguments', '`frames redo one`'],
    ['a choice that there is not', '`frames analyze --model none`'],
    ['a value that is no number', '`frames simulate --terms many`'],
    ['a command in a block', '```\ncat x | bin/frames none | head\n```'],
    ['a command on two lines', '```\nframes verify \\\n  --none\n```'],
    ['a command of a service', '```ini\nExecStart=/opt/frames/bin/frames serve none\n```'],
    ['a command in an indented block', 'As in\n\n    frames none'],
    ['a command in a cell', '| a | `cat x \\| frames none` |'],
    ['a command after a variable', '```\nFRAMES_ACTOR="Ada" frames none\n```'],
  ])('%s', (_, text) => {
    expect(commandProblems(text, commands)).toHaveLength(1);
  });

  test('commands with placeholders, pipes, ellipses and left-out arguments pass', () => {
    const text = [
      '`frames entities list TYPE`, `… --csv`; `frames simulate --terms N`; `frames sandbox`; `frames COMMAND --help`',
      '`frames backup restore`; `frames moments show MOMENT team [ID] …`; `frames analyze --model MODEL`',
      '```\necho "$X" | bin/frames sync now --workspace W > out && frames verify # a check\n```',
    ].join('\n\n');
    expect(commandProblems(text, commands)).toEqual([]);
  });

  test('a variable that nothing reads', () => {
    expect(variableProblems(pageOf('`FRAMES_NONE`, FRAMES_SECRET'), variables)).toEqual([
      'FRAMES_NONE: nothing reads it',
    ]);
  });

  test('a path that leads nowhere', () => {
    const text =
      '`src/none.ts`, `docs/none/*.md`, `src/cli`, `src/core/*.ts`, `src/renderer/i18n/<language>/`, `deploy/none`';
    expect(pathProblems(pageOf(text), root)).toHaveLength(3);
  });
});

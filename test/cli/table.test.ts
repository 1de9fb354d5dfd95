import { describe, expect, test } from 'vitest';
import { everywhere } from '#cli/command.ts';
import { commandHelp, groupHelp } from '#cli/output/help.ts';
import { commands } from '#cli/table.ts';

const names = commands.map((command) => command.path.join(' '));

describe('the commands', () => {
  test('are those that are promised', () => {
    expect(names).toEqual(
      expect.arrayContaining([
        'import',
        'verify',
        'export',
        ...['list', 'get', 'create', 'update', 'delete', 'restore'].map((verb) => `entities ${verb}`),
        'undo',
        'redo',
        'audit list',
        'seed',
        'profiles list',
        'profiles create',
        'profiles rename',
        'views list',
        ...['status', 'up', 'down'].map((verb) => `migrate ${verb}`),
      ]),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  test('take a value after an option everywhere or nowhere, so that a line can be read before its command is known', () => {
    const kinds = new Map<string, boolean>();
    for (const command of commands) {
      for (const [name, { kind }] of Object.entries({ ...everywhere, ...command.options })) {
        const valued = kind !== 'flag';
        expect(`${name} ${kinds.get(name) ?? valued}`).toBe(`${name} ${valued}`);
        kinds.set(name, valued);
      }
    }
  });

  test('that must be given stand before what may be left out', () => {
    for (const command of commands) {
      const required = Object.values(command.parameters).map((parameter) => parameter.required);
      expect(required.toSorted((a, b) => Number(b) - Number(a))).toEqual(required);
    }
  });

  test.each(commands)('$path has a help that names every argument and option within the width', (command) => {
    const help = commandHelp(command);
    for (const { placeholder } of Object.values(command.parameters))
      expect(help).toContain(`  ${placeholder}`);
    for (const name of Object.keys({ ...everywhere, ...command.options }))
      expect(help).toContain(`--${name}`);
    const wrapped = help.split('\n').filter((line) => !line.startsWith('  frames '));
    expect(Math.max(...wrapped.map((line) => line.length))).toBeLessThanOrEqual(110);
  });

  test('are all in the help of the program', () => {
    const help = groupHelp([], commands, '1.2.3');
    for (const name of names) expect(help).toContain(`  ${name}  `);
    expect(help).toContain('1.2.3');
  });
});

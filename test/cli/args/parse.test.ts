import { describe, expect, test } from 'vitest';
import { findCommand } from '#cli/args/find.ts';
import { flag, list, maybeOneOf, needed, oneOf, text, whole } from '#cli/args/option.ts';
import { readGiven, readLine } from '#cli/args/parse.ts';
import { UsageError } from '#cli/args/usage-error.ts';
import { command } from '#cli/command.ts';

const paint = command({
  path: ['fence', 'paint'],
  summary: 'Paint a fence',
  parameters: { colour: oneOf('COLOUR', 'Which', ['red', 'green']), brush: text('BRUSH', 'With what') },
  options: {
    place: needed('PLACE', 'Where'),
    coats: whole('N', 'How often', { min: 1, max: 9, default: 2 }),
    shade: maybeOneOf('SHADE', 'How dark', ['light', 'dark']),
    board: list('BOARD', 'Which boards'),
    dry: flag('Without paint'),
  },
  run: () => Promise.resolve(),
});
const mend = command({
  path: ['mend'],
  summary: 'Mend',
  parameters: {},
  options: {},
  run: () => Promise.resolve(),
});
const commands = [paint, mend];

function read(...argv: string[]): Record<string, unknown> {
  const line = readLine(argv, commands);
  const found = findCommand(line.words, commands);
  if ('group' in found) return { group: found.group };
  return readGiven(found.command, line, found.rest);
}

const refusal = (...argv: string[]): string => {
  try {
    read(...argv);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return 'accepted';
};

describe('a command line', () => {
  test('is read wherever the options stand', () => {
    const wanted = {
      colour: 'red',
      brush: 'wide',
      place: 'front',
      coats: 3,
      shade: 'dark',
      board: ['a', 'b'],
      dry: true,
    };
    expect(
      read(
        'fence',
        'paint',
        'red',
        'wide',
        '--place',
        'front',
        '--coats=3',
        '--board',
        'a',
        '--board=b',
        '--dry',
        '--shade',
        'dark',
      ),
    ).toMatchObject(wanted);
    expect(
      read(
        '--dry',
        '--place=front',
        'fence',
        '--coats',
        '3',
        'paint',
        '--board',
        'a',
        'red',
        '--board',
        'b',
        'wide',
        '--shade',
        'dark',
      ),
    ).toMatchObject(wanted);
  });

  test('leaves what is not given at its default', () => {
    expect(read('fence', 'paint', 'green', '--place', 'x')).toEqual({
      colour: 'green',
      brush: undefined,
      place: 'x',
      coats: 2,
      shade: undefined,
      board: [],
      dry: false,
      json: false,
      help: false,
    });
  });

  test('takes words after -- as they are, and a number with a sign as a value', () => {
    expect(read('fence', 'paint', '--place', 'x', 'red', '--', '--odd')).toMatchObject({ brush: '--odd' });
    expect(refusal('fence', 'paint', 'red', '--place', 'x', '--coats', '-1')).toContain('"-1" is not');
  });

  test('names what is wrong with it', () => {
    expect(refusal('fence', 'paint', '--place', 'x')).toBe('COLOUR is missing for frames fence paint.');
    expect(refusal('fence', 'paint', 'red')).toBe('--place PLACE is missing for frames fence paint.');
    expect(refusal('fence', 'paint', 'blue', '--place', 'x')).toBe(
      'COLOUR must be one of red, green; "blue" is not.',
    );
    expect(refusal('fence', 'paint', 'red', 'b', 'c', '--place', 'x')).toBe(
      '"c" is one argument too many for frames fence paint.',
    );
    expect(refusal('fence', 'paint', 'red', '--place')).toBe('--place needs a value: --place PLACE.');
    expect(refusal('fence', 'paint', 'red', '--place', '--dry')).toBe(
      '--place needs a value: --place PLACE.',
    );
    expect(refusal('fence', 'paint', 'red', '--place', ' ')).toBe('--place must not be empty.');
    expect(refusal('fence', 'paint', 'red', '--place', 'x', '--place', 'y')).toContain('was given 2 times');
    expect(refusal('fence', 'paint', 'red', '--place', 'x', '--dry=yes')).toContain('--dry takes no value');
    for (const coats of ['0', '10', '2.5', 'two', '1e1', '']) {
      expect(refusal('fence', 'paint', 'red', '--place', 'x', `--coats=${coats}`)).toContain(
        '--coats must be a whole number from 1 to 9',
      );
    }
  });

  test('names an option that is not there, and the one that may have been meant', () => {
    expect(refusal('mend', '--dri')).toBe('There is no option --dri. Did you mean --dry?');
    expect(refusal('mend', '--dry')).toBe('There is no option --dry for frames mend.');
    expect(refusal('mend', '--constructor')).toContain('There is no option --constructor');
    expect(refusal('mend', '-x')).toContain('There is no option -x');
  });

  test('names a command that is not there, and the one that may have been meant', () => {
    expect(refusal('fence', 'point')).toBe(
      'There is no command "frames fence point". Did you mean "frames fence paint"?',
    );
    expect(refusal('mand')).toBe('There is no command "frames mand". Did you mean "frames mend"?');
    expect(refusal('zebra')).toBe('There is no command "frames zebra".');
    expect(read('fence')).toEqual({ group: ['fence'] });
    expect(read()).toEqual({ group: [] });
  });
});

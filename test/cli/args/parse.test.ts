import { describe, expect, test } from 'vitest';
import {
  field,
  flag,
  list,
  requiredText,
  requiredOneOf,
  oneOf,
  text,
  wholeNumber,
} from '#cli/args/option.ts';
import { findCommand, parseArguments, parseCommandLine } from '#cli/args/parse.ts';
import { command } from '#cli/command.ts';
import { UsageError } from '#cli/output/errors.ts';

const paint = command({
  path: ['fence', 'paint'],
  summary: 'Paint a fence',
  parameters: {
    colour: requiredOneOf('COLOUR', 'Which', ['red', 'green']),
    brush: text('BRUSH', 'With what'),
  },
  options: {
    place: requiredText('PLACE', 'Where'),
    coats: wholeNumber('N', 'How often', { min: 1, max: 9 }),
    shade: oneOf('SHADE', 'How dark', ['light', 'dark']),
    board: list('BOARD', 'Which boards'),
    'dry-run': flag('Without paint'),
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
  const line = parseCommandLine(argv, commands);
  const found = findCommand(line.words, commands);
  if ('group' in found) return { group: found.group };
  return parseArguments(found.command, line, found.argumentWords);
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
      'dry-run': true,
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

  test('keeps the defaults of missing options', () => {
    expect(read('fence', 'paint', 'green', '--place', 'x')).toEqual({
      colour: 'green',
      brush: undefined,
      place: 'x',
      coats: undefined,
      shade: undefined,
      board: [],
      'dry-run': false,
      json: false,
      help: false,
    });
  });

  test('takes words after -- as they are, and a number with a sign as a value', () => {
    expect(read('fence', 'paint', '--place', 'x', 'red', '--', '--odd')).toMatchObject({ brush: '--odd' });
    expect(refusal('fence', 'paint', 'red', '--place', 'x', '--coats', '-1')).toContain('not "-1"');
  });

  test('names the problem', () => {
    expect(refusal('fence', 'paint', '--place', 'x')).toBe('frames fence paint requires COLOUR.');
    expect(refusal('fence', 'paint', 'red')).toBe('frames fence paint requires --place PLACE.');
    expect(refusal('fence', 'paint', 'blue', '--place', 'x')).toBe(
      'COLOUR must be one of red, green, not "blue".',
    );
    expect(refusal('fence', 'paint', 'red', 'b', 'c', '--place', 'x')).toBe(
      'Unexpected argument "c" for frames fence paint.',
    );
    expect(refusal('fence', 'paint', 'red', '--place')).toBe('--place needs a value: --place PLACE.');
    expect(refusal('fence', 'paint', 'red', '--place', '--dry')).toBe(
      '--place needs a value: --place PLACE.',
    );
    expect(refusal('fence', 'paint', 'red', '--place', ' ')).toBe('--place must not be empty.');
    expect(refusal('fence', 'paint', 'red', '--place', 'x', '--place', 'y')).toContain(
      'can be given only once',
    );
    expect(refusal('fence', 'paint', 'red', '--place', 'x', '--dry=yes')).toContain(
      '--dry does not take a value',
    );
    for (const coats of ['0', '10', '2.5', 'two', '1e1', '']) {
      expect(refusal('fence', 'paint', 'red', '--place', 'x', `--coats=${coats}`)).toContain(
        '--coats must be a whole number from 1 to 9',
      );
    }
  });

  test('names an unknown option and a similar one', () => {
    expect(refusal('fence', 'paint', 'red', '--dry-rum')).toBe(
      'Unknown option --dry-rum for frames fence paint. Did you mean --dry-run?',
    );
    expect(refusal('fence', '--dry-rum')).toBe('Unknown option --dry-rum. Did you mean --dry-run?');
    // An option of another command is no option of this one, and not proposed.
    expect(refusal('mend', '--dry')).toBe('Unknown option --dry for frames mend.');
    expect(refusal('mend', '--dry-rum')).toBe('Unknown option --dry-rum for frames mend.');
    expect(refusal('mend', '--shade')).toBe('Unknown option --shade for frames mend.');
    expect(refusal('mend', '--constructor')).toContain('Unknown option --constructor');
    expect(refusal('mend', '-x')).toContain('Unknown option -x');
  });

  test('names an unknown command and a similar one', () => {
    expect(refusal('fence', 'point')).toBe(
      'Unknown command "frames fence point". Did you mean "frames fence paint"?',
    );
    expect(refusal('mand')).toBe('Unknown command "frames mand". Did you mean "frames mend"?');
    expect(refusal('zebra')).toBe('Unknown command "frames zebra".');
    expect(read('fence')).toEqual({ group: ['fence'] });
    expect(read()).toEqual({ group: [] });
  });
});

describe('an option for a field of an operation', () => {
  test('takes kind, choices, bounds, default and requiredness from the field', () => {
    const limit = field('entities.list', 'limit', 'N', 'Maximum number of results');
    expect(limit).toMatchObject({ kind: 'value', required: false, field: 'limit' });
    expect(limit.summary).toBe('Maximum number of results (default 100)');
    expect(limit.parse(['7'], '--limit')).toBe(7);
    expect(limit.parse([], '--limit')).toBeUndefined();
    expect(() => limit.parse(['1001'], '--limit')).toThrow('a whole number from 0 to 1000');
    expect(field('entities.list', 'type', 'TYPE', 'Which')).toMatchObject({ required: true });
    expect(field('history.list', 'action', 'A', 'Which').choices).toContain('restore');
    expect(field('entities.remove', 'with_contents', '', 'With it')).toMatchObject({ kind: 'flag' });
    const unset = field('entities.update', 'unset', 'FIELD', 'Remove this field');
    expect(unset).toMatchObject({ kind: 'list', required: false });
    expect(unset.parse(['a', 'b'], '--unset')).toEqual(['a', 'b']);
  });
});

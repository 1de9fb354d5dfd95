import type { z } from 'zod';

type ZodIssue = z.core.$ZodIssue;

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** Problem of a value, as the end of a sentence that starts with its field: "must be a number". Custom messages of a schema are kept. */
export function issueWords(issue: ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${kinds[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return smallest(issue.origin, Number(issue.minimum), issue.inclusive !== false);
    case 'too_big':
      return largest(issue.origin, Number(issue.maximum), issue.inclusive !== false);
    case 'invalid_value':
      return `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'unrecognized_keys':
      return `has fields that are not known: ${issue.keys.join(', ')}`;
    default:
      return issue.message;
  }
}

function smallest(origin: string, least: number, inclusive: boolean): string {
  if (origin === 'string') return least <= 1 ? 'must not be empty' : `must have at least ${least} characters`;
  if (origin === 'array') return `must have at least ${least} entries`;
  return inclusive ? `must be ${least} or more` : `must be more than ${least}`;
}

function largest(origin: string, most: number, inclusive: boolean): string {
  if (origin === 'string') return `must have at most ${most} characters`;
  if (origin === 'array') return `must have at most ${most} entries`;
  return inclusive ? `must be ${most} or less` : `must be less than ${most}`;
}

import type { z } from 'zod';

type ZodIssue = z.core.$ZodIssue;

const kindNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** Problem of a value, as the end of a sentence that starts with its field: "must be a number". Custom messages of a schema are kept. */
export function issueText(issue: ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'is missing'
        : `must be ${kindNames[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return minText(issue.origin, Number(issue.minimum), issue.inclusive !== false);
    case 'too_big':
      return maxText(issue.origin, Number(issue.maximum), issue.inclusive !== false);
    case 'invalid_value':
      return `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'unrecognized_keys':
      return `has fields that are not known: ${issue.keys.join(', ')}`;
    default:
      return issue.message;
  }
}

function minText(origin: string, min: number, inclusive: boolean): string {
  if (origin === 'string') return min <= 1 ? 'must not be empty' : `must have at least ${min} characters`;
  if (origin === 'array') return `must have at least ${min} entries`;
  return inclusive ? `must be ${min} or more` : `must be more than ${min}`;
}

function maxText(origin: string, max: number, inclusive: boolean): string {
  if (origin === 'string') return `must have at most ${max} characters`;
  if (origin === 'array') return `must have at most ${max} entries`;
  return inclusive ? `must be ${max} or less` : `must be less than ${max}`;
}

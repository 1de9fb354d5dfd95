import type { z } from 'zod';
import type { Issue } from '../contract/fault-data.ts';
import problems from './en/problems.ts';
import { sentenceText } from './sentence.ts';
import type { Sentence, ValuesOf } from './sentence.ts';

type Problem = keyof typeof problems;
type Values<K extends Problem> =
  Record<string, never> extends ValuesOf<`issue.${K}`> ? [values?: object] : [values: ValuesOf<`issue.${K}`>];

const issue = (path: string, code: string, problem: Sentence): Issue => ({
  path,
  code,
  problem,
  message: sentenceText(problem),
});

/** An issue whose code is its problem in the catalogue. */
export const issueOf = <const K extends Problem>(path: string, key: K, ...[values]: Values<K>): Issue =>
  issueWithCode(path, key, key, values as SentenceValuesOf);

type SentenceValuesOf = NonNullable<Sentence['values']> | undefined;

/** An issue with a more general code than its problem. */
export const issueWithCode = (path: string, code: string, key: Problem, values?: SentenceValuesOf): Issue =>
  issue(path, code, { code: `issue.${key}`, ...(values && { values }) });

/** The issue with another problem. */
export const withProblem = (issue: Issue, key: Problem, values: SentenceValuesOf): Issue => ({
  ...issue,
  ...issueWithCode(issue.path, issue.code, key, values),
});

/** The values of a text about the record that a reference names. */
export const targetValues = ({
  title,
  id,
}: {
  title: string;
  id: string;
}): { title: string; id: string } => ({
  title: title || id,
  id,
});

/** The issue of a name that several records have. */
export const ambiguousIssue = (path: string, matches: readonly { id: string }[]): Issue =>
  issueOf(path, 'ambiguous', { count: matches.length, ids: matches.map(({ id }) => id).join(', ') });

/** Options of zod's `refine`: the problem of a value that breaks the rule. */
export const rule = (problem: Problem): { params: { problem: Problem } } => ({ params: { problem } });

const kindProblems: Readonly<Record<string, Problem>> = {
  string: 'not_text',
  number: 'not_number',
  int: 'whole_number',
  boolean: 'not_boolean',
  array: 'not_list',
  object: 'not_object',
  record: 'not_object',
};

/** The issue of a value that its schema refuses, as zod reports it. `code` is zod's by default. */
export function issueOfZod(
  found: z.core.$ZodIssue,
  { path = found.path.map(String).join('.'), code = found.code }: { path?: string; code?: string } = {},
): Issue {
  const because = (key: Problem, values?: SentenceValuesOf): Issue => issueWithCode(path, code, key, values);
  switch (found.code) {
    case 'invalid_type':
      if ('input' in found && found.input === undefined) return because('absent');
      return because(kindProblems[found.expected] ?? 'invalid_type', { expected: found.expected });
    case 'too_small': {
      const min = Number(found.minimum);
      if (found.origin === 'string' && min <= 1) return because('empty');
      return because(limitProblem(found, ['min_characters', 'min_entries', 'too_small', 'above']), { min });
    }
    case 'too_big':
      return because(limitProblem(found, ['max_characters', 'max_entries', 'too_big', 'below']), {
        max: Number(found.maximum),
      });
    case 'invalid_value':
      return because('invalid_value', {
        values: found.values.map((value) => JSON.stringify(value)).join(', '),
      });
    case 'unrecognized_keys':
      return because('unrecognized_keys', { keys: found.keys.join(', ') });
    case 'custom': {
      const problem: unknown = found.params?.['problem'];
      return typeof problem === 'string'
        ? because(problem as Problem)
        : { path, code, message: found.message };
    }
    default: {
      const { message } = found;
      return Object.hasOwn(problems, found.code)
        ? { ...because(found.code), message }
        : { path, code, message };
    }
  }
}

type Limit = z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig;

function limitProblem(
  { origin, inclusive }: Limit,
  keys: readonly [Problem, Problem, Problem, Problem],
): Problem {
  if (origin === 'string') return keys[0];
  if (origin === 'array') return keys[1];
  return keys[inclusive === false ? 3 : 2];
}

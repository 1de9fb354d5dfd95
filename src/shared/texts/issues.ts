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
  zodIssue: z.core.$ZodIssue,
  { path = zodIssue.path.map(String).join('.'), code = zodIssue.code }: { path?: string; code?: string } = {},
): Issue {
  const toIssue = (key: Problem, values?: SentenceValuesOf): Issue => issueWithCode(path, code, key, values);
  switch (zodIssue.code) {
    case 'invalid_type':
      if ('input' in zodIssue && zodIssue.input === undefined) return toIssue('absent');
      return toIssue(kindProblems[zodIssue.expected] ?? 'invalid_type', { expected: zodIssue.expected });
    case 'too_small': {
      const min = Number(zodIssue.minimum);
      if (zodIssue.origin === 'string' && min <= 1) return toIssue('empty');
      return toIssue(limitProblem(zodIssue, minProblems), { min });
    }
    case 'too_big':
      return toIssue(limitProblem(zodIssue, maxProblems), {
        max: Number(zodIssue.maximum),
      });
    case 'invalid_value':
      return toIssue('invalid_value', {
        values: zodIssue.values.map((value) => JSON.stringify(value)).join(', '),
      });
    case 'unrecognized_keys':
      return toIssue('unrecognized_keys', { keys: zodIssue.keys.join(', ') });
    case 'custom': {
      const problem: unknown = zodIssue.params?.['problem'];
      return typeof problem === 'string'
        ? toIssue(problem as Problem)
        : { path, code, message: zodIssue.message };
    }
    default: {
      const { message } = zodIssue;
      return Object.hasOwn(problems, zodIssue.code)
        ? { ...toIssue(zodIssue.code), message }
        : { path, code, message };
    }
  }
}

type Limit = z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig;

interface LimitProblems {
  text: Problem;
  list: Problem;
  inclusive: Problem;
  exclusive: Problem;
}

const minProblems: LimitProblems = {
  text: 'min_characters',
  list: 'min_entries',
  inclusive: 'too_small',
  exclusive: 'above',
};
const maxProblems: LimitProblems = {
  text: 'max_characters',
  list: 'max_entries',
  inclusive: 'too_big',
  exclusive: 'below',
};

function limitProblem({ origin, inclusive }: Limit, problems: LimitProblems): Problem {
  if (origin === 'string') return problems.text;
  if (origin === 'array') return problems.list;
  return inclusive === false ? problems.exclusive : problems.inclusive;
}

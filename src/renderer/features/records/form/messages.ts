import type { core } from 'zod';
import type { Issue } from '#shared/contract/faults.ts';
import { say } from '../../../i18n/setup.ts';
import { coreText } from '../../../text/core.ts';
import { numberText } from '../../../text/values.ts';

/** Sentences of the domain's own rules, in the person's language. */
const ownRules: Readonly<Record<string, () => string>> = {
  'must not be empty': () => say('faults:issue.required'),
  'must not contain control characters': () => say('faults:issue.oneLine'),
  'must be a whole number': () => say('faults:issue.whole'),
  'must be another record than "from"': () => say('faults:issue.sameEnds'),
};

/** What is wrong with a value, to stand behind the field's name: "must be at least 1". */
export function ruleText(message: string): string {
  return ownRules[message]?.() ?? message;
}

/** That a text is no number; where it holds digits, how numbers are written here. */
export function noNumber(text: string): string {
  return /\d/.test(text)
    ? say('faults:issue.numberWritten', { example: numberText(1234.5) })
    : say('faults:issue.number');
}

/** The same of an issue that core has found. */
export function issueRule({ code, message }: Issue): string {
  return ownRules[message]?.() ?? coreText('issue', code, message);
}

const expected: Readonly<Record<string, () => string>> = {
  number: () => say('faults:issue.number'),
  boolean: () => say('faults:issue.boolean'),
};

/** zod's issues in our words; undefined leaves the rule's own. */
export function messageFor(issue: core.$ZodRawIssue): string | undefined {
  if (issue.code === 'too_small') {
    return issue.origin === 'string'
      ? say('faults:issue.required')
      : say('faults:issue.atLeast', { min: Number(issue.minimum) });
  }
  if (issue.code === 'too_big') {
    const max = Number(issue.maximum);
    return issue.origin === 'string'
      ? say('faults:issue.tooLong', { max })
      : say('faults:issue.atMost', { max });
  }
  if (issue.code !== 'invalid_type') return undefined;
  if (issue.input === undefined || issue.input === null) return say('faults:issue.required');
  return expected[issue.expected]?.() ?? say('faults:issue.invalid');
}

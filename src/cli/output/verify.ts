import type { Verification } from '#shared/contract/workspace.ts';
import { amount, countsLine } from '../words.ts';
import { findingLine } from './care.ts';

const noKeptHead =
  '! No head is kept beside the file (head.json): whether the end of the audit was cut off cannot be told.';

/** The report in lines; `noted` says that somebody met damage in the file before, `looked` that it could be looked at. */
export function verifyLines(
  { integrity, chain, replay, counts, ok, damage }: Verification,
  noted: boolean,
  looked: boolean,
): string[] {
  const part = (name: string, passed: boolean, facts: string, problems: readonly string[]): string[] => [
    `${passed ? '✓' : '✗'} ${name}${passed ? `: ${facts}` : problems.length > 0 ? ':' : ': not checked'}`,
    ...problems.map((problem) => `    ${problem}`),
  ];
  return [
    ...part('File and references', integrity.ok, 'whole', integrity.problems),
    ...part(
      'Chain of the audit',
      chain.ok,
      `${amount(chain.transactions, 'transaction')}, ${amount(chain.rows, 'change')}`,
      chain.problems,
    ),
    ...(chain.kept ? [] : [noKeptHead]),
    ...part(
      'Audit against records',
      replay.ok,
      `${amount(replay.records, 'entry', 'entries')} as the audit has them: records, also deleted ones, and profiles, views and positions`,
      replay.problems,
    ),
    ...(noted ? [notedLine(damage.length > 0 ? 'damaged' : looked ? 'whole' : 'unknown')] : []),
    ...(ok ? [`The workspace is whole: ${countsLine(counts)}.`] : []),
  ];
}

const notedLine = (what: 'whole' | 'damaged' | 'unknown'): string =>
  findingLine({ id: 'noted', state: what === 'damaged' ? 'bad' : 'warn', code: `noted.${what}`, params: {} });

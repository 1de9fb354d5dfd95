import type { ImportPlan, Problem } from '#shared/contract/transfer.ts';

type Code = Problem['code'];

/** Problems of one kind. */
export interface ProblemGroup {
  code: Code;
  /** All of them in the file, also those that are not listed. */
  count: number;
  problems: readonly Problem[];
}

/** What is lost comes first, then what is changed, then what is only worth knowing. */
const order: readonly Code[] = [
  'dangling_end',
  'self_interface',
  'duplicate_id',
  'unknown_section',
  'dangling_reference',
  'out_of_range',
  'wrong_type',
  'computed_field',
  'inexact_number',
  'duplicate_key',
  'missing_id',
  'missing_name',
  'same_university',
  'loss_bond',
  'loss_unit_guessed',
  'duration_unit_guessed',
  'unknown_value',
];

function place(code: Code): number {
  const at = order.indexOf(code);
  return at < 0 ? order.length : at;
}

/** The problems of a plan by kind, the gravest first. */
export function groupProblems({
  problems,
  problem_counts,
}: Pick<ImportPlan, 'problems' | 'problem_counts'>): ProblemGroup[] {
  const listed = new Map<Code, Problem[]>();
  for (const problem of problems) {
    const same = listed.get(problem.code) ?? [];
    same.push(problem);
    listed.set(problem.code, same);
  }
  const codes = new Set([...listed.keys(), ...(Object.keys(problem_counts) as Code[])]);
  return [...codes]
    .map((code) => {
      const found = listed.get(code) ?? [];
      return { code, count: Math.max(problem_counts[code] ?? 0, found.length), problems: found };
    })
    .filter(({ count }) => count > 0)
    .sort((a, b) => place(a.code) - place(b.code));
}

/** A line of the list of problems. */
export type ProblemRow =
  | { kind: 'group'; group: ProblemGroup; open: boolean }
  | { kind: 'problem'; problem: Problem }
  | { kind: 'more'; code: Code; count: number };

/** True when every word of the search is in the problem's path or message. */
function fits({ path, message }: Problem, words: readonly string[]): boolean {
  const text = `${path} ${message}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/**
 * The lines to show: a heading for each kind, below it its problems when it is open. A search opens every kind that has a hit and
 * leaves out the others.
 */
export function problemRows(
  groups: readonly ProblemGroup[],
  open: ReadonlySet<Code>,
  search: string,
): ProblemRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return groups.flatMap((group): ProblemRow[] => {
    const found =
      words.length === 0 ? group.problems : group.problems.filter((problem) => fits(problem, words));
    if (words.length > 0 && found.length === 0) return [];
    const isOpen = words.length > 0 || open.has(group.code);
    const head: ProblemRow = { kind: 'group', group, open: isOpen };
    if (!isOpen) return [head];
    const hidden = words.length === 0 ? group.count - group.problems.length : 0;
    return [
      head,
      ...found.map((problem): ProblemRow => ({ kind: 'problem', problem })),
      ...(hidden > 0 ? [{ kind: 'more' as const, code: group.code, count: hidden }] : []),
    ];
  });
}

/** Kinds that are open at first: all, when that is not much to read. */
export function firstOpen(groups: readonly ProblemGroup[]): ReadonlySet<Code> {
  const listed = groups.reduce((sum, { problems }) => sum + problems.length, 0);
  return new Set(listed <= 12 ? groups.map(({ code }) => code) : []);
}

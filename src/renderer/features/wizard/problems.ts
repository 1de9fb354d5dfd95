import { isFilled } from './draft.ts';
import type { WizardDraft, WizardStep } from './draft.ts';

/** Something that stands in the way of creating: a key of the catalogue, and where it is. `row` counts from 1. */
export interface WizardProblem {
  key: 'universityName' | 'universityChoice' | 'name' | 'size' | 'terms' | 'ends' | 'twice';
  step: Exclude<WizardStep, 'review'>;
  row: number;
  name: string;
}

const wholeFrom = (text: string, least: number): boolean =>
  text.trim() === '' || (/^\d{1,9}$/.test(text.trim()) && Number(text) >= least);

function universityProblems({ university }: WizardDraft): WizardProblem[] {
  const missing = university.kind === 'new' ? university.name.trim() === '' : university.existing === '';
  if (!missing) return [];
  const key = university.kind === 'new' ? 'universityName' : 'universityChoice';
  return [{ key, step: 'university', row: 0, name: '' }];
}

function twice(step: 'teams' | 'people', names: readonly string[]): WizardProblem[] {
  const seen = new Set<string>();
  const told = new Set<string>();
  return names.flatMap((name, index): WizardProblem[] => {
    const folded = name.trim().toLowerCase();
    if (folded === '' || !seen.has(folded) || told.has(folded)) {
      seen.add(folded);
      return [];
    }
    told.add(folded);
    return [{ key: 'twice', step, row: index + 1, name: name.trim() }];
  });
}

/** Everything that stands in the way of creating what was entered; empty lines do not. */
export function problemsOf(draft: WizardDraft): WizardProblem[] {
  const at = (key: WizardProblem['key'], step: WizardProblem['step'], index: number): WizardProblem => {
    return { key, step, row: index + 1, name: '' };
  };
  const known = new Set([
    ...draft.teams.filter(isFilled.team).map(({ id }) => id),
    ...draft.people.filter(isFilled.person).map(({ id }) => id),
  ]);
  return [
    ...universityProblems(draft),
    ...draft.teams.flatMap((line, index) => [
      ...(isFilled.team(line) && line.name.trim() === '' ? [at('name', 'teams', index)] : []),
      ...(wholeFrom(line.size, 1) ? [] : [at('size', 'teams', index)]),
    ]),
    ...twice(
      'teams',
      draft.teams.map(({ name }) => name),
    ),
    ...draft.people.flatMap((line, index) => [
      ...(isFilled.person(line) && line.name.trim() === '' ? [at('name', 'people', index)] : []),
      ...(line.kind === 'faculty' || wholeFrom(line.detail, 0) ? [] : [at('terms', 'people', index)]),
    ]),
    ...draft.links.flatMap((line, index) => {
      const sound = known.has(line.from) && known.has(line.to) && line.from !== line.to;
      return isFilled.link(line) && !sound ? [at('ends', 'links', index)] : [];
    }),
  ];
}

import { foldText } from '#shared/domain/fold.ts';
import { isFilled } from './draft.ts';
import type { WizardDraft, WizardStep, LinkLine, PersonLine, TeamLine } from './draft.ts';
import { listOf } from '#shared/address/view.ts';
import { typedNumber } from '../records/form/values.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { navigate } from '../../stores/address.ts';
import { whileSaving } from '../../stores/saving.ts';
import { undoAction } from '../../stores/undo.ts';
import { countedAll } from '../../text/names.ts';
import { notice, reportError } from '../../ui/notices.tsx';
import type { FieldChange } from '#shared/contract/bulk.ts';
import { interfaceKind } from '#shared/domain/interfaces.ts';
import type { JsonObject } from '#shared/domain/json.ts';

/** A problem that prevents creation: the key of its text and its position. `row` counts from 1; 0 for the university. */
export interface WizardProblem {
  key: 'universityName' | 'universityChoice' | 'name' | 'size' | 'terms' | 'ends' | 'twice';
  step: Exclude<WizardStep, 'review'>;
  row: number;
  name: string;
}

const maxNumber = 999_999_999;

/** Whether a text is empty or a whole number. */
function isWholeNumber(text: string, min: number): boolean {
  const number = typedNumber(text, { whole: true }) ?? Number.NaN;
  return text.trim() === '' || (Number.isInteger(number) && number >= min && number <= maxNumber);
}

function universityProblems({ university }: WizardDraft): WizardProblem[] {
  const isMissing = university.kind === 'new' ? university.name.trim() === '' : university.existing === '';
  if (!isMissing) return [];
  const key = university.kind === 'new' ? 'universityName' : 'universityChoice';
  return [{ key, step: 'university', row: 0, name: '' }];
}

function duplicateProblems(step: 'teams' | 'people', names: readonly string[]): WizardProblem[] {
  const seenNames = new Set<string>();
  const reportedNames = new Set<string>();
  return names.flatMap((name, index): WizardProblem[] => {
    const foldedName = foldText(name.trim());
    if (foldedName === '' || !seenNames.has(foldedName) || reportedNames.has(foldedName)) {
      seenNames.add(foldedName);
      return [];
    }
    reportedNames.add(foldedName);
    return [{ key: 'twice', step, row: index + 1, name: name.trim() }];
  });
}

export function problemsOf(draft: WizardDraft): WizardProblem[] {
  const problemAt = (
    key: WizardProblem['key'],
    step: WizardProblem['step'],
    index: number,
  ): WizardProblem => {
    return { key, step, row: index + 1, name: '' };
  };
  const filledIds = new Set([
    ...draft.teams.filter(isFilled.team).map(({ id }) => id),
    ...draft.people.filter(isFilled.person).map(({ id }) => id),
  ]);
  return [
    ...universityProblems(draft),
    ...draft.teams.flatMap((line, index) => [
      ...(isFilled.team(line) && line.name.trim() === '' ? [problemAt('name', 'teams', index)] : []),
      ...(isWholeNumber(line.size, 1) ? [] : [problemAt('size', 'teams', index)]),
    ]),
    ...duplicateProblems(
      'teams',
      draft.teams.map(({ name }) => name),
    ),
    ...draft.people.flatMap((line, index) => [
      ...(isFilled.person(line) && line.name.trim() === '' ? [problemAt('name', 'people', index)] : []),
      ...(line.kind === 'faculty' || isWholeNumber(line.detail, 0)
        ? []
        : [problemAt('terms', 'people', index)]),
    ]),
    ...draft.links.flatMap((line, index) => {
      const isValid = filledIds.has(line.from) && filledIds.has(line.to) && line.from !== line.to;
      return isFilled.link(line) && !isValid ? [problemAt('ends', 'links', index)] : [];
    }),
  ];
}

/** Creates all records in one step and shows the teams. Returns false on failure, which a notice reports. */
export async function createAll(draft: WizardDraft, tab: string): Promise<boolean> {
  try {
    const { op_id } = await whileSaving(() => api.entities.applyChanges({ changes: changesOf(draft) }));
    const countsText = countedAll(countsOf(draft));
    notice({ ...undoAction(op_id), title: say('audit:create', { title: countsText }) });
    const filters = [{ field: 'university_id', op: 'is' as const, value: universityIdOf(draft) }];
    navigate({ ...listOf('team'), filters }, { tab });
    return true;
  } catch (error) {
    reportError(error);
    return false;
  }
}

function textField(field: string, text: string): JsonObject {
  return text.trim() === '' ? {} : { [field]: text.trim() };
}

const numberField = (field: string, text: string): JsonObject =>
  text.trim() === '' ? {} : { [field]: typedNumber(text, { whole: true }) };

/** The university of the draft: a new id, or the chosen one. */
export function universityIdOf({ university }: WizardDraft): string {
  return university.kind === 'new' ? university.id : university.existing;
}

function teamData(line: TeamLine, university_id: string): JsonObject {
  return {
    name: line.name.trim(),
    university_id,
    ...textField('discipline', line.discipline),
    ...textField('lifecycle', line.lifecycle),
    ...numberField('size', line.size),
  };
}

function personChange(line: PersonLine, university_id: string): FieldChange {
  const commonData = { name: line.name.trim(), university_id };
  if (line.kind === 'faculty')
    return {
      kind: 'create',
      type: 'faculty',
      id: line.id,
      data: { ...commonData, ...textField('role', line.detail) },
    };
  const data = {
    ...commonData,
    ...textField('team_id', line.team),
    ...numberField('terms_remaining', line.detail),
  };
  return { kind: 'create', type: 'student', id: line.id, data };
}

function linkData(line: LinkLine, typeOf: (id: string) => string): JsonObject {
  const kind = interfaceKind(typeOf(line.from), typeOf(line.to));
  return {
    from: line.from,
    to: line.to,
    ...(kind === null ? {} : { interface_type: kind }),
    ...textField('bond_type', line.bond),
  };
}

/** The changes that create the draft’s records; each record comes after those to which it refers. */
export function changesOf(draft: WizardDraft): FieldChange[] {
  const universityId = universityIdOf(draft);
  const people = draft.people.filter(isFilled.person);
  const typeOf = (id: string): string => people.find((person) => person.id === id)?.kind ?? 'team';
  const universityChange: FieldChange[] =
    draft.university.kind === 'new'
      ? [
          {
            kind: 'create',
            type: 'university',
            id: universityId,
            data: {
              name: draft.university.name.trim(),
              ...(draft.university.lead ? { is_lead: true } : {}),
            },
          },
        ]
      : [];
  return [
    ...universityChange,
    ...draft.teams.filter(isFilled.team).map((line): FieldChange => {
      return { kind: 'create', type: 'team', id: line.id, data: teamData(line, universityId) };
    }),
    ...people.map((line) => personChange(line, universityId)),
    ...draft.links.filter(isFilled.link).map((line): FieldChange => {
      return { kind: 'create', type: 'interface', id: line.id, data: linkData(line, typeOf) };
    }),
  ];
}

export function countsOf(draft: WizardDraft): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of changesOf(draft)) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

import type { WantedChange } from '#shared/contract/bulk.ts';
import { unknownNumbers } from '#shared/domain/entities.ts';
import { interfaceKind } from '#shared/domain/interfaces.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { isFilled } from './draft.ts';
import type { LinkLine, PersonLine, TeamLine, WizardDraft } from './draft.ts';

/** Text that says something, as a field; nothing for ''. */
function said(field: string, text: string): JsonObject {
  return text.trim() === '' ? {} : { [field]: text.trim() };
}

const counted = (field: string, text: string): JsonObject =>
  text.trim() === '' ? {} : { [field]: Number(text) };

/** The university that the draft is about: a new one's id, or that of the one chosen. */
export function universityOf({ university }: WizardDraft): string {
  return university.kind === 'new' ? university.id : university.existing;
}

function teamData(line: TeamLine, university_id: string): JsonObject {
  return {
    name: line.name.trim(),
    university_id,
    ...unknownNumbers('team'),
    ...said('discipline', line.discipline),
    ...said('lifecycle', line.lifecycle),
    ...counted('size', line.size),
  };
}

function personChange(line: PersonLine, university_id: string): WantedChange {
  const common = { name: line.name.trim(), university_id };
  if (line.kind === 'faculty')
    return {
      kind: 'create',
      type: 'faculty',
      id: line.id,
      data: { ...common, ...said('role', line.detail) },
    };
  const data = {
    ...common,
    ...unknownNumbers('student'),
    ...said('team_id', line.team),
    ...counted('terms_remaining', line.detail),
  };
  return { kind: 'create', type: 'student', id: line.id, data };
}

function linkData(line: LinkLine, typeOf: (id: string) => string): JsonObject {
  const kind = interfaceKind(typeOf(line.from), typeOf(line.to));
  return {
    from: line.from,
    to: line.to,
    ...(kind === null ? {} : { interface_type: kind }),
    ...said('bond_type', line.bond),
  };
}

/** Everything that was entered as changes of one step, in the order in which one may refer to another. */
export function changesOf(draft: WizardDraft): WantedChange[] {
  const university = universityOf(draft);
  const people = draft.people.filter(isFilled.person);
  const typeOf = (id: string): string => people.find((person) => person.id === id)?.kind ?? 'team';
  const own: WantedChange[] =
    draft.university.kind === 'new'
      ? [
          {
            kind: 'create',
            type: 'university',
            id: university,
            data: {
              name: draft.university.name.trim(),
              ...(draft.university.lead ? { is_lead: true } : {}),
            },
          },
        ]
      : [];
  return [
    ...own,
    ...draft.teams.filter(isFilled.team).map((line): WantedChange => {
      return { kind: 'create', type: 'team', id: line.id, data: teamData(line, university) };
    }),
    ...people.map((line) => personChange(line, university)),
    ...draft.links.filter(isFilled.link).map((line): WantedChange => {
      return { kind: 'create', type: 'interface', id: line.id, data: linkData(line, typeOf) };
    }),
  ];
}

/** How many records of each type the draft makes. */
export function countsOf(draft: WizardDraft): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of changesOf(draft)) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

import type { JsonObject, Json } from '#shared/domain/json.ts';
import { useMemo, useState } from 'react';
import { setSeatItem, useSeat } from '../../stores/seat.ts';
import { targetKey } from '../../stores/target.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import { newId } from '../records/data/create.ts';

const draftKey = (): string => targetKey('wizard');

function withEmptyLines(draft: WizardDraft): WizardDraft {
  return {
    ...draft,
    teams: withEmptyLine(draft.teams, isFilled.team, newTeam),
    people: withEmptyLine(draft.people, isFilled.person, newPerson),
    links: withEmptyLine(draft.links, isFilled.link, newLinkLine),
  };
}

export function useWizardDraft() {
  const key = draftKey();
  const storedDraft = useSeat((seat) => seat.items[key]);
  const [newDraft] = useState(emptyDraft);
  const draft = useMemo(() => draftFrom(storedDraft) ?? newDraft, [storedDraft, newDraft]);
  return {
    draft,
    isStarted: storedDraft !== undefined,
    change: (part: Partial<WizardDraft>) =>
      setSeatItem(key, withEmptyLines({ ...draft, ...part }) as unknown as JsonObject),
    clear: () => setSeatItem(key, null),
  };
}

export type WizardStore = ReturnType<typeof useWizardDraft>;

export const wizardSteps = ['university', 'teams', 'people', 'links', 'review'] as const;
export type WizardStep = (typeof wizardSteps)[number];

/** A line of a table. Its id becomes the id of the record; all values are text as typed. */
export interface TeamLine {
  id: string;
  name: string;
  discipline: string;
  lifecycle: string;
  size: string;
}
export interface PersonLine {
  id: string;
  kind: 'student' | 'faculty';
  name: string;
  /** Id of a line of teams, or ''. */
  team: string;
  /** The terms remaining of a student, or the role of faculty. */
  detail: string;
}
export interface LinkLine {
  id: string;
  from: string;
  to: string;
  bond: string;
}

/** The input so far, stored in the seat until created or cleared. */
export interface WizardDraft {
  step: WizardStep;
  university: { id: string; kind: 'new' | 'existing'; name: string; existing: string; lead: boolean };
  teams: readonly TeamLine[];
  people: readonly PersonLine[];
  links: readonly LinkLine[];
}

export const newTeam = (): TeamLine => ({
  id: newId('team'),
  name: '',
  discipline: '',
  lifecycle: '',
  size: '',
});
export const newPerson = (): PersonLine => ({
  id: newId('student'),
  kind: 'student',
  name: '',
  team: '',
  detail: '',
});
export const newLinkLine = (): LinkLine => ({ id: newId('interface'), from: '', to: '', bond: '' });

export function emptyDraft(): WizardDraft {
  return {
    step: 'university',
    university: { id: newId('university'), kind: 'new', name: '', existing: '', lead: false },
    teams: [newTeam()],
    people: [newPerson()],
    links: [newLinkLine()],
  };
}

export const isFilled = {
  team: (line: TeamLine): boolean => [line.name, line.discipline, line.lifecycle, line.size].some(Boolean),
  person: (line: PersonLine): boolean => [line.name, line.team, line.detail].some(Boolean),
  link: (line: LinkLine): boolean => [line.from, line.to, line.bond].some(Boolean),
};

/** The lines with an empty one at the end. */
export function withEmptyLine<L>(
  lines: readonly L[],
  hasContent: (line: L) => boolean,
  newLine: () => L,
): readonly L[] {
  const last = lines.at(-1);
  return last !== undefined && !hasContent(last) ? lines : [...lines, newLine()];
}

const draftParts = ['university', 'teams', 'people', 'links'] as const;

/** A stored draft, possibly of an older version; null if the item is no draft. */
export function draftFrom(item: Json | undefined): WizardDraft | null {
  if (item === undefined || !isJsonObject(item)) return null;
  if (!wizardSteps.some((step) => step === item.step)) return null;
  const isComplete =
    isJsonObject(item.university ?? null) && draftParts.slice(1).every((part) => Array.isArray(item[part]));
  return isComplete ? (item as unknown as WizardDraft) : null;
}

export function withoutLine(draft: WizardDraft, id: string): WizardDraft {
  const withoutId = (reference: string): string => (reference === id ? '' : reference);
  return {
    ...draft,
    teams: draft.teams.filter((line) => line.id !== id),
    people: draft.people
      .filter((line) => line.id !== id)
      .map((line) => ({ ...line, team: withoutId(line.team) })),
    links: draft.links
      .filter((line) => line.id !== id)
      .map((line) => ({ ...line, from: withoutId(line.from), to: withoutId(line.to) })),
  };
}

/** Changes the kind of a person: gives a new id, also in links to the person, and clears the fields of the former kind. */
export function withKind(draft: WizardDraft, id: string, kind: PersonLine['kind']): WizardDraft {
  const newLineId = newId(kind);
  const withNewId = (reference: string): string => (reference === id ? newLineId : reference);
  return {
    ...draft,
    people: draft.people.map((line) =>
      line.id === id && line.kind !== kind ? { ...line, id: newLineId, kind, team: '', detail: '' } : line,
    ),
    links: draft.links.map((line) => ({ ...line, from: withNewId(line.from), to: withNewId(line.to) })),
  };
}

/** Pastes names (first columns of pasted lines) from line `start` on; adds lines as needed. */
export function pasteNames<L extends { name: string }>(
  lines: readonly L[],
  start: number,
  text: string,
  newLine: () => L,
): readonly L[] {
  const names = text
    .split(/\r?\n/)
    .map((line) => (line.split('\t')[0] ?? '').trim())
    .filter(Boolean);
  const result = [...lines];
  for (const [index, name] of names.entries()) {
    result[start + index] = { ...(result[start + index] ?? newLine()), name };
  }
  return result;
}

export function changeLine<L extends { id: string }>(
  lines: readonly L[],
  id: string,
  part: Partial<L>,
): readonly L[] {
  return lines.map((line) => (line.id === id ? { ...line, ...part } : line));
}

import type help from '../../i18n/en/help.ts';
import { say } from '../../i18n/setup.ts';
import { fieldName, typeName } from '../../text/names.ts';

export type TermId = keyof (typeof help)['term'];
export type TaskId = keyof (typeof help)['task'];
export type TermGroup = 'records' | 'links' | 'people' | 'keeping';

export const helpTerms: Readonly<Record<TermGroup, readonly TermId[]>> = {
  records: [
    'university',
    'team',
    'faculty',
    'student',
    'project',
    'organisation',
    'repository',
    'interface',
    'contact',
    'document',
    'comment',
    'outcome',
    'repair',
    'task',
  ],
  links: ['bond', 'loss', 'flow', 'cross'],
  people: ['lifecycle', 'terms', 'discipline', 'experience'],
  keeping: ['history', 'undo', 'play', 'view', 'workspace', 'profile'],
};

export const headingByGroup = {
  records: 'common:records',
  links: 'records:many.interface',
  people: 'insights:who.people',
  keeping: 'home:kept.title',
} as const satisfies Record<TermGroup, string>;

/** Tasks, each with the command that does the task or opens its view. */
export const helpTasks: readonly { id: TaskId; command: string }[] = [
  { id: 'import', command: 'file.import' },
  { id: 'wizard', command: 'go.wizard' },
  { id: 'create', command: 'new.team' },
  { id: 'who', command: 'go.history' },
  { id: 'undo', command: 'edit.steps' },
  { id: 'play', command: 'play.new' },
  { id: 'find', command: 'view.palette' },
  { id: 'network', command: 'go.network' },
  { id: 'keys', command: 'help.shortcuts' },
  { id: 'tour', command: 'help.tour' },
  { id: 'export', command: 'file.export' },
];

const fieldByTerm: Partial<Record<TermId, string>> = {
  bond: 'bond_type',
  loss: 'energy_loss',
  cross: 'is_cross_university',
  discipline: 'discipline',
  lifecycle: 'lifecycle',
  terms: 'terms_remaining',
  experience: 'experience',
};

export function termWord(id: TermId): string {
  if (id === 'interface' || id === 'play' || id === 'flow') return say(`help:word.${id}`);
  if (id === 'history') return say('panel:tab.history');
  if (id === 'undo') return say('common:undo');
  const field = fieldByTerm[id];
  return field === undefined ? typeName(id) : fieldName(field);
}

/** The term that explains a field, or undefined. */
export function termOf(field: string): TermId | undefined {
  if (field === 'links') return 'interface';
  const termField = field === 'status' ? 'terms_remaining' : field;
  return (Object.keys(fieldByTerm) as TermId[]).find((id) => fieldByTerm[id] === termField);
}

import type help from '../../i18n/en/help.ts';

export type TermId = keyof (typeof help)['term'];
export type TaskId = keyof (typeof help)['task'];
export type TermGroup = 'records' | 'links' | 'people' | 'keeping';

/** Every term that is explained, by what it is about. */
export const terms: Readonly<Record<TermGroup, readonly TermId[]>> = {
  records: ['university', 'team', 'faculty', 'student', 'project', 'interface', 'outcome'],
  links: ['bond', 'loss', 'cross'],
  people: ['lifecycle', 'terms', 'discipline', 'experience'],
  keeping: ['history', 'undo', 'play', 'view', 'workspace', 'profile'],
};

/** What people want to do, with the command that does it or opens the place for it. */
export const tasks: readonly { id: TaskId; command: string }[] = [
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

const ofField: Readonly<Record<string, TermId>> = {
  bond_type: 'bond',
  energy_loss: 'loss',
  is_cross_university: 'cross',
  discipline: 'discipline',
  lifecycle: 'lifecycle',
  terms_remaining: 'terms',
  status: 'terms',
  experience: 'experience',
  links: 'interface',
};

/** The term that explains a field of a record, or undefined. */
export function termOf(field: string): TermId | undefined {
  return ofField[field];
}

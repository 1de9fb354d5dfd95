import { say } from '../i18n/setup.ts';
import { counted, fieldInSentence, joined, quoted } from './names.ts';
import { fieldNamed, valueText } from './values.ts';

type Params = Readonly<Record<string, unknown>>;

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** "40 teams"; "40 records" when they are of several types; "records" where it is not told how many, as of those that one does not see. */
function many(params: Params, count = number(params.count)): string {
  if (count === 0) return say('audit:someRecords');
  return typeof params.type === 'string' ? counted(params.type, count) : say('common:count', { count });
}

/** The fields that were set, "size and lifecycle"; '' for none, or too many to name. */
function fieldsOf(params: Params): string {
  const fields = Array.isArray(params.fields)
    ? params.fields.filter((field) => typeof field === 'string')
    : [];
  return fields.length > 3 ? '' : joined(fields.map(fieldInSentence));
}

function changed(params: Params): string {
  const [count, created] = [number(params.count), number(params.created)];
  if (created > 0 && created < count) {
    const others = say('common:count', { count: count - created });
    return say('audit:addedAndChanged', { added: many(params, created), changed: others });
  }
  if (created > 0) return say('audit:added', { what: many(params, created) });
  const fields = fieldsOf(params);
  const what = many(params);
  if (fields === '') return say('audit:changedMany', { what });
  return valuesOf(params, { what, fields }) ?? say('audit:changedFields', { what, fields });
}

/** What the one field was and became where that was the same in all of the records; null where it is not known or differed. */
function valuesOf(params: Params, named: { what: string; fields: string }): string | null {
  const { type, was, became } = params;
  const [key] = (Array.isArray(params.fields) ? params.fields : []) as readonly unknown[];
  if (typeof key !== 'string' || became === undefined) return null;
  const field = fieldNamed(typeof type === 'string' ? type : '', key);
  const text = (value: unknown): string => {
    const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return plain && value !== '' ? valueText(value, field) : '';
  };
  const [from, to] = [text(was), text(became)];
  if (to === '') {
    return from === ''
      ? say('audit:emptiedFields', named)
      : say('audit:emptiedFieldsFrom', { ...named, from });
  }
  return from === ''
    ? say('audit:changedFieldsTo', { ...named, to })
    : say('audit:changedFieldsFromTo', { ...named, from, to });
}

function moved(key: 'delete' | 'restore', params: Params): string {
  const [contents, count] = [number(params.contents), number(params.links)];
  const came = contents > 0 ? [say('common:count', { count: contents })] : [];
  const links = count > 0 ? [counted('interface', count)] : [];
  const title = joined([many(params), ...came, ...links]);
  return key === 'delete' ? deletedText(title, number(params.retired)) : say('audit:restore', { title });
}

/** "Deleted 2 teams", and how many students became inactive in the same change. */
export const deletedText = (title: string, retired: number): string =>
  retired > 0
    ? say('audit:deletedAndRetired', { title, retired: counted('student', retired) })
    : say('audit:delete', { title });

/** Where nodes stand: the node's own name when it was just one. */
function placed(key: 'arrange' | 'release', params: Params): string {
  const { title } = params;
  if (typeof title === 'string' && title !== '') return say(`audit:${key}`, { what: quoted(title) });
  const count = number(params.count);
  return key === 'arrange'
    ? say('audit:arrange', { what: say('common:count', { count }) })
    : say('audit:releaseMany', { what: counted('position', count) });
}

/** What a change of many records at once did; null for a label that is none of these. */
export function describeMany(label: string, params: Params): string | null {
  switch (label) {
    case 'records.change':
    case 'records.edit':
      return changed(params);
    case 'records.remove':
      return moved('delete', params);
    case 'records.restore':
      return moved('restore', params);
    case 'positions.arrange':
      return placed('arrange', params);
    case 'positions.release':
      return placed('release', params);
    default:
      return null;
  }
}

const shared = {
  'view.create': 'viewCreate',
  'view.update': 'viewUpdate',
  'view.delete': 'viewDelete',
  'shared-sandbox.create': 'sharedCreate',
  'shared-sandbox.update': 'sharedUpdate',
  'shared-sandbox.delete': 'sharedDelete',
  'shared-sandbox.take': 'sharedTake',
} as const;

/** What was done to a saved view or a shared sandbox of that name; null for another label, or when its name was erased. */
export function describeShared(label: string, params: Params): string | null {
  const { title } = params;
  if (!Object.hasOwn(shared, label) || typeof title !== 'string' || title === '') return null;
  return say(`audit:${shared[label as keyof typeof shared]}`, { title });
}

import { say } from '../i18n/setup.ts';
import { counted, fieldInSentence, joined, quoted } from './names.ts';
import { fieldNamed, valueText } from './values.ts';

type Params = Readonly<Record<string, unknown>>;

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** "40 teams"; "40 records" for several types; "records" if the count is hidden or unknown. */
function many(params: Params, count = number(params.count)): string {
  if (count === 0) return say('audit:someRecords');
  return typeof params.type === 'string' ? counted(params.type, count) : say('common:count', { count });
}

/** The changed fields, "size and lifecycle"; '' for none or too many. */
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

/** The common old and new value of the one changed field; null if unknown or different. */
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

/** "Deleted 2 teams", and the number of students set inactive in the same change. */
export const deletedText = (title: string, retired: number): string =>
  retired > 0
    ? say('audit:deletedAndRetired', { title, retired: counted('student', retired) })
    : say('audit:delete', { title });

/** Positions of nodes: a single node by its name. */
function placed(key: 'arrange' | 'release', params: Params): string {
  const { title } = params;
  if (typeof title === 'string' && title !== '') return say(`audit:${key}`, { what: quoted(title) });
  const count = number(params.count);
  return key === 'arrange'
    ? say('audit:arrange', { what: say('common:count', { count }) })
    : say('audit:releaseMany', { what: counted('position', count) });
}

/** Describes a change of many records; null for other labels. */
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

/** Describes a change of a saved view or a shared sandbox; null for other labels, or if the name was erased. */
export function describeShared(label: string, params: Params): string | null {
  const { title } = params;
  if (!Object.hasOwn(shared, label) || typeof title !== 'string' || title === '') return null;
  return say(`audit:${shared[label as keyof typeof shared]}`, { title });
}

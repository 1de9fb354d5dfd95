import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { Filter } from '#shared/contract/entities.ts';
import { nameField } from '#shared/domain/title.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { api } from '../../../api/client.ts';
import { showPanel } from '../../../stores/address.ts';
import { keys } from '../../../stores/queries.ts';
import { useTabId } from '../../../stores/tabs/store.ts';
import { inSentence, typeName } from '../../../text/names.ts';
import type { Inputs } from './values.ts';
import styles from '../panel/fields.module.css';

/** Fields that are equal in records of the same name if they are probably duplicates. */
const alike: Partial<Record<EntityType, readonly string[]>> = {
  university: [],
  project: ['university_id'],
  team: ['university_id'],
  faculty: ['university_id'],
  student: ['university_id', 'team_id'],
};

/** Filters that find similar records, a list for each way; none while too little is entered. */
function filtersOf(type: EntityType, inputs: Inputs): Filter[][] {
  const is = (field: string, value: string): Filter =>
    value === '' ? { field, op: 'empty' } : { field, op: 'is', value };
  const entered = (field: string): string => String(inputs[field] ?? '').trim();
  if (type === 'interface') {
    const [from, to] = [entered('from'), entered('to')];
    if (from === '' || to === '') return [];
    return [
      [is('from', from), is('to', to)],
      [is('from', to), is('to', from)],
    ];
  }
  const name = nameField(type);
  const others = alike[type];
  if (!others || !name || entered(name) === '') return [];
  return [[is(name, entered(name)), ...others.map((field) => is(field, entered(field)))]];
}

/** The field above `SameNote` in a new record. */
export const sameNoteField = (type: EntityType): string =>
  type === 'interface' ? 'to' : (nameField(type) ?? '');

/** Warns that a similar record exists, with a link to it. Not an error: two people may share a name. */
export function SameNote({ type, inputs }: { type: EntityType; inputs: Inputs }) {
  const { t } = useTexts('panel');
  const tab = useTabId();
  const [asked] = useDebouncedValue(JSON.stringify(filtersOf(type, inputs)), 150);
  const { data } = useQuery({
    queryKey: [...keys.lookup([type], asked), 'same'],
    queryFn: async ({ signal }) => {
      const ways = JSON.parse(asked) as Filter[][];
      const lists = await Promise.all(
        ways.map((filters) => api.entities.list({ type, filters, limit: 1 }, { signal })),
      );
      return lists.flatMap(({ rows }) => rows)[0]?.id ?? null;
    },
    enabled: asked !== '[]',
  });
  if (asked === '[]' || !data) return null;
  return (
    <div className={`tiny warn py-2 ${styles.note}`}>
      <output>
        {type === 'interface' ? t('same.link') : t('same.name', { type: inSentence(typeName(type)) })}
      </output>{' '}
      <button
        type="button"
        className={`link-button ${styles.mend}`}
        onClick={() => showPanel({ kind: 'record', id: data, tab: 'details' }, tab)}
      >
        {t('common:open')}
      </button>
    </div>
  );
}

import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { Filter } from '#shared/contract/entities.ts';
import { nameField } from '#shared/domain/title.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { showPanel } from '../../../stores/address.ts';
import { queryKeys } from '../../../stores/queries.ts';
import { useTabId } from '../../../stores/tabs/store.ts';
import { inSentence, joinWithAnd, quoteName, typeName } from '../../../text/names.ts';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import type { Inputs } from '../form/values.ts';
import styles from './fields.module.css';

/** Fields that are equal in records of the same name if they are probably duplicates. */
const duplicateFields: Partial<Record<EntityType, readonly string[]>> = {
  university: [],
  project: ['university_id'],
  organisation: ['university_id'],
  team: ['university_id'],
  faculty: ['university_id'],
  student: ['university_id', 'team_id'],
};

/** Sets of filters, each of which finds similar records; none while too little is entered. */
function duplicateFilters(type: EntityType, inputs: Inputs): Filter[][] {
  const equals = (field: string, value: string): Filter =>
    value === '' ? { field, op: 'empty' } : { field, op: 'is', value };
  const inputText = (field: string): string => String(inputs[field] ?? '').trim();
  if (type === 'interface') {
    const [from, to] = [inputText('from'), inputText('to')];
    if (from === '' || to === '') return [];
    return [
      [equals('from', from), equals('to', to)],
      [equals('from', to), equals('to', from)],
    ];
  }
  const name = nameField(type);
  const equalFields = duplicateFields[type];
  if (!equalFields || !name || inputText(name) === '') return [];
  return [[equals(name, inputText(name)), ...equalFields.map((field) => equals(field, inputText(field)))]];
}

/** Fields of a new record that are compared with existing ones, or follow from them. */
export const comparedFields = (type: EntityType): readonly string[] =>
  type === 'interface'
    ? ['from', 'to', 'interface_type']
    : [nameField(type) ?? '', ...(duplicateFields[type] ?? [])];

/** The field above `DuplicateWarning` in a new record. */
export const warnedField = (type: EntityType): string =>
  type === 'interface' ? 'to' : (nameField(type) ?? '');

const debounceMs = 150;
/** The greatest number of parallel links that the warning describes. */
const maxListed = 5;

interface Props {
  type: EntityType;
  inputs: Inputs;
  /** Before the similar record is opened. */
  onOpen?: () => void;
}

/** Says that a similar record exists, with a link to it. Not an error: two people can share a name, and links can be parallel. */
export function DuplicateWarning({ type, inputs, onOpen }: Props) {
  const { t } = useTexts('panel');
  const tab = useTabId();
  const [filtersJson] = useDebouncedValue(JSON.stringify(duplicateFilters(type, inputs)), debounceMs);
  const { data: records = [] } = useQuery({
    queryKey: [...queryKeys.lookup([type], filtersJson), 'same'],
    queryFn: async ({ signal }) => {
      const filterSets = JSON.parse(filtersJson) as Filter[][];
      const lists = await Promise.all(
        filterSets.map((filters) => api.entities.list({ type, filters, limit: maxListed }, { signal })),
      );
      // Links of the opposite direction only count if there are none of this one.
      return lists.map(({ rows }) => rows).find((rows) => rows.length > 0) ?? [];
    },
    enabled: filtersJson !== '[]',
  });
  const [first] = records;
  if (filtersJson === '[]' || !first) return null;
  const isOpposite = type === 'interface' && first.payload['from'] !== inputs['from'];
  const descriptions = records.flatMap(({ payload: { description } }) =>
    type === 'interface' && typeof description === 'string' && description.trim() !== ''
      ? [quoteName(description.trim())]
      : [],
  );
  return (
    <div className={`tiny py-2 mb-4 breaks ${styles.note} ${isOpposite ? 'dim' : 'warn'}`}>
      <output>
        {type === 'interface'
          ? t(isOpposite ? 'same.opposite' : 'same.direction')
          : t('same.name', { type: inSentence(typeName(type)) })}
      </output>{' '}
      <LinkButton
        className={styles.mend}
        onClick={() => {
          onOpen?.();
          showPanel({ kind: 'record', id: first.id, tab: 'details' }, tab);
        }}
      >
        {t('common:open')}
      </LinkButton>
      {descriptions.length > 0 && <p>{t('same.about', { descriptions: joinWithAnd(descriptions) })}</p>}
    </div>
  );
}

import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordRef } from '#shared/contract/record.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { keys } from '../../../stores/queries.ts';
import { titleOr, typeName } from '../../../text/names.ts';
import { PickInput } from './PickInput.tsx';
import { useUniversityNames } from '../../../stores/useUniversityNames.ts';

const none = '\u0000none';
const limit = 30;

interface Props {
  label: string;
  /** Of which types the record may be. */
  types: readonly EntityType[];
  /** The id that is chosen, or ''. */
  id: string;
  /** What the chosen record is called, when the caller knows. */
  title?: string | undefined;
  /** May be emptied. */
  optional?: boolean;
  /** A record that cannot be chosen: the one that is linked from. */
  except?: string;
  inGrid?: boolean;
  /** Takes the focus when it comes: the person has just asked for it. */
  arrives?: boolean;
  typed?: string | null | undefined;
  placeholder?: string;
  problem?: string | undefined;
  onChoose: (id: string, record: RecordRef | null) => void;
  onLeave?: (() => void) | undefined;
}

/** What the chosen record is called. */
function useTitle(id: string, given: string | undefined): string {
  const { data, isError } = useQuery({
    queryKey: keys.record(id),
    queryFn: ({ signal }) => api.entities.find({ id }, { signal }),
    enabled: id !== '' && !given,
  });
  if (id === '') return '';
  if (given) return given;
  return data ? titleOr(data.title, data.type) : isError ? id : '';
}

/** Chooses a record by its name; what is typed is looked for among all records of the types. */
export function LookupInput(props: Props) {
  const {
    label,
    types,
    id,
    title,
    optional = false,
    except,
    inGrid = false,
    typed,
    problem,
    onChoose,
    onLeave,
  } = props;
  const { t } = useTranslation(['panel', 'common']);
  const [typing, setTyping] = useState<string | null>(typed ?? null);
  const [wanted, setWanted] = useState(inGrid);
  const [text] = useDebouncedValue((typing ?? '').trim(), 80);
  const shown = useTitle(id, title);
  const universities = useUniversityNames(wanted);
  const { data } = useQuery({
    queryKey: keys.lookup(types, text),
    queryFn: ({ signal }) => api.entities.lookup({ types: [...types], text, limit }, { signal }),
    enabled: wanted,
    placeholderData: keepPreviousData,
  });
  const found = (data ?? []).filter((record) => record.id !== except);
  const options = [
    ...found.map((record) => ({
      value: record.id,
      label: titleOr(record.title, record.type),
      aside: [
        types.length > 1 ? typeName(record.type) : '',
        record.type === 'university' ? '' : (universities.get(record.university_id ?? '') ?? ''),
      ]
        .filter((part) => part !== '')
        .join(' · '),
    })),
    ...(optional && id !== '' && text === '' ? [{ value: none, label: t('common:notAssigned') }] : []),
  ];
  return (
    <PickInput
      label={label}
      text={typing ?? shown}
      value={id}
      options={options}
      nothing={t('panel:lookup.none')}
      placeholder={props.placeholder ?? t('common:notAssigned')}
      inGrid={inGrid}
      arrives={props.arrives ?? false}
      problem={problem}
      onType={setTyping}
      onTakeBack={() => setTyping(null)}
      onArrive={() => setWanted(true)}
      onPick={(value) => {
        setTyping(null);
        onChoose(value === none ? '' : value, found.find((record) => record.id === value) ?? null);
      }}
      onLeave={() => {
        setTyping(null);
        onLeave?.();
      }}
    />
  );
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { RecordRef } from '#shared/contract/record.ts';
import { isPerson } from '#shared/domain/person-name.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { queryFor } from '../../../stores/queries.ts';
import { titleOr, typeName } from '../../../text/names.ts';
import { PickInput } from './PickInput.tsx';
import { useUniversityNames } from '../../../stores/useUniversityNames.ts';

const limit = 100;

/** Types offered as ends of a link before typing; students would fill the list. */
const usualEnds: readonly EntityType[] = ['team', 'project', 'faculty', 'university'];

interface LookupQuery {
  types: readonly EntityType[];
  text: string;
  near: string;
  enabled: boolean;
}

/** Records whose title contains the text, those of one university first. `pending`: they belong to the previous text. */
function useCandidates({ types, text, near, enabled }: LookupQuery): {
  found: readonly RecordRef[];
  pending: boolean;
} {
  const [query] = useDebouncedValue(text, 80);
  // If only people can be chosen, all types are offered.
  const isMixed = query === '' && types.length > 1 && !types.every(isPerson);
  const offered = isMixed ? types.filter((type) => usualEnds.includes(type)) : types;
  const everywhere = useQuery({
    ...queryFor('entities.lookup', { types: [...offered], text: query, limit }),
    enabled,
    placeholderData: keepPreviousData,
  });
  const { data = [] } = everywhere;
  const place = (one: RecordRef): number => usualEnds.indexOf(one.type);
  const isNear = (one: RecordRef): boolean => near !== '' && one.university_id === near;
  const found = isMixed
    ? data.toSorted((a, b) => place(a) - place(b))
    : data.toSorted((a, b) => Number(isNear(b)) - Number(isNear(a)));
  const { isPlaceholderData, isFetching } = everywhere;
  return { found, pending: query !== text || isPlaceholderData || (isFetching && !everywhere.data) };
}

const none = '\u0000none';

interface Props {
  inputId?: string | undefined;
  label: string;
  types: readonly EntityType[];
  id: string;
  title?: string | undefined;
  /** The university of the form, or '': its records come first and are shown without university. */
  near?: string;
  optional?: boolean;
  except?: string | readonly string[];
  inGrid?: boolean;
  arrives?: boolean;
  typed?: string | null | undefined;
  placeholder?: string;
  problem?: string | undefined;
  onChoose: (id: string, record: RecordRef | null) => void;
  onLeave?: (() => void) | undefined;
  onSettled?: (settled: boolean) => void;
}

/** The name of the chosen record, with its university unless it is the form's. */
function useChosen({ id, title, near = '', inGrid = false }: Props): string {
  const { data, isError } = useQuery({
    ...queryFor('entities.find', { id }),
    enabled: id !== '',
  });
  const owner = data && data.type !== 'university' ? (data.university_id ?? '') : '';
  const universities = useUniversityNames(owner !== '' && owner !== near);
  if (id === '') return '';
  const name = data?.id === id ? titleOr(data.title, data.type) : title || (isError ? id : '');
  const university = owner === near || inGrid ? '' : (universities.get(owner) ?? '');
  return [name, university].filter((part) => part !== '').join(' · ');
}

/** Chooses a record by name, searching all records of the types. */
export function LookupInput(props: Props) {
  const { label, types, id, near = '', optional = false, inGrid = false, typed, onChoose } = props;
  const { t } = useTexts('panel');
  const [typing, setTyping] = useState<string | null>(typed ?? null);
  const [isVisited, setVisited] = useState(inGrid);
  // Enter, Tab or blur came before the answer: its first result is taken.
  const [awaited, setAwaited] = useState<'key' | 'leave' | null>(null);
  const [refused, setRefused] = useState(false);
  const text = (typing ?? '').trim();
  const shown = useChosen(props);
  const except = [props.except ?? []].flat();
  const universities = useUniversityNames(isVisited);
  const { found: all, pending } = useCandidates({ types, text, near, enabled: isVisited });
  const found = all.filter(({ id: one }) => !except.includes(one));
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
  const type = (next: string | null): void => {
    setTyping(next);
    setAwaited(null);
    setRefused(false);
  };
  const choose = (value: string): void => {
    type(null);
    onChoose(value === none ? '' : value, found.find((record) => record.id === value) ?? null);
  };
  const settle = (how: 'key' | 'leave'): boolean => {
    if (typing === null) return false;
    if (text === '' && optional) {
      choose(none);
      return true;
    }
    if (text === '') return false;
    if (pending) setAwaited(how);
    else if (found[0] && (how === 'key' || found.length === 1)) choose(found[0].id);
    else if (how === 'leave' && inGrid) return false;
    else {
      setAwaited(null);
      setRefused(true);
    }
    return true;
  };
  const leave = (): void => {
    type(null);
    props.onLeave?.();
  };
  useEffect(() => {
    if (awaited !== null && !pending && !settle(awaited)) leave();
    // oxlint-disable-next-line react/exhaustive-deps
  }, [awaited, pending]);
  const settled = typing === null;
  const { onSettled } = props;
  useEffect(() => onSettled?.(settled), [onSettled, settled]);
  const unknown = t('panel:lookup.unknown', { text });
  return (
    <PickInput
      id={props.inputId}
      label={label}
      text={typing ?? shown}
      typing={typing !== null}
      value={id}
      options={options}
      best={text !== '' && !pending && found.length > 0 ? 0 : -1}
      // The open list covers the text below the field.
      nothing={pending ? t('common:loading') : refused && !inGrid ? unknown : t('common:nothingFound')}
      placeholder={props.placeholder ?? t('common:notAssigned')}
      inGrid={inGrid}
      arrives={props.arrives ?? false}
      problem={refused ? unknown : props.problem}
      onType={type}
      onTakeBack={() => type(null)}
      onArrive={() => setVisited(true)}
      onPick={choose}
      onUnmatched={() => settle('key')}
      onLeave={() => {
        if (!settle('leave')) leave();
      }}
    />
  );
}

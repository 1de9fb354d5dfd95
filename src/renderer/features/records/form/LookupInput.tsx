import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { LookupRecord } from '#shared/contract/entities.ts';
import type { RecordRef } from '#shared/contract/record.ts';
import { foldText } from '#shared/domain/fold.ts';
import { isPerson } from '#shared/domain/person-name.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { queryFor } from '../../../stores/queries.ts';
import { displayTitle, typeName } from '../../../text/names.ts';
import { PickInput } from './PickInput.tsx';

const maxCandidates = 100;

/** Types whose records are offered before typing if several types can be chosen, in this order; students would fill the list. */
const typesBeforeTyping: readonly EntityType[] = ['team', 'project', 'faculty', 'university'];

const debounceMs = 80;

interface LookupQuery {
  types: readonly EntityType[];
  text: string;
  near: readonly string[];
  enabled: boolean;
}

/** Records found by name, team or university. `isPending`: they belong to the previous text. */
function useCandidates({ types, text, near, enabled }: LookupQuery): {
  records: readonly LookupRecord[];
  isPending: boolean;
} {
  const [query] = useDebouncedValue(text, debounceMs);
  // If only people can be chosen, all types are offered.
  const isMixed = query === '' && types.length > 1 && !types.every(isPerson);
  const offeredTypes = isMixed ? typesBeforeTyping.filter((type) => types.includes(type)) : [...types];
  const lookup = useQuery({
    ...queryFor('entities.lookup', {
      types: offeredTypes,
      text: query,
      limit: maxCandidates,
      near: [...near],
      byPlace: true,
    }),
    enabled,
    placeholderData: keepPreviousData,
  });
  const { data: records = [], isPlaceholderData, isFetching } = lookup;
  return { records, isPending: query !== text || isPlaceholderData || (isFetching && !lookup.data) };
}

const noRecord = '\u0000none';
const newRecord = '\u0000new';

interface Props {
  inputId?: string | undefined;
  label: string;
  types: readonly EntityType[];
  id: string;
  title?: string | undefined;
  /** Ids of teams, people and universities: they and their members come first, and a record of one of these universities is shown without it. */
  near?: readonly string[];
  optional?: boolean;
  excludedIds?: string | readonly string[];
  inGrid?: boolean;
  takesFocus?: boolean;
  openingText?: string | null | undefined;
  placeholder?: string;
  problem?: string | undefined;
  onChoose: (id: string, record: RecordRef | null) => void;
  /** Offers the typed text as the name of a new record; `title` then shows it. */
  onCreate?: ((name: string) => void) | undefined;
  onLeave?: (() => void) | undefined;
  onSettledChange?: (isSettled: boolean) => void;
}

/** The name of the chosen record, and its university unless it is the form's. */
function useChosenRecord({ id, title, near = [], inGrid = false, onCreate }: Props): {
  name: string;
  university: string;
} {
  const { data, isError } = useQuery({
    ...queryFor('entities.find', { id }),
    enabled: id !== '',
  });
  const universityId = data && data.type !== 'university' ? (data.university_id ?? '') : '';
  const { data: university } = useQuery({
    ...queryFor('entities.find', { id: universityId }),
    enabled: universityId !== '' && !near.includes(universityId) && !inGrid,
  });
  if (id === '') return { name: onCreate ? (title ?? '') : '', university: '' };
  return {
    name: data?.id === id ? displayTitle(data.title, data.type) : title || (isError ? id : ''),
    university: near.includes(universityId) || inGrid ? '' : (university?.title ?? ''),
  };
}

/** Chooses a record by name, searching all records of the types. */
export function LookupInput(props: Props) {
  const {
    label,
    types,
    id,
    near = [],
    optional = false,
    inGrid = false,
    openingText,
    onChoose,
    onCreate,
  } = props;
  const { t } = useTexts('panel');
  const [typedText, setTypedText] = useState<string | null>(openingText ?? null);
  const [isVisited, setVisited] = useState(inGrid);
  // Set if Enter, Tab or blur came while records were still being searched; the choice then follows the answer.
  const [pendingTrigger, setPendingTrigger] = useState<'key' | 'leave' | null>(null);
  const [isUnknown, setIsUnknown] = useState(false);
  const text = (typedText ?? '').trim();
  const chosen = useChosenRecord(props);
  const excludedIds = [props.excludedIds ?? []].flat();
  const { records: candidates, isPending } = useCandidates({
    types,
    text,
    near,
    enabled: isVisited,
  });
  const offeredRecords = candidates.filter(({ id: recordId }) => !excludedIds.includes(recordId));
  const isCreatable =
    onCreate !== undefined &&
    text !== '' &&
    !isPending &&
    !offeredRecords.some((record) => foldText(record.title) === foldText(text));
  const options = [
    ...offeredRecords.map((record) => ({
      value: record.id,
      label: displayTitle(record.title, record.type),
      // Only students have a team.
      detail: [record.team ?? (types.length > 1 ? typeName(record.type) : null), record.university]
        .filter((part) => part)
        .join(' · '),
    })),
    ...(isCreatable ? [{ value: newRecord, label: t('lookup.use', { text }) }] : []),
    ...(optional && (id !== '' || (onCreate && props.title)) && text === ''
      ? [{ value: noRecord, label: t('common:notAssigned') }]
      : []),
  ];
  const onType = (next: string | null): void => {
    setTypedText(next);
    setPendingTrigger(null);
    setIsUnknown(false);
  };
  const choose = (value: string): void => {
    onType(null);
    if (value === newRecord) return onCreate?.(text);
    onChoose(value === noRecord ? '' : value, offeredRecords.find((record) => record.id === value) ?? null);
  };
  // Returns false if the caller has to handle the key or the blur itself.
  const chooseTyped = (trigger: 'key' | 'leave'): boolean => {
    if (typedText === null) return false;
    if (text === '' && optional) {
      choose(noRecord);
      return true;
    }
    if (text === '') return false;
    if (isPending) setPendingTrigger(trigger);
    else if (offeredRecords[0] && (trigger === 'key' || offeredRecords.length === 1))
      choose(offeredRecords[0].id);
    else if (isCreatable) choose(newRecord);
    else if (trigger === 'leave' && inGrid) return false;
    else {
      setPendingTrigger(null);
      setIsUnknown(true);
    }
    return true;
  };
  const leave = (): void => {
    onType(null);
    props.onLeave?.();
  };
  useEffect(() => {
    if (pendingTrigger !== null && !isPending && !chooseTyped(pendingTrigger)) leave();
    // oxlint-disable-next-line react/exhaustive-deps
  }, [pendingTrigger, isPending]);
  const isSettled = typedText === null;
  const { onSettledChange } = props;
  useEffect(() => onSettledChange?.(isSettled), [onSettledChange, isSettled]);
  const unknownText = t('panel:lookup.unknown', { text });
  return (
    <PickInput
      id={props.inputId}
      label={label}
      text={typedText ?? chosen.name}
      description={typedText === null ? chosen.university : ''}
      isTyping={typedText !== null}
      value={id}
      options={options}
      bestIndex={text !== '' && !isPending && options.length > 0 ? 0 : -1}
      // The open list covers the text below the field.
      emptyText={
        isPending ? t('common:loading') : isUnknown && !inGrid ? unknownText : t('common:nothingFound')
      }
      moreText={candidates.length === maxCandidates ? t('lookup.more', { count: maxCandidates }) : ''}
      placeholder={props.placeholder ?? t('common:notAssigned')}
      inGrid={inGrid}
      takesFocus={props.takesFocus ?? false}
      problem={isUnknown ? unknownText : props.problem}
      onType={onType}
      onRevert={() => onType(null)}
      onFocus={() => setVisited(true)}
      onPick={choose}
      onUnmatched={() => chooseTyped('key')}
      onLeave={() => {
        if (!chooseTyped('leave')) leave();
      }}
    />
  );
}

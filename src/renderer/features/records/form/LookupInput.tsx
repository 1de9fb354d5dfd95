import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { RecordRef } from '#shared/contract/record.ts';
import { foldText } from '#shared/domain/fold.ts';
import { isPerson } from '#shared/domain/person-name.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { queryFor } from '../../../stores/queries.ts';
import { displayTitle, typeName } from '../../../text/names.ts';
import { PickInput } from './PickInput.tsx';
import { useUniversityNames } from '../../../stores/useUniversityNames.ts';

const maxCandidates = 100;

/** Types whose records are offered before typing if several types can be chosen; students would fill the list. */
const typesBeforeTyping: readonly EntityType[] = ['team', 'project', 'faculty', 'university'];

const debounceMs = 80;

interface LookupQuery {
  types: readonly EntityType[];
  text: string;
  nearUniversity: string;
  enabled: boolean;
}

/** Records whose title contains the text, those of one university first. `isPending`: they belong to the previous text. */
function useCandidates({ types, text, nearUniversity, enabled }: LookupQuery): {
  records: readonly RecordRef[];
  isPending: boolean;
} {
  const [query] = useDebouncedValue(text, debounceMs);
  // If only people can be chosen, all types are offered.
  const isMixed = query === '' && types.length > 1 && !types.every(isPerson);
  const offeredTypes = isMixed ? types.filter((type) => typesBeforeTyping.includes(type)) : types;
  const lookup = useQuery({
    ...queryFor('entities.lookup', { types: [...offeredTypes], text: query, limit: maxCandidates }),
    enabled,
    placeholderData: keepPreviousData,
  });
  const { data = [] } = lookup;
  const typeRank = (record: RecordRef): number => typesBeforeTyping.indexOf(record.type);
  const isNear = (record: RecordRef): boolean =>
    nearUniversity !== '' && record.university_id === nearUniversity;
  const records = isMixed
    ? data.toSorted((a, b) => typeRank(a) - typeRank(b))
    : data.toSorted((a, b) => Number(isNear(b)) - Number(isNear(a)));
  const { isPlaceholderData, isFetching } = lookup;
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
  /** The university of the form, or '': its records come first and are shown without university. */
  nearUniversity?: string;
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

/** The name of the chosen record, with its university unless it is the form's. */
function useChosenName({ id, title, nearUniversity = '', inGrid = false, onCreate }: Props): string {
  const { data, isError } = useQuery({
    ...queryFor('entities.find', { id }),
    enabled: id !== '',
  });
  const universityId = data && data.type !== 'university' ? (data.university_id ?? '') : '';
  const universities = useUniversityNames(universityId !== '' && universityId !== nearUniversity);
  if (id === '') return onCreate ? (title ?? '') : '';
  const name = data?.id === id ? displayTitle(data.title, data.type) : title || (isError ? id : '');
  const university = universityId === nearUniversity || inGrid ? '' : (universities.get(universityId) ?? '');
  return [name, university].filter((part) => part !== '').join(' · ');
}

/** Chooses a record by name, searching all records of the types. */
export function LookupInput(props: Props) {
  const {
    label,
    types,
    id,
    nearUniversity = '',
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
  const chosenName = useChosenName(props);
  const excludedIds = [props.excludedIds ?? []].flat();
  const universities = useUniversityNames(isVisited);
  const { records: candidates, isPending } = useCandidates({
    types,
    text,
    nearUniversity,
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
      detail: [
        types.length > 1 ? typeName(record.type) : '',
        record.type === 'university' ? '' : (universities.get(record.university_id ?? '') ?? ''),
      ]
        .filter((part) => part !== '')
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
      text={typedText ?? chosenName}
      isTyping={typedText !== null}
      value={id}
      options={options}
      bestIndex={text !== '' && !isPending && options.length > 0 ? 0 : -1}
      // The open list covers the text below the field.
      emptyText={
        isPending ? t('common:loading') : isUnknown && !inGrid ? unknownText : t('common:nothingFound')
      }
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

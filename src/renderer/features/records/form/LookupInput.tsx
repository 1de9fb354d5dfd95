import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordRef } from '#shared/contract/record.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { keys } from '../../../stores/queries.ts';
import { titleOr, typeName } from '../../../text/names.ts';
import { PickInput } from './PickInput.tsx';
import { useCandidates } from './useCandidates.ts';
import { useUniversityNames } from '../../../stores/useUniversityNames.ts';

const none = '\u0000none';

interface Props {
  /** Of the text field. */
  inputId?: string | undefined;
  label: string;
  /** Of which types the record may be. */
  types: readonly EntityType[];
  /** The id that is chosen, or ''. */
  id: string;
  /** What the chosen record is called, when the caller knows. */
  title?: string | undefined;
  /** The university that the choice is made for, or '': its records come first, and need not say whose they are. */
  near?: string;
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
  /** Told whether the text in the field is what is chosen: false while something is typed, and where that means nothing. */
  onSettled?: (settled: boolean) => void;
}

/** What the chosen record is called, and whose it is unless that goes without saying. */
function useChosen({ id, title, near = '', inGrid = false }: Props): string {
  const { data, isError } = useQuery({
    queryKey: keys.record(id),
    queryFn: ({ signal }) => api.entities.find({ id }, { signal }),
    enabled: id !== '',
  });
  const owner = data && data.type !== 'university' ? (data.university_id ?? '') : '';
  const universities = useUniversityNames(owner !== '' && owner !== near);
  if (id === '') return '';
  const name = data?.id === id ? titleOr(data.title, data.type) : title || (isError ? id : '');
  const university = owner === near || inGrid ? '' : (universities.get(owner) ?? '');
  return [name, university].filter((part) => part !== '').join(' · ');
}

/** Chooses a record by its name; what is typed is looked for among all records of the types. */
export function LookupInput(props: Props) {
  const { label, types, id, near = '', optional = false, inGrid = false, typed, onChoose } = props;
  const { t } = useTranslation(['panel', 'common']);
  const [typing, setTyping] = useState<string | null>(typed ?? null);
  const [wanted, setWanted] = useState(inGrid);
  // Enter, Tab or leaving came before the answer: what is found then is taken.
  const [awaited, setAwaited] = useState<'key' | 'leave' | null>(null);
  const [refused, setRefused] = useState(false);
  const text = (typing ?? '').trim();
  const shown = useChosen(props);
  const universities = useUniversityNames(wanted);
  const { found: all, pending } = useCandidates({ types, text, near, enabled: wanted });
  const found = all.filter((record) => record.id !== props.except);
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
      // The open list covers what is said under the field.
      nothing={pending ? t('common:loading') : refused && !inGrid ? unknown : t('panel:lookup.none')}
      placeholder={props.placeholder ?? t('common:notAssigned')}
      inGrid={inGrid}
      arrives={props.arrives ?? false}
      problem={refused ? unknown : props.problem}
      onType={type}
      onTakeBack={() => type(null)}
      onArrive={() => setWanted(true)}
      onPick={choose}
      onUnmatched={() => settle('key')}
      onLeave={() => {
        if (!settle('leave')) leave();
      }}
    />
  );
}

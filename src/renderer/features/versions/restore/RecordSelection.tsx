import { Checkbox, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { maxRestored } from '#shared/contract/backup-records.ts';
import type { Difference } from '#shared/contract/compare.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { typeAndDistinction, distinctName, distinctionsOf } from '../../../text/distinctions.ts';
import type { Distinctions } from '../../../text/distinctions.ts';
import { describeError } from '../../../text/faults.ts';
import { fieldName, joinWithAnd, displayTitle } from '../../../text/names.ts';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';
import { readComparison } from '../../play/compare/useComparison.ts';
import styles from '../backups.module.css';
import { FormButtons } from '../../../ui/FormButtons.tsx';

/** At most this many records are shown; searching narrows the list. */
const maxRecords = 200;

interface Props {
  id: string;
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  onNext: () => void;
  onDone: () => void;
}

/** The records of a backup that are deleted or changed in live, and the progress of reading them. */
function useRestorableRecords(id: string, text: string) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const query = useQuery({
    queryKey: ['backup-diff', id, text],
    queryFn: ({ signal }) =>
      readComparison(
        { from: 'now', to: `backup:${id}`, restorable: true, text, limit: maxRecords },
        { onProgress: setProgress, signal },
      ),
    placeholderData: keepPreviousData,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { ...query, progress };
}

interface RowProps {
  row: Difference;
  distinctions: Distinctions;
  checked: boolean;
  onChange: (isSelected: boolean) => void;
}

/** One record of the backup, with its name in the backup and its state in live. */
function RecordRow({ row, distinctions, checked, onChange }: RowProps) {
  const { t } = useTexts('backups');
  const { type, title, play, fields } = row;
  const changeText =
    play === 'updated'
      ? t('records.changed', { what: joinWithAnd(fields.map(({ field }) => fieldName(field))) })
      : t('history:action.delete');
  return (
    <li>
      <Checkbox
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
        label={displayTitle(title, type)}
        aria-label={distinctName(row, distinctions)}
        description={`${typeAndDistinction(row, distinctions)} · ${changeText}`}
      />
    </li>
  );
}

/** The list in which records to restore are selected. */
export function RecordSelection({ id, selected, onSelect, onNext, onDone }: Props) {
  const { t } = useTexts('backups');
  const [searchText, setSearchText] = useState('');
  const [debouncedText] = useDebouncedValue(searchText.trim(), 200);
  const { data, error, progress } = useRestorableRecords(id, debouncedText);
  const failure = error ? describeError(error) : null;
  const moreCount = data ? data.matched - data.rows.length : 0;
  const distinctions = distinctionsOf(data?.rows ?? []);
  const hasNoDifference = data?.matched === 0 && debouncedText === '';
  const select = (record: string, isSelected: boolean): void => {
    const newSelection = new Set(selected);
    if (isSelected) newSelection.add(record);
    else newSelection.delete(record);
    onSelect(newSelection);
  };
  return (
    <form
      className={`stack gap-16 ${styles.form}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (selected.size > 0) onNext();
      }}
    >
      <p className="dim">{t('records.what')}</p>
      {data?.to.another && <p>{t('records.another')}</p>}
      {hasNoDifference ? (
        <p>{t('records.same')}</p>
      ) : (
        <TextInput
          data-autofocus
          aria-label={t('records.search')}
          placeholder={t('records.search')}
          leftSection={<IconSearch size={15} stroke={1.6} />}
          value={searchText}
          maxLength={200}
          onChange={(event) => setSearchText(event.currentTarget.value)}
        />
      )}
      {!data && !failure && <ProgressLine progress={progress} label={t('records.looking')} />}
      {failure && (
        <p role="alert" className="bad">
          {failure.detail ?? failure.title}
        </p>
      )}
      {data && !hasNoDifference && (
        <ul
          className="card stack scroll-y gap-8 pad-8 most-280 backup-records"
          aria-label={t('records.list')}
        >
          {data.rows.map((row) => (
            <RecordRow
              key={row.id}
              {...{ row, distinctions }}
              checked={selected.has(row.id)}
              onChange={(isSelected) => select(row.id, isSelected)}
            />
          ))}
          {data.rows.length === 0 && <li className="dim">{t('records.none')}</li>}
          {moreCount > 0 && <li className="dim">{t('records.more', { count: moreCount })}</li>}
        </ul>
      )}
      <FormButtons
        saveLabel={t('records.next', { count: selected.size })}

        blocked={selected.size === 0 || selected.size > maxRestored}
        onCancel={onDone}
      />
    </form>
  );
}

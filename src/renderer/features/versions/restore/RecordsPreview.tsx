import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Backup } from '#shared/contract/backups.ts';
import type { RestoredRecords } from '#shared/contract/backup-records.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { api } from '../../../api/client.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { undoAction } from '../../../stores/undo.ts';
import {
  typeAndDistinction,
  nameAndDistinction,
  distinctionsOf,
  distinctName,
} from '../../../text/distinctions.ts';
import type { Distinctions } from '../../../text/distinctions.ts';
import { joinWithAnd, displayTitle, fieldName } from '../../../text/names.ts';
import { Changes } from '../../../ui/Changes.tsx';
import { notice } from '../../../ui/notices.tsx';
import { PlanForm } from '../../../ui/PlanForm.tsx';
import { PlanProblems } from '../../../ui/PlanPreview.tsx';
import styles from '../backups.module.css';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { maxRestored } from '#shared/contract/backup-records.ts';
import type { Difference } from '#shared/contract/compare.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { describeError } from '../../../text/faults.ts';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';
import { readComparison } from '../../play/compare/useComparison.ts';
import { FormButtons } from '../../../ui/FormButtons.tsx';

interface Props {
  id: string;
  records: readonly string[];
  onBack: () => void;
  onDone: () => void;
}

type RestoredRecord = RestoredRecords['records'][number];

const maxNamedRecords = 3;

const valuesOf = ({ fields }: RestoredRecord, side: 'live' | 'backup'): JsonObject =>
  Object.fromEntries(
    fields.flatMap((change) => {
      const value = change[side];
      return value === undefined ? [] : [[change.field, value] as const];
    }),
  );

function RecordLine({ record, distinctions }: { record: RestoredRecord; distinctions: Distinctions }) {
  const { t } = useTexts('backups');
  const { type, title, action, why } = record;
  return (
    <li>
      <h4>
        {displayTitle(title, type)} <span className="dim">{typeAndDistinction(record, distinctions)}</span>
      </h4>
      <p className="dim">
        {t(`records.action.${action}`)} {why !== 'asked' && t(`records.why.${why}`)}
      </p>
      {action === 'updated' && (
        <Changes
          change={{
            type,
            action: 'update',
            before: valuesOf(record, 'live'),
            after: valuesOf(record, 'backup'),
          }}
        />
      )}
    </li>
  );
}

function reportRestored({ op_id, records }: RestoredRecords): void {
  const changedRecords = records.filter(({ action }) => action !== 'none');
  const distinctions = distinctionsOf(changedRecords);
  const count = changedRecords.length;
  notice({
    ...undoAction(op_id),
    title: say(op_id === null ? 'backups:records.nothing' : 'backups:records.done', { count }),
    ...(op_id !== null && count <= maxNamedRecords
      ? { more: joinWithAnd(changedRecords.map((record) => nameAndDistinction(record, distinctions))) }
      : {}),
  });
}

/** Previews the restore of the selected records field by field, and runs it. */
function RecordsPreview({ id, records, onBack, onDone }: Props) {
  const { t } = useTexts('backups');
  const [includesLinks, setIncludesLinks] = useState(false);
  const input = { id, records: [...records], links: includesLinks };
  return (
    <PlanForm<RestoredRecords>
      input={input}
      // The form in which the records were selected already named the other workspace.
      start={(step, options, plan) =>
        api.backups.restoreRecords({ ...input, ...step, ...(plan && { another: plan.another }) }, options)
      }
      onApplied={(result) => {
        onDone();
        reportRestored(result);
      }}
      saveLabel={t('play:done.recover')}
      runningLabel={t('records.running')}
      takesFocus
      cancelLabel={t('commands:go.back')}
      onCancel={onBack}
    >
      {(plan) => {
        const distinctions = distinctionsOf(plan.records);
        return (
          <>
            <ul
              className={`card stack scroll-y gap-8 pad-8 most-280 backup-records ${styles.become}`}
              aria-label={t('records:field.changes')}
            >
              {plan.records.map((record) => (
                <RecordLine key={record.id} {...{ record, distinctions }} />
              ))}
            </ul>
            {(includesLinks || plan.links_left > 0) && (
              <Checkbox
                checked={includesLinks}
                onChange={(event) => setIncludesLinks(event.currentTarget.checked)}
                label={t('records.links')}
                description={includesLinks ? undefined : t('records.linksLeft', { count: plan.links_left })}
              />
            )}
            <PlanProblems {...plan} />
            <p className="dim">{t('past:restore.note')}</p>
          </>
        );
      }}
    </PlanForm>
  );
}

/** At most this many records are shown; searching narrows the list. */
const maxRecords = 200;

interface SelectionProps {
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
function RecordSelection({ id, selected, onSelect, onNext, onDone }: SelectionProps) {
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
      className="stack gap-16 dialog-form"
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

/** Finds records of a backup that are deleted or changed in live, and restores selected ones. */
export function RecordsForm({ backup: { id }, onDone }: { backup: Backup; onDone: () => void }) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [isPreview, setIsPreview] = useState(false);
  return isPreview ? (
    <RecordsPreview id={id} records={[...selected]} onBack={() => setIsPreview(false)} onDone={onDone} />
  ) : (
    <RecordSelection
      id={id}
      selected={selected}
      onSelect={setSelected}
      onNext={() => setIsPreview(true)}
      onDone={onDone}
    />
  );
}

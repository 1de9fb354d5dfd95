import { Checkbox, Radio, Select } from '@mantine/core';
import { useState } from 'react';
import type { EntityRecord } from '#shared/contract/record.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { shownTitles, titlesKey } from '#shared/domain/references.ts';
import type { Json } from '#shared/domain/json.ts';
import { api } from '../../../api/client.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { undoAction } from '../../../stores/undo.ts';
import { dateTimeToSecond } from '../../../text/formats.ts';
import { countedAll, displayTitle, fieldName, payloadFieldName } from '../../../text/names.ts';
import { valueText } from '../../../text/values.ts';
import { openDialog } from '../../../ui/dialog.tsx';
import { notice } from '../../../ui/notices.tsx';
import { PlanForm } from '../../../ui/PlanForm.tsx';
import { PlanPreview } from '../../../ui/PlanPreview.tsx';
import { countsText, MatchingRecords } from './MatchingRecords.tsx';

export function askToMerge(records: readonly EntityRecord[], onMerged?: () => void): void {
  const title = say('merge:title', { count: records.length });
  openDialog({ title, size: 620 }, (close) => (
    <MergeForm
      records={records}
      onCancel={close}
      onMerged={() => {
        close();
        onMerged?.();
      }}
    />
  ));
}

const hasValue = (value: Json | undefined): value is Json =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

/** The fields with several values; `candidates` are the first records with each value. */
function differingFields(records: readonly EntityRecord[]) {
  const keys = new Set(records.flatMap(({ payload }) => Object.keys(payload)));
  return [...keys].flatMap((key) => {
    const candidates: EntityRecord[] = [];
    for (const record of records) {
      const value = record.payload[key];
      if (hasValue(value) && !candidates.some((candidate) => jsonEqual(candidate.payload[key], value)))
        candidates.push(record);
    }
    return candidates.length > 1 ? [{ key, candidates }] : [];
  });
}

function shownValue({ type, payload, derived }: EntityRecord, key: string): string {
  const field = fieldOf(type, key);
  if (field?.kind === 'references') return shownTitles(derived[titlesKey(field)]).join(', ');
  const title = derived[titlesKey({ key, kind: 'reference' })];
  return field?.kind === 'reference' && typeof title === 'string' ? title : valueText(payload[key], field);
}

interface Props {
  records: readonly EntityRecord[];
  onCancel: () => void;
  onMerged: () => void;
}

function MergeForm({ records, onCancel, onMerged }: Props) {
  const { t } = useTexts('merge');
  const [first] = records as [EntityRecord];
  const { type } = first;
  const [keptId, setKeptId] = useState(first.id);
  const [chosenIds, setChosenIds] = useState<Readonly<Record<string, string>>>({});
  const [withContents, setWithContents] = useState(type === 'university');
  const [excludedIds, setExcludedIds] = useState<ReadonlySet<string>>(new Set());
  const keptRecord = records.find(({ id }) => id === keptId) ?? first;
  const differences = differingFields(records);
  const chosenRecord = ({ key, candidates }: (typeof differences)[number]): EntityRecord | undefined =>
    candidates.find(({ id }) => id === chosenIds[key]) ??
    candidates.find(({ payload }) => jsonEqual(payload[key], keptRecord.payload[key])) ??
    candidates[0];
  const keep = (id: string): void => {
    setKeptId(id);
    // A pair is left out by the record that would be deleted, which is now the other one.
    setExcludedIds(new Set());
  };
  const values = Object.fromEntries(
    differences.flatMap((difference) => {
      const value =
        chosenIds[difference.key] === undefined
          ? undefined
          : chosenRecord(difference)?.payload[difference.key];
      return value === undefined ? [] : [[difference.key, value]];
    }),
  );
  const input = {
    type,
    keep: keptId,
    others: records.map(({ id }) => id).filter((id) => id !== keptId),
    values,
    contents: withContents,
    except: [...excludedIds],
  };
  return (
    <PlanForm
      input={input}
      start={(step, options) => api.entities.merge({ ...input, ...step }, options)}
      onApplied={({ op_id, contents }) => {
        onMerged();
        const title = displayTitle(keptRecord.title, type);
        const what = contents ? countedAll(contents.before) : t('common:count', { count: records.length });
        notice({ ...undoAction(op_id), title: t('done', { what, title }) });
      }}
      saveLabel={t(withContents ? 'all' : 'short')}
      runningLabel={t('working')}
      onCancel={onCancel}
    >
      {(plan) => (
        <>
          <Radio.Group label={t('keep')} description={t('keepMore')} value={keptId} onChange={keep}>
            {records.map(({ id, title, derived, created_at }) => (
              <Radio
                key={id}
                value={id}
                label={displayTitle(title, type)}
                description={[
                  derived['university_title'],
                  `${fieldName('created_at')}: ${dateTimeToSecond(created_at)}`,
                ]
                  .filter((part) => typeof part === 'string')
                  .join(' · ')}
              />
            ))}
          </Radio.Group>
          {differences.map((difference) => (
            <Select
              key={difference.key}
              label={payloadFieldName(type, difference.key)}
              data={difference.candidates.map((candidate) => ({
                value: candidate.id,
                label: shownValue(candidate, difference.key),
              }))}
              value={chosenRecord(difference)?.id ?? null}
              onChange={(value) => value !== null && setChosenIds({ ...chosenIds, [difference.key]: value })}
            />
          ))}
          {type === 'university' && (
            <Checkbox
              label={t('contents.merge')}
              description={plan.contents ? countsText(plan.contents) : t('contents.without')}
              checked={withContents}
              onChange={({ currentTarget }) => setWithContents(currentTarget.checked)}
            />
          )}
          {plan.contents && (
            <MatchingRecords contents={plan.contents} excludedIds={excludedIds} onExclude={setExcludedIds} />
          )}
          <PlanPreview plan={plan}>
            {plan.links.moved > 0 && <li>{t('moved', { count: plan.links.moved })}</li>}
            {plan.links.dropped > 0 && <li>{t('dropped', { count: plan.links.dropped })}</li>}
            {plan.links.parallel > 0 && <li>{t('parallel', { count: plan.links.parallel })}</li>}
          </PlanPreview>
        </>
      )}
    </PlanForm>
  );
}

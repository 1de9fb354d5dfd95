import { Radio, Select } from '@mantine/core';
import { useState } from 'react';
import type { EntityRecord } from '#shared/contract/record.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { shownTitles, titlesKey } from '#shared/domain/references.ts';
import type { Json } from '#shared/domain/json.ts';
import { customFieldKey } from '#shared/domain/custom-fields.ts';
import { api } from '../../../api/client.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { undoAction } from '../../../stores/undo.ts';
import { dateTimeToSecond } from '../../../text/formats.ts';
import { fieldName, displayTitle } from '../../../text/names.ts';
import { valueText } from '../../../text/values.ts';
import { openDialog } from '../../../ui/dialog.tsx';
import { notice } from '../../../ui/notices.tsx';
import { PlanForm } from '../../../ui/PlanForm.tsx';
import { PlanPreview } from '../../../ui/PlanPreview.tsx';

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
  const keptRecord = records.find(({ id }) => id === keptId) ?? first;
  const differences = differingFields(records);
  const chosenRecord = ({ key, candidates }: (typeof differences)[number]): EntityRecord | undefined =>
    candidates.find(({ id }) => id === chosenIds[key]) ??
    candidates.find(({ payload }) => jsonEqual(payload[key], keptRecord.payload[key])) ??
    candidates[0];
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
  };
  return (
    <PlanForm
      input={input}
      start={(step, options) => api.entities.merge({ ...input, ...step }, options)}
      onApplied={({ op_id }) => {
        onMerged();
        const title = displayTitle(keptRecord.title, type);
        notice({ ...undoAction(op_id), title: t('done', { count: records.length, title }) });
      }}
      saveLabel={t('short')}
      runningLabel={t('working')}
      onCancel={onCancel}
    >
      {(plan) => (
        <>
          <Radio.Group label={t('keep')} description={t('keepMore')} value={keptId} onChange={setKeptId}>
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
              label={
                fieldOf(type, difference.key)
                  ? fieldName(difference.key)
                  : fieldName(customFieldKey(difference.key))
              }
              data={difference.candidates.map((candidate) => ({
                value: candidate.id,
                label: shownValue(candidate, difference.key),
              }))}
              value={chosenRecord(difference)?.id ?? null}
              onChange={(value) => value !== null && setChosenIds({ ...chosenIds, [difference.key]: value })}
            />
          ))}
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

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { recordIn } from '#shared/address/view.ts';
import type { Insight, Intervention, Question } from '#shared/contract/analysis.ts';
import type { Filter } from '#shared/contract/entities.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { shownFieldsOf } from '#shared/domain/entities.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { maxLengths } from '#shared/domain/limits.ts';
import { api } from '../../api/client.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { navigate } from '../../stores/address.ts';
import { queryFor } from '../../stores/queries.ts';
import { dayShown } from '../../text/formats.ts';
import { unexpectedValueText } from '../../text/values.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { FormEnd } from '../../ui/FormEnd.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';
import { createRecord, newId } from '../records/data/create.ts';
import { FieldRow } from '../records/form/FieldRow.tsx';
import { payloadOf } from '../records/form/values.ts';
import type { Inputs } from '../records/form/values.ts';
import { dueOf, isOpenFilter, ownersText } from '../repairs/open-repairs.ts';
import { repairText } from './sentences.ts';

/** The subjects of a repair by id; for `expertise` also the areas, which have no ids. */
function subjectsOf({ id, ids = [], because: { code, params } }: Insight): string[] {
  const area = code.startsWith('only_holder') ? params['area'] : undefined;
  return [...(id === undefined ? ids : [id]), ...(typeof area === 'string' ? [area] : [])];
}

/** Repairs store values in per cent with one decimal. */
const percent = (share: number): number => Math.round(1000 * share) / 10;

/** The part of an answer stored with a repair. Changes have no values, because they are not measured in knowledge flow. */
function repairOf(question: Question, item: Insight, one: Intervention): JsonObject {
  const repair = { question, subjects: subjectsOf(item), steps: one.changes as unknown as JsonObject[] };
  if (question === 'changes') return repair;
  return { ...repair, value_before: percent(item.value), value_expected: percent(one.value) };
}

const mostPlanned = 100;

export function usePlanned(question: Question, item: Insight): readonly EntityRecord[] {
  const [first = ''] = subjectsOf(item);
  const filters: Filter[] = [
    isOpenFilter,
    { field: 'question', op: 'is', value: question },
    { field: 'subjects', op: 'contains', value: first },
  ];
  const query = { type: 'repair' as const, filters };
  const { data } = useQuery({
    ...queryFor('entities.list', { ...query, limit: mostPlanned }),
    enabled: first !== '',
  });
  return data?.rows ?? [];
}

export const samePlan = (
  planned: readonly EntityRecord[],
  item: Insight,
  one: Intervention,
): EntityRecord | undefined =>
  planned.find(
    ({ payload }) =>
      jsonEqual(payload['subjects'] ?? null, subjectsOf(item)) &&
      jsonEqual(payload['steps'] ?? null, one.changes as unknown as JsonObject[]),
  );

function plannedText(record: EntityRecord): string {
  const [who, due] = [ownersText(record), dueOf(record)];
  if (due === null) return who === '' ? say('repairs:plan.planned') : say('repairs:plan.by', { who });
  const day = dayShown(due);
  return who === '' ? say('repairs:plan.until', { day }) : say('repairs:plan.byUntil', { who, day });
}

export function Planned({ record }: { record: EntityRecord }) {
  return (
    <LinkButton className="accent" onClick={() => navigate(recordIn('repair', record.id))}>
      {plannedText(record)}
    </LinkButton>
  );
}

interface Planning {
  question: Question;
  item: Insight;
  one: Intervention;
}

export function PlanButton(planning: Planning) {
  const { t } = useTexts('repairs');
  return (
    <Button
      size="xs"
      variant="default"
      aria-label={t('plan.named', { what: repairText(planning.one) })}
      onClick={() =>
        openDialog({ title: say('repairs:plan.title'), size: 520 }, (close) => (
          <PlanForm {...planning} onDone={close} />
        ))
      }
    >
      {t('plan.action')}
    </Button>
  );
}

/** The university of a repair: that of its first record. Undefined leaves it to the default. */
async function universityOf({ id, ids = [] }: Insight): Promise<string | undefined> {
  const found = await api.entities.find({ id: id ?? ids[0] ?? '' });
  const { from_university: from, to_university: to } = found.derived;
  const university = found.type === 'interface' ? (from === to ? from : null) : found.university_id;
  return typeof university === 'string' ? university : undefined;
}

const planFields = ['name', 'owners', 'due_on', 'notes'];
const fields = shownFieldsOf('repair').filter(({ key }) => planFields.includes(key));

function PlanForm({ question, item, one, onDone }: Planning & { onDone: () => void }) {
  const { t } = useTexts('repairs');
  const [inputs, setInputs] = useState<Inputs>({ name: repairText(one).slice(0, maxLengths.name) });
  const [isTried, setTried] = useState(false);
  const { payload, problems: invalid } = payloadOf(fields, inputs);
  // Records accept any text as a date, but a plan needs a day.
  const odd = fields
    .filter(({ kind }) => kind === 'date')
    .map((field) => [field.key, unexpectedValueText(payload[field.key], field)] as const);
  const problems = new Map([...invalid, ...odd.filter((one): one is [string, string] => one[1] !== null)]);
  const isNamed = String(inputs['name'] ?? '').trim() !== '';
  const { saving, failure, onSubmit, onEdit } = useSubmit(async () => {
    setTried(true);
    if (!isNamed || problems.size > 0) return;
    const university_id = await universityOf(item);
    await createRecord('repair', newId('repair'), {
      ...payload,
      ...(university_id === undefined ? {} : { university_id }),
      ...repairOf(question, item, one),
    });
    onDone();
  });
  const rows = useRef<HTMLDivElement>(null);
  useEffect(() => {
    rows.current?.querySelector('input')?.setAttribute('data-autofocus', '');
  }, []);
  const { data: near } = useQuery({
    queryKey: ['record', 'university', item.id ?? item.ids?.[0]],
    queryFn: async () => (await universityOf(item)) ?? null,
  });
  return (
    <form className="column gap-12 action-form" autoComplete="off" noValidate onSubmit={onSubmit}>
      <p>{t('plan.what')}</p>
      <div ref={rows} className="fields">
        {fields.map((field) => {
          const problem =
            (isTried ? problems.get(field.key) : undefined) ??
            (field.key === 'name' && !isNamed ? t('common:nameNeeded') : undefined);
          return (
            <FieldRow
              key={field.key}
              type="repair"
              field={field}
              raw={inputs[field.key] ?? null}
              near={near ?? ''}
              problem={problem}
              onChange={(raw) => {
                onEdit();
                setInputs((before) => ({ ...before, [field.key]: raw }));
              }}
            />
          );
        })}
      </div>
      <FormEnd failure={failure} save={t('plan.save')} saving={saving} blocked={!isNamed} onCancel={onDone} />
    </form>
  );
}

import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { listWithRecord } from '#shared/address/view.ts';
import type { Insight, Intervention, Question } from '#shared/contract/analysis.ts';
import type { Filter } from '#shared/contract/entities.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { authorStepOf, templatesFor } from '#shared/domain/repair-templates.ts';
import { shownFieldsOf } from '#shared/domain/entities.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { maxLengths } from '#shared/domain/limits.ts';
import { api } from '../../api/client.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { navigate } from '../../stores/address.ts';
import { queryFor } from '../../stores/queries.ts';
import { formatDay } from '../../text/formats.ts';
import { unexpectedValueText } from '../../text/values.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { DialogForm } from '../../ui/DialogForm.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';
import { createRecord, newId } from '../records/data/create.ts';
import { FieldRow } from '../records/form/FieldRow.tsx';
import { payloadOf } from '../records/form/values.ts';
import type { Inputs } from '../records/form/values.ts';
import { dueOf, openRepairFilter, ownersText } from '../repairs/open-repairs.ts';
import { planTasks } from '../repairs/Tasks.tsx';
import { repairText } from './repair-sentences.ts';
import { repairedIds } from './useAnswer.ts';
import { RowButton } from '../../ui/RowButton.tsx';
import { nearbyIds } from '../records/linking/links.ts';

/** The subjects of an item that a repair changes: its ids, and an area of expertise or code, which has no id. */
function subjectsOf(item: Insight): string[] {
  const { code, params } = item.because;
  const area =
    code === 'code_area' ? params['folder'] : code.startsWith('only_holder') ? params['area'] : undefined;
  return [...repairedIds(item), ...(typeof area === 'string' ? [area] : [])];
}

/** Converts a share to per cent with one decimal, the form in which repairs store values. */
const toPercent = (share: number): number => Math.round(1000 * share) / 10;

/** The part of an answer stored with a repair. Answers to `changes` have no values, because they measure no loss of knowledge. */
function repairPayload(question: Question, item: Insight, repair: Intervention): JsonObject {
  const base = { question, subjects: subjectsOf(item), steps: repair.changes as unknown as JsonObject[] };
  if (question === 'changes') return base;
  return { ...base, value_before: toPercent(item.value), value_expected: toPercent(repair.value) };
}

const maxPlannedRepairs = 100;

export function usePlannedRepairs(question: Question, item: Insight): readonly EntityRecord[] {
  const [firstSubject = ''] = subjectsOf(item);
  const filters: Filter[] = [
    openRepairFilter,
    { field: 'question', op: 'is', value: question },
    { field: 'subjects', op: 'contains', value: firstSubject },
  ];
  const query = { type: 'repair' as const, filters };
  const { data } = useQuery({
    ...queryFor('entities.list', { ...query, limit: maxPlannedRepairs }),
    enabled: firstSubject !== '',
  });
  return data?.rows ?? [];
}

export const findPlannedRepair = (
  records: readonly EntityRecord[],
  item: Insight,
  repair: Intervention,
): EntityRecord | undefined =>
  records.find(
    ({ payload }) =>
      jsonEqual(payload['subjects'] ?? null, subjectsOf(item)) &&
      jsonEqual(comparable(payload['steps']), comparable(repair.changes)) &&
      filesOf(repair.changes).every((file) => filesOf(payload['steps']).includes(file)),
  );

/** Planned repairs of the item that Insights no longer proposes, for example because their files were changed. */
export const otherPlannedRepairs = (records: readonly EntityRecord[], item: Insight): EntityRecord[] =>
  records.filter(
    (record) =>
      jsonEqual(record.payload['subjects'] ?? null, subjectsOf(item)) &&
      item.interventions.every((repair) => !findPlannedRepair([record], item, repair)),
  );

/** The steps of a repair without files of code: each commit of the repair leaves fewer. */
const comparable = (steps: unknown): JsonObject[] =>
  (Array.isArray(steps) ? (steps as JsonObject[]) : []).map(({ files: _files, ...step }) => step);

const filesOf = (steps: unknown): readonly string[] =>
  authorStepOf(Array.isArray(steps) ? steps : [])?.files ?? [];

function plannedText(record: EntityRecord): string {
  const [who, due] = [ownersText(record), dueOf(record)];
  if (due === null) return who === '' ? say('repairs:plan.planned') : say('repairs:plan.by', { who });
  const day = formatDay(due);
  return who === '' ? say('repairs:plan.until', { day }) : say('repairs:plan.byUntil', { who, day });
}

export function PlannedLink({ record }: { record: EntityRecord }) {
  return (
    <LinkButton className="accent" onClick={() => navigate(listWithRecord('repair', record.id))}>
      {plannedText(record)}
    </LinkButton>
  );
}

interface PlanProps {
  question: Question;
  item: Insight;
  repair: Intervention;
}

export function PlanButton(props: PlanProps) {
  const { t } = useTexts('repairs');
  return (
    <RowButton
      label={t('plan.action')}
      named={t('plan.named', { what: repairText(props.repair) })}
      onClick={() =>
        openDialog({ title: say('repairs:plan.title'), size: 520 }, (close) => (
          <PlanForm {...props} onDone={close} />
        ))
      }
    />
  );
}

/** The university of the first record of an item. Undefined for none or a link between two, so that the default applies. */
async function universityOf({ id, ids = [] }: Insight): Promise<string | undefined> {
  const record = await api.entities.find({ id: id ?? ids[0] ?? '' });
  const { from_university: from, to_university: to } = record.derived;
  const university = record.type === 'interface' ? (from === to ? from : null) : record.university_id;
  return typeof university === 'string' ? university : undefined;
}

/** Without quotation marks, because notices put them around the name. */
const repairName = (repair: Intervention): string =>
  repairText(repair)
    .replaceAll(/[“”„]/g, '')
    .slice(0, maxLengths.name);

const planFieldKeys = ['name', 'owners', 'due_on', 'notes'];
const planFields = shownFieldsOf('repair').filter(({ key }) => planFieldKeys.includes(key));

function PlanForm({ question, item, repair, onDone }: PlanProps & { onDone: () => void }) {
  const { t } = useTexts('repairs');
  const [inputs, setInputs] = useState<Inputs>({ name: repairName(repair) });
  const [withTasks, setWithTasks] = useState(true);
  const hasTemplate = templatesFor(repair.changes).length > 0;
  const [isSubmitted, setSubmitted] = useState(false);
  const { payload, problems: fieldProblems } = payloadOf(planFields, inputs);
  // Records accept any text as a date, but a plan needs a day.
  const dateProblems = planFields
    .filter(({ kind }) => kind === 'date')
    .map((field) => [field.key, unexpectedValueText(payload[field.key], field)] as const);
  const problems = new Map([
    ...fieldProblems,
    ...dateProblems.filter((entry): entry is [string, string] => entry[1] !== null),
  ]);
  const hasName = String(inputs['name'] ?? '').trim() !== '';
  const { onEdit, ...submit } = useSubmit(async () => {
    setSubmitted(true);
    if (problems.size > 0) return;
    const university_id = await universityOf(item);
    const { id } = await createRecord('repair', newId('repair'), {
      ...payload,
      ...(university_id === undefined ? {} : { university_id }),
      ...repairPayload(question, item, repair),
    });
    onDone();
    if (hasTemplate && withTasks) await planTasks(id);
  });
  const fieldRows = useRef<HTMLDivElement>(null);
  useEffect(() => {
    fieldRows.current?.querySelector('input')?.setAttribute('data-autofocus', '');
  }, []);
  const { data: university } = useQuery({
    queryKey: ['record', 'university', item.id ?? item.ids?.[0]],
    queryFn: async () => (await universityOf(item)) ?? null,
  });
  return (
    <DialogForm {...submit} saveLabel={t('plan.save')} blocked={!hasName} onCancel={onDone}>
      <p>{t(question === 'code' ? 'plan.whatCode' : 'plan.what')}</p>
      <div ref={fieldRows} className="fields">
        {planFields.map((field) => {
          const problem =
            (isSubmitted ? problems.get(field.key) : undefined) ??
            (field.key === 'name' && !hasName ? t('common:nameNeeded') : undefined);
          return (
            <FieldRow
              key={field.key}
              type="repair"
              field={field}
              raw={inputs[field.key] ?? null}
              near={nearbyIds({ university_id: university })}
              problem={problem}
              onChange={(raw) => {
                onEdit();
                setInputs((previous) => ({ ...previous, [field.key]: raw }));
              }}
            />
          );
        })}
      </div>
      {hasTemplate && (
        <Switch
          label={t('tasks.withRepair')}
          checked={withTasks}
          onChange={(event) => setWithTasks(event.currentTarget.checked)}
        />
      )}
    </DialogForm>
  );
}

import type { InputOf, ResultOf } from '#shared/contract/base.ts';
import type { plan } from '#shared/contract/repairs.ts';
import { daysAfter } from '#shared/domain/days.ts';
import { jsonObjectIn } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { maxLengths } from '#shared/domain/limits.ts';
import { referencedIds } from '#shared/domain/references.ts';
import { authorStepOf, repairTemplates, templatesFor } from '#shared/domain/repair-templates.ts';
import type { TaskRole, TemplateName } from '#shared/domain/repair-templates.ts';
import german from '#shared/texts/de/templates.ts';
import english from '#shared/texts/en/templates.ts';
import { fill } from '#shared/texts/fill.ts';
import { issueOf } from '#shared/texts/issues.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import type { JobPace } from '../../kernel/progress.ts';
import { localDay } from '../../kernel/system.ts';
import { visibleCondition } from '../../kernel/db/schema.ts';
import { locateRecord } from '../../log/records/locate.ts';
import type { WriteContext } from '../../log/commands/write-context.ts';
import { createRecord, patchRecord, visibleRecord } from '../../model/commands.ts';
import { describedUniversity } from '../../model/described-university.ts';
import { readOnlyPointFault } from '../../model/permissions.ts';
import { readRecord } from '../../model/queries.ts';
import type { CallContext } from '../../model/services.ts';
import { invalidFault } from '../../model/validate.ts';
import { idsOf } from '../../network/link-index.ts';
import { runPlan } from '../../plan/run-plan.ts';
import { measureItem } from './measure-item.ts';
import { readPlanFacts } from './plan-facts.ts';
import type { PlanFacts } from './plan-facts.ts';

type Input = InputOf<typeof plan>;
type PlannedRepair = ResultOf<typeof plan>;

/** Plans a repair. Throws NOT_FOUND, FORBIDDEN, INVALID, BUSY, CANCELLED. */
export async function planRepair(call: CallContext, input: Input, pace: JobPace): Promise<PlannedRepair> {
  const { services } = call;
  if (services.moment) throw readOnlyPointFault();
  const { id, question, subjects = [], dry } = input;
  if (id === undefined && subjects.length === 0) throw invalidFault([issueOf('subjects', 'subjects_or_id')]);
  // Measured before the transaction, because it can take long.
  const measured =
    id === undefined && question !== undefined
      ? (await measureItem(services, { question, subjects }, pace)).measured.value
      : null;
  const today = localDay(services.source.clock.now());
  return runPlan(call, { jobLabel: 'plan of a repair', dry }, pace, async ({ write }) =>
    writePlan(write, input, { value: measured, today }),
  );
}

const tasksQuery = `SELECT 1 FROM tasks WHERE repair_id = ? AND coalesce(payload ->> '$.dropped_on', '') = '' AND ${visibleCondition()}`;

/** Writes the notes and the tasks of a plan. Throws NOT_FOUND, INVALID before it writes, FORBIDDEN. */
export function writePlan(
  write: WriteContext,
  input: Input,
  { value, today }: { value: number | null; today: string },
): PlannedRepair {
  const { db, audit } = write;
  const current = input.id === undefined ? null : visibleRecord(db, 'repair', input.id);
  const stored = current?.payload ?? {};
  const question = input.question ?? stored['question'] ?? null;
  const concerned = idsOf(stored['subjects']);
  if (input.subjects && concerned.length > 0) throw invalidFault([issueOf('subjects', 'subjects_or_id')]);
  const subjects = input.subjects ?? concerned;
  const steps = Array.isArray(stored['steps']) ? stored['steps'] : [];
  const templates = input.template ? [input.template] : templatesFor(steps);
  const [firstTemplate] = templates;
  if (firstTemplate === undefined) throw invalidFault([issueOf('template', 'template_needed')]);
  if (current && db.get(tasksQuery, [current.id])) throw invalidFault([issueOf('id', 'has_tasks')]);
  const readFacts = (name: TemplateName): PlanFacts => {
    const { needs } = repairTemplates[name];
    const hasAreas =
      question === 'expertise' || question === 'code' || ['area', 'repository'].includes(needs);
    const records = [...new Set([...subjects, ...recordsOfSteps(db, steps)])];
    return readPlanFacts(db, records, { hasAreas, author: authorStepOf(steps) });
  };
  const isMet = (name: TemplateName): boolean =>
    readFacts(name).values[repairTemplates[name].needs] !== undefined;
  const template = templates.find(isMet) ?? firstTemplate;
  const { needs, tasks } = repairTemplates[template];
  const facts = readFacts(template);
  if (facts.values[needs] === undefined) throw invalidFault([issueOf('subjects', `needs_${needs}`)]);
  const shownValue = value ?? stored['value_before'];
  const say = sayer(input.language, template, facts, typeof shownValue === 'number' ? shownValue : null);
  const owners = input.owner === undefined ? referencedIds(stored['owners']) : [input.owner];
  const due = input.due_on ?? stored['due_on'] ?? null;
  const shared = {
    ...(input.subjects && { subjects: [...subjects] }),
    ...(owners.length > 0 && { owners }),
    ...(due !== null && { due_on: due }),
    notes: `${typeof stored['notes'] === 'string' ? `${stored['notes']}\n\n` : ''}${say.notes}`.slice(
      0,
      maxLengths.text,
    ),
  };
  let repair = current?.id;
  let university = stored['university_id'] ?? null;
  if (current) patchRecord(write, current, { set: shared, unset: [] });
  else {
    university = describedUniversity(write, subjects);
    const data = {
      name: say.name,
      university_id: university,
      question,
      steps: [],
      ...shared,
    };
    repair = createRecord(write, {
      type: 'repair',
      data: { ...data, ...(value !== null && { value_before: value }) },
    });
  }
  const ids: string[] = [];
  for (const [index, role] of (tasks as readonly TaskRole[]).entries()) {
    const person = role === 'owner' ? owners[0] : facts[role];
    const dueDay = typeof due === 'string' ? dayOfTask(today, due, (index + 1) / (tasks.length + 1)) : null;
    const data: JsonObject = {
      ...say.tasks[index],
      university_id: university,
      repair_id: repair as string,
      after: ids.slice(-1),
      ...(person !== undefined && { owners: [person] }),
      ...(dueDay !== null && { due_on: dueDay }),
      ...(facts.repository !== undefined && { repository_id: facts.repository }),
    };
    ids.push(createRecord(write, { type: 'task', data }));
  }
  const record = readRecord(db, 'repair', repair as string);
  audit.label('repair.planned', { id: record.id, title: record.title });
  return {
    template,
    repair: record,
    tasks: ids.map((id) => readRecord(db, 'task', id)),
    op_id: input.dry ? null : audit.op_id,
  };
}

/** Ids of the links and teams that the steps of a repair change, as far as they exist. */
function recordsOfSteps(db: ReadHandle, steps: readonly Json[]): string[] {
  const ids = steps.flatMap((step) => {
    const { do: act, id, team } = jsonObjectIn(step);
    return act === 'cut' || act === 'strengthen' || act === 'document' ? [id] : [team];
  });
  return ids.filter((id): id is string => {
    const record = typeof id === 'string' ? locateRecord(db, id) : undefined;
    return record !== undefined && !record.deleted && !record.hidden;
  });
}

/** The day after a share of the time until the due day; null if that is over. */
function dayOfTask(today: string, due: string, share: number): string | null {
  const days = Math.round((Date.parse(due) - Date.parse(today)) / 86_400_000);
  return days > 0 ? daysAfter(today, Math.floor(days * share)) : null;
}

/** The texts of a plan in a language: its name, its notes and its tasks. */
function sayer(
  language: Input['language'],
  template: TemplateName,
  { values, notes }: PlanFacts,
  value: number | null,
) {
  const texts = language === 'de' ? german : english;
  const { holder = texts.holder, successor = texts.successor } = values;
  const say = (text: string): string => fill(text, { ...values, holder, successor });
  const [name, ...tasks] = texts[template];
  const facts = notes.map((note) => fill(texts.facts[note.key], note.values));
  if (value !== null) facts.push(fill(texts.facts.value, { count: value }));
  return {
    name: say(name).slice(0, maxLengths.name),
    notes: facts.join('\n'),
    tasks: tasks.map((task) => {
      const [sentence = '', end = ''] = task.split(' | ').map(say);
      return { name: sentence.slice(0, maxLengths.name), done_when: end };
    }),
  };
}

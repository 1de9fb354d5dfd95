import { isFault } from '#shared/contract/faults.ts';
import { defaultImportOptions } from '#shared/contract/transfer.ts';
import type { Problem } from '#shared/contract/transfer.ts';
import type { ImportNotice } from '#shared/contract/import-report.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { titleOf } from '#shared/domain/title.ts';
import { foreignNameFault } from '#core/import/graph/foreign.ts';
import { planFile } from '#core/import/json/plan.ts';
import type { FilePlan } from '#core/import/json/plan.ts';
import { unfitValuesKey } from '#core/model/interchange/keys.ts';
import { parseContent } from '#core/import/json/preview.ts';
import type { PlannedRecord } from '#core/import/planned-record.ts';
import { runSync } from '#core/kernel/progress.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import type { Outcome, Verdict } from './verdict.ts';
import type { LabelledElement, LabelledGraph } from './labelled-graphs.ts';

function planOf({ text, file }: LabelledGraph): FilePlan {
  const fault = foreignNameFault(file);
  if (fault) throw fault;
  const ids = createIds(systemClock, systemRandom);
  const sources = { lookup: () => undefined, ids, options: defaultImportOptions };
  return runSync(planFile(runSync(parseContent(text, file, 'guess')), sources));
}

/** Reads a graph into a workspace without records, and compares nodes by name and links by order with the label. */
export function judgeGraph(graph: LabelledGraph): Verdict[] {
  const verdict = (role: string, outcome: Outcome, why: string): Verdict => ({
    table: graph.name,
    role: `graph: ${role}`,
    outcome,
    why,
  });
  let plan: FilePlan;
  try {
    plan = planOf(graph);
  } catch (error) {
    if (!isFault(error)) throw error;
    if (graph.refused === null) return [verdict('refusal', 'said', error.message)];
    const isNamed = error.message.includes(graph.refused);
    return [verdict('refusal', isNamed ? 'right' : 'said', `${error.message} instead of ${graph.refused}`)];
  }
  if (graph.refused !== null) return [verdict('refusal', 'wrong', 'read')];
  return [...nodeVerdicts(graph, plan, verdict), ...linkVerdicts(graph, plan, verdict)];
}

type MakeVerdict = (role: string, outcome: Outcome, why: string) => Verdict;

/** Fields of references, by the title of the record. */
const references: Readonly<Record<string, string>> = { university_id: 'university', team_id: 'team' };

function fieldsOf({ payload }: PlannedRecord, plan: FilePlan): Map<string, Json> {
  const entries = Object.entries(payload).flatMap(([field, value]): [string, Json][] => {
    if (field === 'name' || field === 'from' || field === 'to' || value === null) return [];
    const reference = references[field];
    return [reference === undefined ? [field, value] : [reference, nameOf(value, plan)]];
  });
  return new Map(entries);
}

function nameOf(id: Json | undefined, { find }: FilePlan): string {
  if (typeof id !== 'string') return JSON.stringify(id ?? null);
  const record = find(id);
  return record ? titleOf(record.type, record.payload) : id;
}

function nodeVerdicts(graph: LabelledGraph, plan: FilePlan, verdict: MakeVerdict): Verdict[] {
  const records = plan.records.filter(({ type }) => type !== 'interface');
  const remaining = [...records];
  const verdicts = graph.nodes.flatMap((node) => {
    const { first: type, second: name } = node;
    const index = remaining.findIndex((record) => titleOf(record.type, record.payload) === name);
    if (index < 0) return [verdict('name', 'wrong', `no node ${name}`)];
    const [record] = remaining.splice(index, 1) as [PlannedRecord];
    const isAsked = (plan.graph?.untyped ?? 0) > 0;
    const isRight = type === 'ask' ? isAsked : record.type === type;
    const outcome = isRight ? 'right' : isAsked ? 'asked' : 'wrong';
    return [
      verdict('name', 'right', name),
      verdict('type', outcome, `${name}: ${record.type} instead of ${type}`),
      ...fieldVerdicts(node, record, plan, verdict),
    ];
  });
  // A university that attributes name is a record of its own.
  const extra = remaining.filter(({ type }) => type !== 'university');
  return [
    ...verdicts,
    ...extra.map(({ payload }) => verdict('name', 'wrong', `extra node ${textOf(payload)}`)),
  ];
}

function linkVerdicts(graph: LabelledGraph, plan: FilePlan, verdict: MakeVerdict): Verdict[] {
  const records = plan.records.filter(({ type }) => type === 'interface');
  const verdicts = graph.links.flatMap((link, index) => {
    const record = records[index];
    const wanted = `${link.first} > ${link.second}`;
    const { from, to } = record?.payload ?? {};
    const read = `${nameOf(from, plan)} > ${nameOf(to, plan)}`;
    const isRight = read === wanted;
    const ends = verdict('link', isRight ? 'right' : 'wrong', `${read} instead of ${wanted}`);
    return record && isRight ? [ends, ...fieldVerdicts(link, record, plan, verdict)] : [ends];
  });
  const extra = records.slice(graph.links.length);
  return [
    ...verdicts,
    ...extra.map(({ payload }) => verdict('link', 'wrong', `extra link ${textOf(payload)}`)),
  ];
}

/**
 * Judges each field that the label or the record has. An attribute that the label does not name is right as a custom field, which the preview
 * lists; one that the label says to be null is not.
 */
function fieldVerdicts(
  { second, fields }: LabelledElement,
  record: PlannedRecord,
  plan: FilePlan,
  verdict: MakeVerdict,
): Verdict[] {
  const read = fieldsOf(record, plan);
  const role = record.type === 'interface' ? 'link field' : 'field';
  // Without a kind in the file it comes from the ends.
  if (!fields.has('interface_type')) read.delete('interface_type');
  return [...new Set([...fields.keys(), ...read.keys()])].map((field) => {
    const [wanted = null, found = null] = [fields.get(field), read.get(field)];
    const why = `${second}, ${field}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`;
    const isCustom =
      !fields.has(field) && fieldOf(record.type, field) === undefined && field !== unfitValuesKey;
    if (jsonEqual(wanted, found) || isCustom) return verdict(role, 'right', why);
    if (field === 'energy_loss' && plan.asks_loss_unit) return verdict(role, 'asked', why);
    return verdict(role, isSaid(field, plan) ? 'said' : 'wrong', why);
  });
}

/** Whether a notice or problem names the field; values that fit no field are named by their own. */
function isSaid(field: string, { problems }: FilePlan): boolean {
  const ofField = ({ record, action }: Problem): boolean =>
    record?.field === field || (field === unfitValuesKey && action === 'set_aside');
  const ofAttribute = ({ where }: ImportNotice): boolean => where.attribute === field;
  return problems.list.some(ofField) || problems.notices.list().some(ofAttribute);
}

const textOf = (payload: JsonObject): string => JSON.stringify(payload).slice(0, 100);

import { isJsonObject } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { say } from '../i18n/setup.ts';
import { momentOf } from '#shared/domain/backup-id.ts';
import { bytesText } from './bytes.ts';
import { reasonText } from './reasons.ts';
import { momentToSecond } from './formats.ts';
import { fieldName, lookUp } from './names.ts';
import { numberText, valueText } from './values.ts';

/** A fact about an act in words; `id` identifies its subject for lookups. */
export interface Fact {
  label: string;
  value: string;
  id?: string;
}

type Params = Readonly<Record<string, Json | undefined>>;

const moment = (value: Json): string =>
  typeof value === 'string' ? momentToSecond(value) : valueText(value);

function backup(value: Json): Omit<Fact, 'label'> {
  const id = valueText(value);
  const made = momentOf(id);
  return made === null ? { value: id } : { value: momentToSecond(made), id };
}

const named = (value: Json, { id }: Params) => ({
  value: valueText(value),
  ...(typeof id === 'string' ? { id } : {}),
});

const size = (value: Json) => ({ value: typeof value === 'number' ? bytesText(value) : valueText(value) });
const code = (value: Json) => ({ value: '', id: valueText(value) });
const words = (value: Json) => ({ value: valueText(value) });
const figure = (value: Json) => ({ value: typeof value === 'number' ? numberText(value) : valueText(value) });
const time = (value: Json) => ({ value: moment(value) });

/** The text of each parameter, in display order. Labels are in `history:act`. */
const known: Readonly<Record<string, (value: Json, all: Params) => Omit<Fact, 'label'>>> = {
  name: named,
  sandbox: named,
  agents: (value) => ({
    value: Array.isArray(value) ? value.map((one: Json) => valueText(one)).join(', ') : '',
  }),
  from: words,
  version: figure,
  backup,
  time: (value, { at }) => ({ value: moment(value), ...(at === undefined ? {} : { id: valueText(at) }) }),
  created_at: time,
  made: time,
  before: size,
  after: size,
  reason: (value) => ({ value: reasonText({ code: `workspace.${valueText(value)}` }) }),
  another: words,
  missing_until: time,
  transactions: figure,
  until: time,
  lost: figure,
  unread: figure,
  safety: backup,
  safety_usual: () => ({ value: say('history:inWorkspace') }),
  displaced: code,
  last: figure,
  daily: figure,
  weekly: figure,
  monthly: figure,
  sha256: code,
  hash: code,
  head: code,
  op_id: code,
};

const passed = [
  'act',
  'id',
  'at',
  'by',
  'count',
  'title',
  'type',
  'all',
  'play',
  'was',
  'now',
  'automatic',
  'whole',
  'recovery',
  'missing_maybe',
];

function labelOf(name: string): string {
  return lookUp(`history:act.${name === 'created_at' ? 'time' : name}`) ?? fieldName(name);
}

/** The parameters of an act as facts; unknown ones come last, unformatted. Null values are skipped. */
export function factsOf(params: Params): Fact[] {
  const given = Object.entries(params).filter(([name, value]) => value !== null && !passed.includes(name));
  const place = (name: string): number => (Object.keys(known).indexOf(name) + 100) % 100;
  return given
    .toSorted(([a], [b]) => place(a) - place(b))
    .flatMap(([name, value]): Fact[] => {
      if (value === undefined || (name === 'made' && 'backup' in params)) return [];
      const label = labelOf(name);
      if (name === 'backups' && Array.isArray(value))
        return value.map((one: Json) => ({ label, ...backup(one) }));
      return [{ label, ...(known[name] ?? words)(value, params) }];
    });
}

const telling = [
  'sandbox.promoted',
  'sandbox.refreshed',
  'moment.restored',
  'backups.records',
  'backups.restored',
  'golden.reset',
];

/** The facts in a transaction's label beyond the changes of its records. */
export const labelFacts = (label: string, params: Params): Fact[] =>
  telling.includes(label) ? factsOf({ ...params, name: undefined, sandbox: params['name'] }) : [];

/** The facts of a changed settings row: an act, retention, checkpoints. Null for others. */
export function upkeepFacts(id: string, before: Json | null, after: Json | null): Fact[] | null {
  const [was, is] = [before, after].map((side) => (isJsonObject(side ?? null) ? (side as Params) : {}));
  if (!was || !is) return null;
  if (id === 'ws_acts') return isJsonObject(is['last'] ?? null) ? factsOf(is['last'] as Params) : [];
  if (id === 'ws_checkpoints') return checkpointFacts(was, is);
  if (id !== 'ws_retention') return null;
  const earlier = factsOf(was);
  return factsOf(is).map((fact) => {
    const old = earlier.find(({ label }) => label === fact.label)?.value;
    return old === undefined || old === fact.value ? fact : { ...fact, value: `${old} → ${fact.value}` };
  });
}

function checkpointFacts(was: Params, is: Params): Fact[] {
  const ids = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return ids
    .filter((id) => JSON.stringify(was[id]) !== JSON.stringify(is[id]))
    .flatMap((id) => {
      const [old, one] = [was[id], is[id]].map((side) =>
        isJsonObject(side ?? null) ? (side as Params) : null,
      );
      const shown = one ?? old;
      if (!shown) return [];
      const from = one && old && old['name'] !== one['name'] ? { from: old['name'] } : {};
      return factsOf({ ...shown, ...from, id });
    });
}

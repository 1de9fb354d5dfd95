import { isJsonObject } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { say } from '../i18n/setup.ts';
import { timeOfBackupId } from '#shared/domain/backup-id.ts';
import { bytesText } from './bytes.ts';
import { reasonText } from './reasons.ts';
import { dateTimeToSecond } from './formats.ts';
import { fieldName, lookUp } from './names.ts';
import { numberText, valueText } from './values.ts';

/** A fact about an act in words; `id` identifies its subject for lookups. */
export interface Fact {
  label: string;
  value: string;
  id?: string;
}

type Params = Readonly<Record<string, Json | undefined>>;

const timeText = (value: Json): string =>
  typeof value === 'string' ? dateTimeToSecond(value) : valueText(value);

function backupFact(value: Json): Omit<Fact, 'label'> {
  const id = valueText(value);
  const time = timeOfBackupId(id);
  return time === null ? { value: id } : { value: dateTimeToSecond(time), id };
}

const nameFact = (value: Json, { id }: Params) => ({
  value: valueText(value),
  ...(typeof id === 'string' ? { id } : {}),
});

const sizeFact = (value: Json) => ({
  value: typeof value === 'number' ? bytesText(value) : valueText(value),
});
const codeFact = (value: Json) => ({ value: '', id: valueText(value) });
const textFact = (value: Json) => ({ value: valueText(value) });
const numberFact = (value: Json) => ({
  value: typeof value === 'number' ? numberText(value) : valueText(value),
});
const faultText = (value: Json): string => reasonText({ code: `workspace.${valueText(value)}` });
const backupReason = (value: Json): string =>
  lookUp(`backups:reason.${valueText(value)}`) ?? say('backups:reason.other');
const timeFact = (value: Json) => ({ value: timeText(value) });

/** The text of each parameter, in display order. Labels are in `history:act`. */
const factFormats: Readonly<Record<string, (value: Json, params: Params) => Omit<Fact, 'label'>>> = {
  name: nameFact,
  sandbox: nameFact,
  agents: (value) => ({
    value: Array.isArray(value) ? value.map((one: Json) => valueText(one)).join(', ') : '',
  }),
  from: textFact,
  version: numberFact,
  backup: backupFact,
  time: (value, { at }) => ({ value: timeText(value), ...(at === undefined ? {} : { id: valueText(at) }) }),
  created_at: timeFact,
  made: timeFact,
  before: sizeFact,
  after: sizeFact,
  reason: (value, { backup }) => ({ value: backup === undefined ? faultText(value) : backupReason(value) }),
  another: textFact,
  missing_until: timeFact,
  transactions: numberFact,
  until: timeFact,
  lost: numberFact,
  unread: numberFact,
  safety: backupFact,
  safety_usual: () => ({ value: say('history:inWorkspace') }),
  displaced: codeFact,
  last: numberFact,
  daily: numberFact,
  weekly: numberFact,
  monthly: numberFact,
  sha256: codeFact,
  hash: codeFact,
  head: codeFact,
  op_id: codeFact,
};

const skippedParams = [
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

function factLabel(name: string): string {
  return lookUp(`history:act.${name === 'created_at' ? 'time' : name}`) ?? fieldName(name);
}

/** The parameters of an act as facts, without null and internal ones; unknown ones come last, unformatted. */
export function factsOf(params: Params): Fact[] {
  const shownParams = Object.entries(params).filter(
    ([name, value]) => value !== null && !skippedParams.includes(name),
  );
  const order = Object.keys(factFormats);
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return shownParams
    .toSorted(([a], [b]) => rank(a) - rank(b))
    .flatMap(([name, value]): Fact[] => {
      if (value === undefined || (name === 'made' && 'backup' in params)) return [];
      const label = factLabel(name);
      if (name === 'backups' && Array.isArray(value))
        return value.map((one: Json) => ({ label, ...backupFact(one) }));
      return [{ label, ...(factFormats[name] ?? textFact)(value, params) }];
    });
}

const labelsWithFacts = [
  'sandbox.promoted',
  'sandbox.refreshed',
  'moment.restored',
  'backups.records',
  'backups.restored',
  'golden.reset',
];

/** The facts in a transaction's label beyond the changes of its records. */
export const labelFacts = (label: string, params: Params): Fact[] =>
  labelsWithFacts.includes(label) ? factsOf({ ...params, name: undefined, sandbox: params['name'] }) : [];

/** The facts of a changed settings row: an act, retention, checkpoints. Null for others. */
export function settingsFacts(id: string, before: Json | null, after: Json | null): Fact[] | null {
  const [oldValues, newValues] = [before, after].map((value) =>
    isJsonObject(value ?? null) ? (value as Params) : {},
  );
  if (!oldValues || !newValues) return null;
  if (id === 'ws_acts')
    return isJsonObject(newValues['last'] ?? null) ? factsOf(newValues['last'] as Params) : [];
  if (id === 'ws_checkpoints') return checkpointFacts(oldValues, newValues);
  if (id !== 'ws_retention') return null;
  const oldFacts = factsOf(oldValues);
  return factsOf(newValues).map((fact) => {
    const oldValue = oldFacts.find(({ label }) => label === fact.label)?.value;
    return oldValue === undefined || oldValue === fact.value
      ? fact
      : { ...fact, value: `${oldValue} → ${fact.value}` };
  });
}

function checkpointFacts(oldPoints: Params, newPoints: Params): Fact[] {
  const ids = [...new Set([...Object.keys(oldPoints), ...Object.keys(newPoints)])];
  return ids
    .filter((id) => JSON.stringify(oldPoints[id]) !== JSON.stringify(newPoints[id]))
    .flatMap((id) => {
      const [oldPoint, newPoint] = [oldPoints[id], newPoints[id]].map((value) =>
        isJsonObject(value ?? null) ? (value as Params) : null,
      );
      const point = newPoint ?? oldPoint;
      if (!point) return [];
      const from =
        newPoint && oldPoint && oldPoint['name'] !== newPoint['name'] ? { from: oldPoint['name'] } : {};
      return factsOf({ ...point, ...from, id });
    });
}

import type { EntityRecord } from '#shared/contract/record.ts';
import type { Field } from '#shared/domain/entities.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { api } from '../../../api/client.ts';
import { isDisconnected } from '../../../api/failures.ts';
import { draftAt, draftOf, dropDraft, keepDraft } from '../../../stores/drafts.ts';
import { whileSaving } from '../../../stores/saving.ts';
import { faultData } from '../../../text/faults.ts';
import { checkField } from '../form/check.ts';
import { toRaw } from '../form/inputs.ts';
import type { Raw } from '../form/inputs.ts';
import { issueRule } from '../form/messages.ts';
import { changeCached, readAgain, storeCached, withField } from './cache.ts';
import { sendLater } from './later.ts';
import { tellIfLeft } from './left.ts';

/** How it went: `invalid` says what is wrong with the value, `failed` carries the error. In both the typed text is kept as a draft. */
export type Saved =
  /** `opId` names the change, null when there was none to make. */
  | { state: 'saved'; opId: string | null }
  | { state: 'unchanged' | 'later' }
  | { state: 'invalid'; message: string }
  | { state: 'failed'; error: unknown };

/** The sentence about `field` in an error of core, or null when the error is about something else. */
export function fieldProblem(error: unknown, field: string): string | null {
  const invalid = faultData(error, 'INVALID');
  // An own field may have dots in its name.
  const issue = invalid?.issues.find(({ path }) => path === field || path.startsWith(`${field}.`));
  return issue ? issueRule(issue) : null;
}

function update(record: Pick<EntityRecord, 'id' | 'type'>, field: string, value: Json | undefined) {
  const { id, type } = record;
  return value === undefined
    ? api.entities.update({ id, type, unset: [field] })
    : api.entities.update({ id, type, data: { [field]: value } });
}

/**
 * Saves one field of a record from what was typed. It is shown at once; when it cannot be saved the old value comes back and what
 * was typed is kept as a draft. When the data process is gone it is sent again as soon as the next one is there.
 */
export async function saveField(record: EntityRecord, field: Field, raw: Raw): Promise<Saved> {
  const draft = draftOf.record(record.id);
  const checked = checkField(record.type, field, raw);
  if (!checked.ok) {
    keepDraft(draft, field.key, raw);
    return { state: 'invalid', message: checked.message };
  }
  const before = record.payload[field.key];
  // A figure that came as text stays one as long as nobody writes another.
  const untouched = field.own === true && raw === toRaw(field, before);
  if (untouched || jsonEqual(before, checked.value) || (before === undefined && checked.value === null)) {
    dropDraft(draft, field.key);
    return { state: 'unchanged' };
  }
  keepDraft(draft, field.key, raw);
  const putBack = changeCached(record.id, (cached) => withField(cached, field.key, checked.value));
  try {
    const saved = await whileSaving(() => update(record, field.key, checked.value));
    storeCached(saved.record);
    void tellIfLeft(saved.record);
    // What was typed on meanwhile is a draft of its own.
    if (draftAt(draft)[field.key] === raw) dropDraft(draft, field.key);
    return { state: 'saved', opId: saved.op_id };
  } catch (error) {
    putBack();
    // Others may have changed it since it was shown.
    if (!isDisconnected(error)) readAgain(record.id);
    if (isDisconnected(error)) {
      sendLater(`${record.id}/${field.key}`, () => saveField(record, field, raw));
      return { state: 'later' };
    }
    const problem = fieldProblem(error, field.key);
    return problem === null ? { state: 'failed', error } : { state: 'invalid', message: problem };
  }
}

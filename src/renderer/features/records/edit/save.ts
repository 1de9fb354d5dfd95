import type { EntityRecord } from '#shared/contract/record.ts';
import { notifyManager } from '@tanstack/react-query';
import type { Field } from '#shared/domain/entities.ts';
import { isReferenceKind, referencedIds } from '#shared/domain/references.ts';
import type { Json } from '#shared/domain/json.ts';
import { applyEdit } from '#shared/domain/patch.ts';
import type { FieldChange } from '#shared/contract/bulk.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { atStart } from '../../../api/window-state.ts';
import type { Raw } from '../form/values.ts';
import { faultData, issueProblem } from '../../../text/faults.ts';
import { checkField, toRaw } from '../form/values.ts';
import { whileSaving } from '../../../stores/saving.ts';
import { api } from '../../../api/client.ts';
import { draftKeyOf, setDraftField, dropDraft, getDraft } from '../../../stores/drafts.ts';
import { changeCached, cacheRecord, refetchRecord } from '../data/record.ts';
import { isDisconnected } from '../../../api/failures.ts';
import { connectionStore } from '../../../api/connection.ts';
import { displayTitle, fieldLabel } from '../../../text/names.ts';
import { customValueText } from '../custom-fields.ts';
import { valueText } from '../../../text/values.ts';
import { dropNotice, notice, reportError } from '../../../ui/notices.tsx';
import { undoAction } from '../../../stores/undo.ts';
import { say } from '../../../i18n/setup.ts';
import { frontTab } from '../../../stores/tabs/store.ts';
import { currentAddress, showPanel, openRecordId } from '../../../stores/address.ts';

/** The result of an edit. `queued`: saved once the data process is ready. Unless saved or unchanged, the input is kept as a draft. */
export type SaveResult =
  | { state: 'saved' | 'unchanged' | 'queued' }
  | { state: 'invalid'; message: string }
  | { state: 'failed'; error: unknown };

export interface FieldEdit {
  record: EntityRecord;
  field: Field;
  raw: Raw;
  /** The stored value that the person saw when the edit began. */
  seenValue: Json | undefined;
}

/** The message about `field` in an error of core; null if the error is not about this field. */
export function fieldProblem(error: unknown, field: string): string | null {
  // The name of a custom field can contain dots.
  const issue = faultData(error, 'INVALID')?.issues.find(
    ({ path }) => path === field || path.startsWith(`${field}.`),
  );
  return issue ? issueProblem(issue) : null;
}

/** Makes several changes in one undoable step. Returns its op id, null if nothing changed. Throws what core throws. */
export async function writeChanges(changes: readonly FieldChange[]): Promise<string | null> {
  if (changes.length === 0) return null;
  return (await whileSaving(() => api.entities.applyChanges({ changes: [...changes] }))).op_id;
}

/** Id of the work of saving a field: its success removes the notice of its failure. */
export const savingWork = ({ id }: Pick<EntityRecord, 'id'>, field: Pick<Field, 'key'>): string =>
  `save ${id}/${field.key}`;

/** Saves one field from its input. The value is shown at once and reverted on failure; without a data process the call is queued. */
export async function saveField(edit: FieldEdit): Promise<SaveResult> {
  const { record, field, raw } = edit;
  const { key } = field;
  const draft = draftKeyOf.record(record.id);
  setDraftField(draft, key, raw);
  const result = checkField(record.type, field, raw);
  if (!result.ok) return { state: 'invalid', message: result.message };
  const previous = record.payload[key];
  // An imported number stored as text stays text until it is edited.
  const isUntouched = field.own === true && raw === toRaw(field, previous);
  if (isUntouched || jsonEqual(previous, result.value) || (previous === undefined && result.value === null)) {
    dropDraft(draft, key);
    return { state: 'unchanged' };
  }
  const { id, type } = record;
  const set = result.value === undefined ? {} : { [key]: result.value };
  const unset = result.value === undefined ? [key] : [];
  const expected = edit.seenValue === undefined ? {} : { [key]: edit.seenValue };
  const revert = changeCached(id, (cached) => ({
    ...cached,
    payload: applyEdit(cached.payload, { set, unset }),
  }));
  try {
    const {
      record: storedRecord,
      op_id,
      overwritten,
    } = await whileSaving(() => api.entities.update({ id, type, data: set, unset, expected }));
    cacheRecord(storedRecord);
    dropNotice(savingWork(record, field));
    // The draft is dropped only after the stored value is rendered.
    await new Promise<void>((resolve) => notifyManager.schedule(resolve));
    // Later input is a draft of its own.
    if (getDraft(draft)[key] === raw) dropDraft(draft, key);
    for (const { value } of overwritten) void notifyOverwritten(edit, value, op_id);
    void notifyIfFilteredOut(storedRecord);
    return { state: 'saved' };
  } catch (error) {
    revert();
    if (isDisconnected(error)) {
      queueCall(`${record.id}/${key}`, () => saveField(edit));
      return { state: 'queued' };
    }
    refetchRecord(record.id);
    if (!(key in getDraft(draft))) setDraftField(draft, key, raw);
    const problem = fieldProblem(error, key);
    return problem === null ? { state: 'failed', error } : { state: 'invalid', message: problem };
  }
}

const resendDelayMs = 500;
const queuedCalls = new Map<string, () => unknown>();

function sendQueuedCalls(): void {
  const calls = [...queuedCalls.values()];
  queuedCalls.clear();
  for (const send of calls) void send();
}

atStart(() => {
  queuedCalls.clear();
  connectionStore.subscribe((current, previous) => {
    if (current.state === 'ready' && previous.state !== 'ready') sendQueuedCalls();
  });
});

/** Sends a call once the data process is ready. Only for calls that can be repeated, because the previous process may have executed them. */
function queueCall(key: string, send: () => unknown): void {
  queuedCalls.set(key, send);
  if (connectionStore.getState().state === 'ready') setTimeout(sendQueuedCalls, resendDelayMs);
}

async function findAuthor(id: string, key: string, value: Json): Promise<string | null> {
  const { rows } = await api.history.ofRecord({ id, limit: 20 });
  const row = rows.find(
    ({ change }) =>
      jsonEqual(change.after?.[key] ?? null, value) && !jsonEqual(change.before?.[key] ?? null, value),
  );
  return row?.transaction.actor.name ?? null;
}

async function titleOfReference(id: string): Promise<string> {
  const record = await api.entities.find({ id }).catch(() => null);
  return record ? displayTitle(record.title, record.type) : '–';
}

/** Reports that another person changed the field meanwhile, with an undo action. */
async function notifyOverwritten(
  { record, field }: FieldEdit,
  overwrittenValue: Json,
  opId: string | null,
): Promise<void> {
  const author = await findAuthor(record.id, field.key, overwrittenValue).catch(() => null);
  const value =
    isReferenceKind(field) && overwrittenValue !== null
      ? (await Promise.all(referencedIds(overwrittenValue).map(titleOfReference))).join(', ')
      : field.own
        ? customValueText(overwrittenValue, field.kind)
        : valueText(overwrittenValue, field);
  notice({
    ...undoAction(opId),
    needsAttention: true,
    title: say('panel:overwritten.title', { field: fieldLabel(field) }),
    more:
      author === null
        ? say('panel:overwritten.unknown', { value })
        : say('panel:overwritten.by', { who: author, value }),
  });
}

const maxFilters = 20;

async function notifyIfFilteredOut({ id, type, title }: EntityRecord): Promise<void> {
  const tab = frontTab();
  const { view } = currentAddress(tab);
  if (view.kind !== 'list' || view.type !== type || view.deleted === 'only') return;
  const { search, filters } = view;
  if ((search === '' && filters.length === 0) || filters.length >= maxFilters) return;
  try {
    const idFilter = { field: 'id', op: 'is' as const, value: id };
    const { matched } = await api.entities.list({ type, search, filters: [...filters, idFilter], limit: 0 });
    if (matched > 0) return;
  } catch (error) {
    reportError(error);
    return;
  }
  const showAction = {
    label: say('common:show'),
    run: () => showPanel({ kind: 'record', id, tab: 'details' }, tab),
  };
  notice({
    id: `left:${id}`,
    title: say('grid:left.title', { title: displayTitle(title, type) }),
    ...(openRecordId(tab) === id ? {} : { action: showAction }),
  });
}

import type { EntityRecord } from '#shared/contract/record.ts';
import type { Field } from '#shared/domain/entities.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { api } from '../../../api/client.ts';
import { say } from '../../../i18n/setup.ts';
import { undoable } from '../../../stores/undo.ts';
import { labelOf, titleOr } from '../../../text/names.ts';
import { valueText } from '../../../text/values.ts';
import { notice } from '../../../ui/notices.tsx';
import { ownText } from '../own/text.ts';

/** Changes of the record among which the one of somebody else is looked for. */
const limit = 20;

function words({ payload, derived }: EntityRecord, field: Field): string {
  if (field.kind === 'reference') {
    const title = derived[`${field.key.replace(/_id$/, '')}_title`];
    return typeof title === 'string' ? titleOr(title, field.to ?? '') : '–';
  }
  return field.own ? ownText(payload[field.key], field.kind) : valueText(payload[field.key], field);
}

async function whoChanged({ id }: EntityRecord, { key }: Field, opId: string | null): Promise<string | null> {
  const { rows } = await api.history.ofRecord({ id, limit });
  const other = rows.find(
    ({ transaction, change }) =>
      transaction.op_id !== opId && !jsonEqual(change.before?.[key], change.after?.[key]),
  );
  return other?.transaction.actor.name ?? null;
}

/** Says that a field was changed by somebody else while one typed in it, and offers to give theirs back. `before` is the record as theirs left it. */
export async function tellOverwritten(
  before: EntityRecord,
  field: Field,
  opId: string | null,
): Promise<void> {
  const who = await whoChanged(before, field, opId).catch(() => null);
  const value = words(before, field);
  notice({
    ...undoable(opId),
    waits: true,
    title: say('panel:overwritten.title', { field: labelOf(field) }),
    more:
      who === null
        ? say('panel:overwritten.unknown', { value })
        : say('panel:overwritten.by', { who, value }),
  });
}

import type { Field } from '#shared/domain/entities.ts';
import { say } from '../../../i18n/setup.ts';
import { valueText } from '../../../text/values.ts';
import { dropNotice, notice } from '../../../ui/notices.tsx';
import type { Raw } from '../form/inputs.ts';

const noticeOf = (record: string, field: string): string => `unsaved:${record}/${field}`;

/** Says why what was typed into a cell is not saved. It is the person's to correct, no failure; the cell says it as well. */
export function tellUnsaved(
  record: string,
  field: Field,
  raw: Raw,
  problem: string,
  names: { field: string; title: string },
): void {
  notice({
    id: noticeOf(record, field.key),
    title: say('grid:unsaved.title', names),
    more: say('grid:unsaved.more', { ...names, value: valueText(raw, field), problem }),
  });
}

/** Takes it back: the value was corrected or given up. */
export function forgetUnsaved(record: string, field: string): void {
  dropNotice(noticeOf(record, field));
}

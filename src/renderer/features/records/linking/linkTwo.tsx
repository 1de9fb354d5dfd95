import type { EntityRecord } from '#shared/contract/record.ts';
import { say } from '../../../i18n/setup.ts';
import { openDialog } from '../../../ui/dialog.tsx';
import { LinkForm } from './LinkForm.tsx';

/** Asks how two records shall be linked, the first with the second, and creates the link. */
export function linkTwo(from: EntityRecord, to: EntityRecord): void {
  openDialog({ title: say('grid:linkTitle') }, (close) => <LinkForm from={from} to={to} onDone={close} />);
}

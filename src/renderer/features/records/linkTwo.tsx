import { modals } from '@mantine/modals';
import type { EntityRecord } from '#shared/contract/record.ts';
import { say } from '../../i18n/setup.ts';
import { LinkForm } from '../network/LinkForm.tsx';

const modalId = 'link-two';

/** Asks how two records shall be linked, the first with the second, and creates the link. */
export function linkTwo(from: EntityRecord, to: EntityRecord): void {
  modals.open({
    modalId,
    title: say('grid:linkTitle'),
    children: <LinkForm from={from} to={to} onDone={() => modals.close(modalId)} />,
  });
}

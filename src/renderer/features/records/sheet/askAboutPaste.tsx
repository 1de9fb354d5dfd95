import { modals } from '@mantine/modals';
import type { EntityType } from '#shared/domain/types.ts';
import { say } from '../../../i18n/setup.ts';
import { typeNames } from '../../../text/names.ts';
import { PastePreview } from './PastePreview.tsx';
import type { PastePlan } from './paste-plan.ts';
import './sheet.css';

/** Shows what a paste would do and what it cannot. Gives whether new records are wanted too, or null when it is not wanted. */
export function askAboutPaste(type: EntityType, plan: PastePlan): Promise<{ adds: boolean } | null> {
  const lines = new Set([
    ...plan.cells.map(({ line }) => line),
    ...plan.created.map(({ line }) => line),
    ...plan.problems.map(({ line }) => line),
  ]);
  return new Promise((resolve) => {
    const close = (answer: { adds: boolean } | null): void => {
      resolve(answer);
      modals.close('paste');
    };
    modals.open({
      modalId: 'paste',
      size: 560,
      title: say('sheet:preview.title', { count: lines.size, types: typeNames(type) }),
      onClose: () => resolve(null),
      children: <PastePreview type={type} plan={plan} onAnswer={close} />,
    });
  });
}

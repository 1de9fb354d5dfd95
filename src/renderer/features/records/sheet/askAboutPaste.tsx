import type { EntityType } from '#shared/domain/types.ts';
import { say } from '../../../i18n/setup.ts';
import { typeNames } from '../../../text/names.ts';
import { askDialog } from '../../../ui/dialog.tsx';
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
  const title = say('sheet:preview.title', { count: lines.size, types: typeNames(type) });
  return askDialog<{ adds: boolean } | null>({ title, size: 560 }, null, (answer) => (
    <PastePreview type={type} plan={plan} onAnswer={answer} />
  ));
}

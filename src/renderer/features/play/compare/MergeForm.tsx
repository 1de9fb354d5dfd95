import { Radio } from '@mantine/core';
import { useState } from 'react';
import type { Merged } from '#shared/contract/compare.ts';
import type { Comparison } from '#shared/contract/comparison.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { queryClient } from '../../../stores/queries.ts';
import { undoAction } from '../../../stores/undo.ts';
import { openDialog } from '../../../ui/dialog.tsx';
import { notice } from '../../../ui/notices.tsx';
import { PlanForm } from '../../../ui/PlanForm.tsx';
import { PlanPreview } from '../../../ui/PlanPreview.tsx';
import type { Choices } from './choices.ts';
import { ConflictLines } from './ConflictLines.tsx';
import { runMerge } from './merge.ts';
import type { Direction } from './merge.ts';
import { useConflicts } from './useComparison.ts';

interface Props {
  direction: Direction;
  comparison: Comparison;
  choices: Choices;
  onDone: () => void;
}

/** Previews promoting or refreshing and runs it once confirmed. */
export function openMerge(direction: Direction, comparison: Comparison, choices: Choices): void {
  const { name } = comparison.to;
  openDialog({ title: say(`compare:${direction}.title`, { name }), size: 520 }, (close) => (
    <MergeForm direction={direction} comparison={comparison} choices={choices} onDone={close} />
  ));
}

function showMerged(direction: Direction, { op_id, backup, count }: Merged, name: string): void {
  notice({
    ...undoAction(op_id),
    title: say(`compare:${direction}.${op_id === null ? 'nothing' : 'done'}`, { count, name }),
    ...(backup === null ? {} : { more: say('past:restore.backedUp') }),
  });
}

const undecidedIn = ({ undecided }: Merged): number =>
  new Set(undecided.map(({ type, id }) => `${type} ${id}`)).size;

function MergeForm({ direction, comparison, choices, onDone }: Props) {
  const { t } = useTexts('compare');
  const conflicts = useConflicts(comparison);
  const [rest, setRest] = useState<'ask' | 'play' | 'live'>('ask');
  const given = { direction, comparison, choices, conflicts: rest };
  return (
    <PlanForm
      chosen={{ rest }}
      preview={(onProgress, signal) => runMerge({ ...given, dry: true }, onProgress, signal)}
      apply={async (_, onProgress, signal) => {
        const done = await runMerge({ ...given, dry: false }, onProgress, signal);
        onDone();
        showMerged(direction, done, comparison.to.name);
        await queryClient.invalidateQueries({ queryKey: ['compared'] });
      }}
      blocked={(merged) => undecidedIn(merged) > 0 || (direction === 'promote' && merged.count === 0)}
      button={t(`${direction}.yes`)}
      label={t(`${direction}.running`)}
      first
      onCancel={onDone}
    >
      {(merged, running) => {
        const { count, left, problems } = merged;
        const open = undecidedIn(merged);
        return (
          <>
            {count + open + problems.length === 0 && <p>{t('nothingToDo')}</p>}
            <PlanPreview plan={merged}>{left > 0 && <li>{t('leftAsIs', { count: left })}</li>}</PlanPreview>
            <ConflictLines {...{ direction, rest, choices }} rows={conflicts} />
            {(open > 0 || rest !== 'ask') && (
              <Radio.Group
                label={open > 0 ? t('undecided', { count: open }) : t('decidedAlike')}
                value={rest}
                onChange={setRest}
              >
                {(['ask', 'live', 'play'] as const).map((one) => (
                  <Radio key={one} size="xs" value={one} label={t(`rest.${one}`)} disabled={running} />
                ))}
              </Radio.Group>
            )}
            <p className="dim small">{t(`${direction}.note`)}</p>
          </>
        );
      }}
    </PlanForm>
  );
}

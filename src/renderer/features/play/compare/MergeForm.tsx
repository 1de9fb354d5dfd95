import { Radio } from '@mantine/core';
import { useState } from 'react';
import type { MergeResult } from '#shared/contract/compare.ts';
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
import { startMerge } from './merge.ts';
import type { Direction } from './merge.ts';
import { useConflicts } from './useComparison.ts';

interface Props {
  direction: Direction;
  comparison: Comparison;
  choices: Choices;
  onDone: () => void;
}

/** Previews promoting or refreshing and runs it once confirmed. */
export function openMergeForm(direction: Direction, comparison: Comparison, choices: Choices): void {
  const { name } = comparison.to;
  openDialog({ title: say(`compare:${direction}.title`, { name }), size: 520 }, (close) => (
    <MergeForm direction={direction} comparison={comparison} choices={choices} onDone={close} />
  ));
}

function reportMerge(direction: Direction, { op_id, backup, count }: MergeResult, name: string): void {
  notice({
    ...undoAction(op_id),
    title: say(`compare:${direction}.${op_id === null ? 'nothing' : 'done'}`, { count, name }),
    ...(backup === null ? {} : { more: say('past:restore.backedUp') }),
  });
}

const countUndecided = ({ undecided }: MergeResult): number =>
  new Set(undecided.map(({ type, id }) => `${type} ${id}`)).size;

function MergeForm({ direction, comparison, choices, onDone }: Props) {
  const { t } = useTexts('compare');
  const conflicts = useConflicts(comparison);
  const [fallback, setFallback] = useState<'ask' | 'play' | 'live'>('ask');
  const input = { direction, comparison, choices, conflicts: fallback };
  return (
    <PlanForm
      input={{ rest: fallback }}
      start={({ dry }, options) => startMerge({ ...input, dry }, options)}
      onApplied={async (result) => {
        onDone();
        reportMerge(direction, result, comparison.to.name);
        await queryClient.invalidateQueries({ queryKey: ['compared'] });
      }}
      blocked={(result) => countUndecided(result) > 0 || (direction === 'promote' && result.count === 0)}
      saveLabel={t(`${direction}.yes`)}
      runningLabel={t(`${direction}.running`)}
      takesFocus
      onCancel={onDone}
    >
      {(result, isRunning) => {
        const { count, left, problems } = result;
        const openCount = countUndecided(result);
        return (
          <>
            {count + openCount + problems.length === 0 && <p>{t('nothingToDo')}</p>}
            <PlanPreview plan={result}>{left > 0 && <li>{t('leftAsIs', { count: left })}</li>}</PlanPreview>
            <ConflictLines {...{ direction, fallback, choices }} rows={conflicts} />
            {(openCount > 0 || fallback !== 'ask') && (
              <Radio.Group
                label={openCount > 0 ? t('undecided', { count: openCount }) : t('decidedAlike')}
                value={fallback}
                onChange={setFallback}
              >
                {(['ask', 'live', 'play'] as const).map((option) => (
                  <Radio
                    key={option}
                    size="xs"
                    value={option}
                    label={t(`rest.${option}`)}
                    disabled={isRunning}
                  />
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

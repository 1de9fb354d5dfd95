import { Radio } from '@mantine/core';
import { useState, useMemo } from 'react';
import type { MergeResult, Difference } from '#shared/contract/compare.ts';
import type { Comparison } from '#shared/contract/comparison.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { queryClient } from '../../../stores/queries.ts';
import { undoAction } from '../../../stores/undo.ts';
import { openDialog } from '../../../ui/dialog.tsx';
import { notice } from '../../../ui/notices.tsx';
import { PlanForm } from '../../../ui/PlanForm.tsx';
import { PlanPreview } from '../../../ui/PlanPreview.tsx';
import type { Choices } from './choices.ts';
import { useConflicts } from './useComparison.ts';
import { distinctName, distinctionsOf } from '../../../text/distinctions.ts';
import type { Distinctions } from '../../../text/distinctions.ts';
import { fieldName } from '../../../text/names.ts';
import { resolvedConflicts, keepsLive } from './resolved-conflicts.ts';
import type { Direction, ResolvedConflict } from './resolved-conflicts.ts';
import { SideRecord, SideValue } from './SideValue.tsx';
import { api } from '../../../api/client.ts';
import type { ResultStream } from '../../../api/stream.ts';
import { decisionsOf, isLeftOut } from './choices.ts';
import type { CompareView } from '#shared/address/view.ts';
import { enabledUnless } from '../../../commands/command.ts';
import { useCommands } from '../../../commands/registry.ts';
import { useMe, writeRefusal } from '../../../stores/profile.ts';
import { inSandbox, pageTarget } from '../../../stores/target.ts';
import { switchTo } from '../../workspace/switch-target.ts';
import { ActionButton } from './ActionButton.tsx';
import { useNoChangesText } from '../useSandboxes.ts';

interface Props {
  direction: Direction;
  comparison: Comparison;
  choices: Choices;
  onDone: () => void;
}

/** Previews promoting or refreshing and runs it once confirmed. */
function openMergeForm(direction: Direction, comparison: Comparison, choices: Choices): void {
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
  const input = { direction, comparison, choices, fallback };
  return (
    <PlanForm
      input={{ fallback }}
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
                  <Radio key={option} value={option} label={t(`rest.${option}`)} disabled={isRunning} />
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

const maxListedConflicts = 8;

/** One side of a conflict: the value of a field, or what happened to the record. */
function SideText({
  conflict: { row, field },
  side,
  titles,
}: {
  conflict: ResolvedConflict;
  side: 'play' | 'live';
  titles: Titles;
}) {
  const { t } = useTexts('compare');
  if (field === null) {
    if (row[side] === 'deleted') return <>{t('history:action.delete')}</>;
    return <SideRecord {...{ row, side, titles }} emptyText={t('history:action.update')} />;
  }
  const value = row.fields.find((difference) => difference.field === field)?.[side];
  return <SideValue {...{ type: row.type, field, value, titles }} />;
}

type Titles = ReadonlyMap<string, string>;

interface LinesProps {
  heading: string;
  conflicts: readonly ResolvedConflict[];
  titles: Titles;
  distinctions: Distinctions;
}

function ConflictGroup({ heading, conflicts, titles, distinctions }: LinesProps) {
  const { t } = useTexts('compare');
  if (conflicts.length === 0) return null;
  return (
    <li>
      {heading}
      <ul className="stack gap-2 tiny dim breaks bullets conflict-lines">
        {conflicts.slice(0, maxListedConflicts).map((conflict) => {
          const { row, field, kept, dropped } = conflict;
          const title = distinctName(row, distinctions);
          return (
            <li key={JSON.stringify([row.type, row.id, field])}>
              <span className="conflict-what">
                {field === null ? title : `${title}: ${fieldName(field)}`}:
              </span>{' '}
              <SideText conflict={conflict} side={kept} titles={titles} /> {t('conflicts.instead')}{' '}
              <SideText conflict={conflict} side={dropped} titles={titles} />
            </li>
          );
        })}
        {conflicts.length > maxListedConflicts && (
          <li>{t('common:plan.more', { count: conflicts.length - maxListedConflicts })}</li>
        )}
      </ul>
    </li>
  );
}

interface ConflictProps {
  direction: Direction;
  rows: readonly Difference[];
  choices: Choices;
  fallback: 'ask' | 'play' | 'live';
}

/** For every conflict decided by a choice or by `fallback`: which value is overwritten or not taken over. */
function ConflictLines({ direction, rows, choices, fallback }: ConflictProps) {
  const { t } = useTexts('compare');
  const { overwritten, dropped } = resolvedConflicts(rows, { direction, choices, fallback });
  if (overwritten.length + dropped.length === 0) return null;
  const titles = new Map(rows.map(({ id, title }) => [id, title]));
  const distinctions = distinctionsOf(rows);
  return (
    <ul className="plan-lines">
      <ConflictGroup
        heading={t(`conflicts.${direction}.overwritten`)}
        conflicts={overwritten}
        {...{ titles, distinctions }}
      />
      <ConflictGroup
        heading={t(`conflicts.${direction}.dropped`)}
        conflicts={dropped}
        {...{ titles, distinctions }}
      />
    </ul>
  );
}

interface MergeRequest {
  direction: Direction;
  comparison: Comparison;
  choices: Choices;
  /** How undecided conflicts are resolved. */
  fallback: 'ask' | 'play' | 'live';
  dry: boolean;
}

/** Promotes or refreshes; with `dry` only previews. */
function startMerge(
  { direction, comparison, choices, fallback, dry }: MergeRequest,
  options: { signal: AbortSignal },
): ResultStream<MergeResult> {
  const decisions = decisionsOf(choices);
  const { from, to } = comparison;
  const seen = { live: from.head, play: to.head };
  const input = { id: to.id, decisions, conflicts: fallback, seen, dry };
  const excluded = [...choices.left.values()];
  return direction === 'refresh'
    ? api.sandboxes.refresh(input, options)
    : api.sandboxes.promote({ ...input, except: excluded }, options);
}

interface ActionsProps {
  view: CompareView;
  comparison: Comparison;
  choices: Choices;
}

interface Action {
  id: 'play.promote' | 'play.refresh' | 'play.toLive' | 'play.toSandbox';
  label: string;
  why: string | null;
  primary?: boolean;
  run: () => unknown;
}

/** The number of selected records of which nothing is promoted, because their conflicts keep live. */
function useKeptLiveCount(comparison: Comparison, choices: Choices): number {
  const hasLiveDecisions = [...choices.decided.values()].some(({ decision }) => decision.take === 'live');
  const conflicts = useConflicts(comparison, hasLiveDecisions && !inSandbox());
  return useMemo(
    () => conflicts.filter((row) => !isLeftOut(choices, row) && keepsLive(choices, row)).length,
    [conflicts, choices],
  );
}

/** Actions: promote into live, or refresh the open sandbox. */
function useActions({ view, comparison, choices }: ActionsProps): readonly Action[] {
  const { t } = useTexts('compare');
  const refusal = writeRefusal(useMe());
  const noChangesText = useNoChangesText(comparison);
  const keptLiveCount = useKeptLiveCount(comparison, choices);
  return useMemo(() => {
    const { to: sandbox } = comparison;
    const { live, both, conflict, play } = comparison.counts;
    const toRefresh = live + both + conflict;
    const toPromote = play + both + conflict;
    const selectedCount = Math.max(0, toPromote - choices.left.size - keptLiveCount);
    const emptyReason = toPromote === 0 ? t('none.carried') : null;
    if (inSandbox()) {
      const otherTargetReason = pageTarget() === sandbox.id ? null : t('refresh.elsewhere');
      return [
        {
          id: 'play.refresh',
          label: t('refresh.button'),
          why: refusal ?? otherTargetReason ?? (toRefresh === 0 ? noChangesText : null),
          run: () => openMergeForm('refresh', comparison, choices),
        },
        {
          id: 'play.toLive',
          label: t('promote.inLive'),
          why: emptyReason,
          primary: true,
          // Changes of live cannot be promoted, so a filter for them is cleared.
          run: () => switchTo(null, view.shown === 'live' ? { ...view, shown: undefined } : view),
        },
      ];
    }
    return [
      { id: 'play.toSandbox', label: t('play:link.open'), why: null, run: () => switchTo(sandbox.id, view) },
      {
        id: 'play.promote',
        label: selectedCount === 0 ? t('promote.buttonNone') : t('promote.button', { count: selectedCount }),
        why:
          refusal ??
          emptyReason ??
          (selectedCount === 0 ? t(keptLiveCount > 0 ? 'promote.allKept' : 'promote.none') : null),
        primary: true,
        run: () => openMergeForm('promote', comparison, choices),
      },
    ];
  }, [view, comparison, choices, keptLiveCount, noChangesText, refusal, t]);
}

export function CompareActions(props: ActionsProps) {
  const actions = useActions(props);
  useCommands(
    () =>
      actions.map(({ id, label, why, run }) => ({
        id,
        group: 'data',
        label,
        ...enabledUnless(why),
        run,
      })),
    [actions],
  );
  return actions.map(({ id, label, why, primary = false, run }) => (
    <ActionButton key={id} primary={primary} why={why} onClick={() => void run()}>
      {label}
    </ActionButton>
  ));
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Issue } from '#shared/contract/fault-data.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { isCancelled } from '../api/failures.ts';
import { say, useTexts } from '../i18n/setup.ts';
import { describeError } from '../text/faults.ts';
import { failureText } from '../text/refusal.ts';
import { ActionFrame } from './ActionDialog.tsx';
import { useDialogWork } from './useDialogWork.ts';

type OnProgress = (progress: Progress) => void;

interface Props<P> {
  input: object;
  preview: (onProgress: OnProgress, signal: AbortSignal) => Promise<P>;
  /** Applies the preview and closes the dialog. Throws MOVED_ON if records changed since. */
  apply: (plan: P, onProgress: OnProgress, signal: AbortSignal) => Promise<void>;
  /** Whether this input cannot be applied; problems always block it. */
  blocked?: (plan: P) => boolean;
  button: string;
  runningLabel: string;
  bad?: boolean;
  takesFocus?: boolean;
  cancelLabel?: string;
  more?: (plan: P) => ReactNode;
  onCancel: () => void;
  children: (plan: P, isRunning: boolean) => ReactNode;
}

function changedText(error: unknown, textKey: 'again' | 'lookAgain'): string {
  const { title, detail } = describeError(error);
  return `${detail ?? `${title}.`} ${say(`common:plan.${textKey}`)}`;
}

const isOutdated = (error: unknown): boolean => describeError(error).code === 'MOVED_ON';

/** Previews a plan and applies it. If records changed meanwhile, it shows a new preview first. */
export function PlanForm<P extends { problems: readonly Issue[] }>({
  input,
  preview,
  apply,
  blocked = () => false,
  runningLabel,
  cancelLabel,
  more,
  onCancel,
  children,
  ...frameProps
}: Props<P>) {
  const { t } = useTexts('common');
  const [formId] = useState(() => crypto.randomUUID());
  const [progress, setProgress] = useState<Progress | null>(null);
  const [applyFailure, setApplyFailure] = useState<string | null>(null);
  const [isRunning, setIsRunning] = useState(false);
  const dialogWork = useDialogWork();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['plan', formId, input],
    queryFn: ({ signal }) => {
      setProgress(null);
      return preview(setProgress, signal);
    },
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    // Applying the plan outdates its preview, and can use up the file of the preview.
    enabled: !isRunning,
  });
  const shownPlan = error ? undefined : data;
  const previewFailure = error && (isOutdated(error) ? changedText(error, 'lookAgain') : failureText(error));
  const run = async (): Promise<void> => {
    if (!shownPlan) return;
    setIsRunning(true);
    setApplyFailure(null);
    try {
      await apply(shownPlan, setProgress, dialogWork.begin());
    } catch (reason) {
      if (isOutdated(reason)) await refetch();
      if (!isCancelled(reason))
        setApplyFailure(isOutdated(reason) ? changedText(reason, 'again') : failureText(reason));
      setIsRunning(false);
      setProgress(null);
    }
  };
  const workLabel = isRunning ? runningLabel : isFetching ? t('plan.looking') : null;
  return (
    <ActionFrame
      {...frameProps}
      work={workLabel === null ? null : { label: workLabel, progress }}
      running={isRunning}
      failure={previewFailure || applyFailure}
      blocked={!shownPlan || isFetching || shownPlan.problems.length > 0 || blocked(shownPlan)}
      onRun={() => void run()}
      more={shownPlan && more?.(shownPlan)}
      cancelLabel={workLabel === null ? cancelLabel : undefined}
      onCancel={isRunning ? dialogWork.end : onCancel}
    >
      {shownPlan && children(shownPlan, isRunning)}
    </ActionFrame>
  );
}

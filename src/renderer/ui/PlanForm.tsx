import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { LogHead } from '#shared/contract/compare.ts';
import type { Issue } from '#shared/contract/fault-data.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { isCancelled } from '../api/failures.ts';
import { awaitResult } from '../api/stream.ts';
import type { ResultStream } from '../api/stream.ts';
import { say, useTexts } from '../i18n/setup.ts';
import { whileSaving } from '../stores/saving.ts';
import { describeError } from '../text/faults.ts';
import { failureText } from '../text/refusal.ts';
import { DialogForm } from './DialogForm.tsx';
import { useDialogWork } from './useDialogWork.ts';

interface Plan {
  dry: boolean;
  problems?: readonly Issue[];
  head?: LogHead;
}

interface Step {
  dry: boolean;
  /** The head of the preview. */
  seen?: LogHead;
}

interface Props<P> {
  input: object;
  /** Starts the preview (`dry`), or applies `plan`. Throws MOVED_ON if records changed since. */
  start: (step: Step, options: { signal: AbortSignal }, plan: P | null) => ResultStream<P>;
  onPreviewFailed?: ((error: unknown) => void) | undefined;
  /** Closes the dialog and reports the change. */
  onApplied: (result: P) => Promise<void> | void;
  /** Whether this input cannot be applied; problems always block it. */
  blocked?: (plan: P) => boolean;
  saveLabel: string;
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
export function PlanForm<P extends Plan>({
  input,
  start,
  onPreviewFailed,
  onApplied,
  blocked = () => false,
  runningLabel,
  cancelLabel,
  more,
  onCancel,
  children,
  ...formProps
}: Props<P>) {
  const { t } = useTexts('common');
  const [formId] = useState(() => crypto.randomUUID());
  const [progress, setProgress] = useState<Progress | null>(null);
  const [applyFailure, setApplyFailure] = useState<string | null>(null);
  const [isRunning, setIsRunning] = useState(false);
  const dialogWork = useDialogWork();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['plan', formId, input],
    queryFn: async ({ signal }) => {
      setProgress(null);
      try {
        return await awaitResult(start({ dry: true }, { signal }, null), setProgress, signal);
      } catch (failure) {
        onPreviewFailed?.(failure);
        throw failure;
      }
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
      const signal = dialogWork.begin();
      const step = { dry: false, ...(shownPlan.head && { seen: shownPlan.head }) };
      await onApplied(
        await whileSaving(() => awaitResult(start(step, { signal }, shownPlan), setProgress, signal)),
      );
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
    <DialogForm
      {...formProps}
      work={workLabel === null ? null : { label: workLabel, progress }}
      saving={isRunning}
      failure={previewFailure || applyFailure}
      blocked={!shownPlan || isFetching || Boolean(shownPlan.problems?.length) || blocked(shownPlan)}
      onSubmit={() => void run()}
      more={shownPlan && more?.(shownPlan)}
      cancelLabel={workLabel === null ? cancelLabel : undefined}
      onCancel={isRunning ? dialogWork.end : onCancel}
    >
      {shownPlan && children(shownPlan, isRunning)}
    </DialogForm>
  );
}

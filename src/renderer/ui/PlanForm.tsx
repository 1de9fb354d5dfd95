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
import { useEnding } from './useEnding.ts';

type OnProgress = (progress: Progress) => void;

interface Props<P> {
  chosen: object;
  preview: (onProgress: OnProgress, signal: AbortSignal) => Promise<P>;
  /** Applies the preview and closes the dialog. Throws MOVED_ON if records changed since. */
  apply: (previewed: P, onProgress: OnProgress, signal: AbortSignal) => Promise<void>;
  /** Whether this choice cannot be applied; problems always block it. */
  blocked?: (previewed: P) => boolean;
  button: string;
  label: string;
  bad?: boolean;
  first?: boolean;
  cancel?: string;
  more?: (previewed: P) => ReactNode;
  onCancel: () => void;
  children: (previewed: P, running: boolean) => ReactNode;
}

function movedText(error: unknown, then: 'again' | 'lookAgain'): string {
  const { title, detail } = describeError(error);
  return `${detail ?? `${title}.`} ${say(`common:plan.${then}`)}`;
}

const isMoved = (error: unknown): boolean => describeError(error).code === 'MOVED_ON';

/** Previews a plan and applies it. If records changed meanwhile, it shows a new preview first. */
export function PlanForm<P extends { problems: readonly Issue[] }>({
  chosen,
  preview,
  apply,
  blocked = () => false,
  label,
  cancel,
  more,
  onCancel,
  children,
  ...frame
}: Props<P>) {
  const { t } = useTexts('common');
  const [opened] = useState(() => crypto.randomUUID());
  const [progress, setProgress] = useState<Progress | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [running, setRunning] = useState(false);
  const ending = useEnding();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['plan', opened, chosen],
    queryFn: ({ signal }) => {
      setProgress(null);
      return preview(setProgress, signal);
    },
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  const previewed = error ? undefined : data;
  const unseen = error && (isMoved(error) ? movedText(error, 'lookAgain') : failureText(error));
  const run = async (): Promise<void> => {
    if (!previewed) return;
    setRunning(true);
    setRefused(null);
    try {
      await apply(previewed, setProgress, ending.begin());
    } catch (reason) {
      if (isMoved(reason)) await refetch();
      if (!isCancelled(reason))
        setRefused(isMoved(reason) ? movedText(reason, 'again') : failureText(reason));
    } finally {
      setRunning(false);
      setProgress(null);
    }
  };
  const working = running ? label : isFetching ? t('plan.looking') : null;
  return (
    <ActionFrame
      {...frame}
      working={working === null ? null : { label: working, progress }}
      running={running}
      failure={unseen || refused}
      blocked={!previewed || isFetching || previewed.problems.length > 0 || blocked(previewed)}
      onRun={() => void run()}
      more={previewed && more?.(previewed)}
      cancel={working === null ? cancel : undefined}
      onCancel={running ? ending.end : onCancel}
    >
      {previewed && children(previewed, running)}
    </ActionFrame>
  );
}

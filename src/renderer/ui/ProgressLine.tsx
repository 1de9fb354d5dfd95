import { Button, Progress as Bar } from '@mantine/core';
import type { Progress } from '#shared/contract/progress.ts';
import { say, useTexts } from '../i18n/setup.ts';
import './progress.css';

const knownSteps = [
  'reading',
  'checking',
  'copying',
  'rereading',
  'writing',
  'verifying',
  'integrity',
  'chain',
  'replay',
  'connecting',
  'downloading',
  'sending',
  'receiving',
  'comparing',
  'embedding',
  'cloning',
  'history',
  'contents',
] as const;

export function stepText(step: string): string {
  const knownStep = knownSteps.find((one) => one === (step === 'storing' ? 'copying' : step));
  return say(`transfer:step.${knownStep ?? 'other'}`);
}

export function percentOf(progress: Progress | null): number | null {
  if (!progress || progress.total === null || progress.total <= 0) return null;
  return Math.max(0, Math.min(100, Math.floor((progress.done / progress.total) * 100)));
}

/** Steps counted in records or changes; other units mean nothing to people. */
const recordSteps: readonly string[] = ['writing', 'verifying', 'downloading', 'sending', 'receiving'];

/** The amount in records if the step counts records, else in per cent; '' if unknown and while comparing. */
export function amountText(progress: Progress | null): string {
  if (!progress) return '';
  const { step, done, total } = progress;
  const percent = percentOf(progress);
  if (step === 'comparing') return '';
  if (percent !== null && !recordSteps.includes(step)) return say('transfer:amount.percent', { percent });
  if (total !== null && total > 0) return say('confirm:of', { part: done, all: total });
  return done > 0 ? say('transfer:amount.done', { done }) : '';
}

interface Props {
  progress: Progress | null;
  label: string;
  onCancel?: (() => void) | undefined;
}

export function ProgressLine({ progress, label, onCancel }: Props) {
  const { t } = useTexts('transfer');
  const percent = percentOf(progress);
  const bar = (
    <div className="progress">
      <output className="flex apart gap-16">
        <span>{progress ? stepText(progress.step) : t('step.other')}</span>
        <span className="num dim">{amountText(progress)}</span>
      </output>
      <Bar.Root size={6}>
        <Bar.Section
          // A bar of unknown length is full, and must not shrink to the first share.
          key={percent === null ? 'unknown' : 'share'}
          value={percent ?? 100}
          animated={percent === null}
          striped={percent === null}
          aria-label={label}
          {...(percent === null ? { 'aria-valuenow': undefined } : {})}
        />
      </Bar.Root>
    </div>
  );
  if (!onCancel) return bar;
  return (
    <div className="stack center gap-12 small progress-cancel">
      {bar}
      <Button size="xs" onClick={onCancel}>
        {t('common:cancel')}
      </Button>
    </div>
  );
}

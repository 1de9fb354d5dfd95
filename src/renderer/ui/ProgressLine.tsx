import { Progress as Bar } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Progress } from '#shared/contract/progress.ts';
import { say } from '../i18n/setup.ts';
import './progress.css';

const steps = [
  'reading',
  'checking',
  'copying',
  'storing',
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
] as const;

/** What a step of the work is called. */
export function stepText(step: string): string {
  const known = steps.find((one) => one === step);
  return say(`transfer:step.${known ?? 'other'}`);
}

/** How far a step is, in 0..100; null while nobody knows. */
export function percentOf(progress: Progress | null): number | null {
  if (!progress || progress.total === null || progress.total <= 0) return null;
  return Math.max(0, Math.min(100, Math.floor((progress.done / progress.total) * 100)));
}

/** Steps whose unit is a record or a change; others go by signs of a file, passes or questions, which nobody counts. */
const inRecords: readonly string[] = ['writing', 'verifying', 'downloading', 'sending', 'receiving'];

/** The figure beside the bar: records where they are what is counted, else per cent. */
export function amountText(progress: Progress | null): string {
  if (!progress) return '';
  const { step, done, total } = progress;
  const percent = percentOf(progress);
  if (step === 'comparing') return '';
  if (percent !== null && !inRecords.includes(step)) return say('transfer:amount.percent', { percent });
  if (total !== null && total > 0) return say('transfer:amount.of', { done, total });
  return done > 0 ? say('transfer:amount.done', { done }) : '';
}

/** How far long work is: what it does now, a bar, a number. */
export function ProgressLine({ progress, label }: { progress: Progress | null; label: string }) {
  const { t } = useTranslation('transfer');
  const percent = percentOf(progress);
  return (
    <div className="progress">
      <output className="progress-words">
        <span>{progress ? stepText(progress.step) : t('step.other')}</span>
        <span className="num dim">{amountText(progress)}</span>
      </output>
      <Bar.Root size={6}>
        <Bar.Section
          value={percent ?? 100}
          animated={percent === null}
          striped={percent === null}
          aria-label={label}
          {...(percent === null ? { 'aria-valuenow': undefined } : {})}
        />
      </Bar.Root>
    </div>
  );
}

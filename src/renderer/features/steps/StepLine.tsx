import { Button } from '@mantine/core';
import type { HistoryStep } from '#shared/contract/history.ts';
import { describeTransaction } from '../../text/audit.ts';
import { When } from '../../ui/When.tsx';

interface Props {
  step: HistoryStep;
  /** `undone`: can be redone; `standing`: can be undone; `blocked`: neither, by this person. */
  tone: 'undone' | 'standing' | 'blocked';
  /** Why it is grey, in words. */
  why?: string;
  /** What the button says; without it there is none. */
  action?: string;
  onTake?: () => void;
}

/** One change by name, when it was made, and the way to it. */
export function StepLine({ step, tone, why, action, onTake }: Props) {
  const what = describeTransaction(step.label, step.params);
  return (
    <li className={`step step-${tone}`}>
      <div className="step-words">
        <span className="step-what">{what}</span>
        <span className="step-when">
          <When at={step.created_at} />
          {why !== undefined && ` · ${why}`}
        </span>
      </div>
      {action !== undefined && (
        <Button size="xs" variant="default" aria-label={`${action}: ${what}`} onClick={onTake}>
          {action}
        </Button>
      )}
    </li>
  );
}

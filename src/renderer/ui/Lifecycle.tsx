import { vocabulary } from '#shared/domain/vocabulary.ts';
import type { Lifecycle as Stage } from '#shared/domain/vocabulary.ts';
import { choiceName } from '../text/names.ts';

const stageSigns: Record<Stage, string> = { incoming: '▲', established: '●', outgoing: '▼' };
const pillClasses: Record<Stage, string> = {
  incoming: 'pill pill-info',
  established: 'pill pill-ok',
  outgoing: 'pill pill-warn',
};

export function stageOf(value: unknown): Stage | undefined {
  return vocabulary.lifecycle.find((stage) => stage === value);
}

/** A lifecycle stage as shape, colour and word; as a badge with a background. */
export function Lifecycle({ stage, isBadge = false }: { stage: Stage; isBadge?: boolean }) {
  return (
    <span className={`${isBadge ? pillClasses[stage] : 'baseline gap-4 inline-flex'} life-${stage}`}>
      <span className="life-sign" aria-hidden>
        {stageSigns[stage]}
      </span>
      {choiceName(stage)}
    </span>
  );
}

export function LifecycleSign({ stage }: { stage: Stage }) {
  return (
    <span className={`baseline gap-4 inline-flex life-${stage}`} aria-hidden>
      <span className="life-sign">{stageSigns[stage]}</span>
    </span>
  );
}

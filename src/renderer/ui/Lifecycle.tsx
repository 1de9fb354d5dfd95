import { vocabulary } from '#shared/domain/vocabulary.ts';
import type { Lifecycle as Stage } from '#shared/domain/vocabulary.ts';
import { choiceName } from '../text/names.ts';

const sign: Record<Stage, string> = { incoming: '▲', established: '●', outgoing: '▼' };

export function stageOf(value: unknown): Stage | undefined {
  return vocabulary.lifecycle.find((stage) => stage === value);
}

/** A lifecycle stage as shape, colour and word; as a badge with a background. */
export function Lifecycle({ stage, badge = false }: { stage: Stage; badge?: boolean }) {
  return (
    <span
      className={`baseline gap-4 inline-flex life-${stage}${badge ? ' tiny medium px-8 py-2 life-badge' : ''}`}
    >
      <span className="life-sign" aria-hidden>
        {sign[stage]}
      </span>
      {choiceName(stage)}
    </span>
  );
}

export function LifecycleSign({ stage }: { stage: Stage }) {
  return (
    <span className={`baseline gap-4 inline-flex life-${stage}`} aria-hidden>
      <span className="life-sign">{sign[stage]}</span>
    </span>
  );
}

interface Strength {
  bond_type: string;
  energy_loss: number;
}

export type FoundStep =
  | ({ do: 'link'; from: number; to: number } & Strength)
  | ({ do: 'strengthen'; link: number } & Strength)
  | { do: 'document'; link: number; documented: number }
  | { do: 'mentor'; team: number; terms: number }
  | { do: 'learn'; person: number; area: number };

export type InterventionCode =
  | 'pair'
  | 'take_over'
  | 'write_down'
  | 'write_down_all'
  | 'keep_member'
  | 'established'
  | 'incoming'
  | 'both'
  | 'strengthen'
  | 'learn';

export interface FoundIntervention {
  code: InterventionCode;
  value: number;
  steps: FoundStep[];
}

/** Kinds of interventions that are shown. */
const maxKinds = 3;
const minReduction = 1e-9;

export interface Candidate extends FoundIntervention {
  /** The largest loss that the candidate raises among the linked records; 0 if none. */
  raisedLoss?: () => number;
}

interface RankedCandidate {
  candidate: Candidate;
  gain: number;
}

/** Interventions that only link others: in simulated organisations they kept less than computed, and sometimes did harm. See docs/science.md. */
const linksOthersOnly = (code: InterventionCode): boolean => code === 'pair' || code === 'take_over';

/**
 * The best intervention of each kind by reduction per step, those that only link others last. Skips interventions that only move the risk to
 * another record.
 */
export function chooseInterventions(
  candidates: readonly Candidate[],
  value: number,
  kinds = maxKinds,
): FoundIntervention[] {
  const helpful = candidates.filter((candidate) => candidate.value < value - minReduction);
  return [...Map.groupBy(helpful, ({ code }) => code).values()]
    .flatMap((group) => bestCandidate(group, value) ?? [])
    .sort(
      (a, b) =>
        Number(linksOthersOnly(a.candidate.code)) - Number(linksOthersOnly(b.candidate.code)) ||
        b.gain - a.gain,
    )
    .slice(0, kinds)
    .map(({ candidate: { code, value: valueAfter, steps } }) => ({ code, value: valueAfter, steps }));
}

function bestCandidate(candidates: readonly Candidate[], value: number): RankedCandidate | null {
  const gainOf = (candidate: Candidate, valueAfter: number): number =>
    (value - valueAfter) / candidate.steps.length;
  const byGain = candidates
    .map((candidate): RankedCandidate => ({ candidate, gain: gainOf(candidate, candidate.value) }))
    .sort((a, b) => b.gain - a.gain);
  let best: RankedCandidate | null = null;
  for (const { candidate, gain: maxGain } of byGain) {
    // `raisedLoss` is slow, and can only reduce the gain.
    if (best && maxGain <= best.gain) break;
    const valueAfter = Math.max(candidate.value, candidate.raisedLoss?.() ?? 0);
    const gain = gainOf(candidate, valueAfter);
    if (valueAfter < value - minReduction && gain > (best?.gain ?? 0)) best = { candidate, gain };
  }
  return best;
}

import type { Json, JsonObject } from './json.ts';

type Factor = JsonObject & { factor_name: string };

/** A risk factor; `values` holds the contribution of each of its values, 0 to 1. */
const createFactor = (
  factor_name: string,
  display_name: string,
  values: Readonly<Record<string, number>>,
  details: { category: string; confidence_level: string; notes: string },
): Factor => ({
  factor_name,
  display_name,
  ...details,
  active: true,
  values: Object.entries(values).map(([value, contribution]) => ({ value, contribution })),
});

export const baselineFactors: readonly Factor[] = [
  createFactor(
    'knowledge_type',
    'Knowledge type',
    { codified: 0.1, institutional: 0.4 },
    {
      category: 'NDA_Dimension',
      confidence_level: 'established',
      notes: 'Whether knowledge is written down and checked, or lives in habits and meetings.',
    },
  ),
  createFactor(
    'bond_strength',
    'Bond strength',
    { strong: 0.05, moderate: 0.2, weak: 0.35 },
    {
      category: 'Interface_Property',
      confidence_level: 'established',
      notes: 'How much a link survives when the people at its ends change.',
    },
  ),
  createFactor(
    'temporal_alignment',
    'Temporal alignment',
    { aligned: 0.05, misaligned: 0.25 },
    {
      category: 'NDA_Dimension',
      confidence_level: 'provisional',
      notes: 'Whether both ends are in the same phase, or one leaves while the other is still learning.',
    },
  ),
  createFactor(
    'actor_autonomy',
    'Actor autonomy',
    { high: 0.15, low: 0.05 },
    {
      category: 'NDA_Dimension',
      confidence_level: 'provisional',
      notes: 'How far a team can decide for itself, and so drift from its neighbours.',
    },
  ),
];

export const weightsWith = (weights: Readonly<Record<string, number>>): Json =>
  baselineFactors.map(({ factor_name }) => ({
    factor: factor_name,
    weight: weights[factor_name] ?? 1,
    enabled: true,
  }));

export const baselineModel: JsonObject = {
  name: 'Baseline v1',
  hypothesis: 'Energy lost over an interface is the sum of what each factor contributes, all counted alike.',
  validation_status: 'validated',
  is_active: true,
  is_baseline: true,
  factors: weightsWith({}),
};

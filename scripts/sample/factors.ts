import type { SampleRecord } from '#core/sample/fill.ts';
import type { Json } from '#shared/domain/json.ts';

interface BaselineFactor {
  name: string;
  display: string;
  category: string;
  confidence: string;
  notes: string;
  /** Contribution of each value to the energy lost, 0..1. */
  values: Readonly<Record<string, number>>;
}

/** The baseline of the energy model (domain: measures of the original). */
const baseline: readonly BaselineFactor[] = [
  {
    name: 'knowledge_type',
    display: 'Knowledge type',
    category: 'NDA_Dimension',
    confidence: 'established',
    notes: 'Whether knowledge is written down and checked, or lives in habits and meetings.',
    values: { codified: 0.1, institutional: 0.4 },
  },
  {
    name: 'bond_strength',
    display: 'Bond strength',
    category: 'Interface_Property',
    confidence: 'established',
    notes: 'How much a link survives when the people at its ends change.',
    values: { strong: 0.05, moderate: 0.2, weak: 0.35 },
  },
  {
    name: 'temporal_alignment',
    display: 'Temporal alignment',
    category: 'NDA_Dimension',
    confidence: 'provisional',
    notes: 'Whether both ends are in the same phase, or one leaves while the other is still learning.',
    values: { aligned: 0.05, misaligned: 0.25 },
  },
  {
    name: 'actor_autonomy',
    display: 'Actor autonomy',
    category: 'NDA_Dimension',
    confidence: 'provisional',
    notes: 'How far a team can decide for itself, and so drift from its neighbours.',
    values: { high: 0.15, low: 0.05 },
  },
];

const weights = (heavier: Readonly<Record<string, number>>): Json =>
  baseline.map(({ name }) => ({ factor: name, weight: heavier[name] ?? 1, enabled: true }));

/** The four baseline risk factors, the baseline model, and one that somebody is trying out. */
export function* riskFactors(): Generator<SampleRecord, void, void> {
  for (const factor of baseline) {
    yield {
      type: 'risk-factor',
      id: `risk_${factor.name.replaceAll('_', '-')}`,
      payload: {
        factor_name: factor.name,
        display_name: factor.display,
        category: factor.category,
        confidence_level: factor.confidence,
        notes: factor.notes,
        active: true,
        values: Object.entries(factor.values).map(([value, contribution]) => ({ value, contribution })),
      },
    };
  }
  yield {
    type: 'factor-model',
    id: 'model_baseline-v1',
    payload: {
      name: 'Baseline v1',
      hypothesis:
        'Energy lost over an interface is the sum of what each factor contributes, all counted alike.',
      validation_status: 'validated',
      is_active: true,
      is_baseline: true,
      factors: weights({}),
    },
  };
  yield {
    type: 'factor-model',
    id: 'model_handover-first',
    payload: {
      name: 'Handover first',
      hypothesis:
        'Links between those who leave and those who arrive fail first: misalignment should count more.',
      validation_status: 'testing',
      is_active: false,
      is_baseline: false,
      factors: weights({ temporal_alignment: 1.8, actor_autonomy: 0.6 }),
    },
  };
}

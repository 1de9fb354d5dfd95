import type { SampleRecord } from '#core/sample/fill.ts';
import { baselineFactors, baselineModel, weightsWith } from '#shared/domain/baseline-model.ts';

/** The four baseline risk factors, the baseline model, and one that somebody is trying out. */
export function* riskFactors(): Generator<SampleRecord, void, void> {
  for (const payload of baselineFactors)
    yield { type: 'risk-factor', id: `risk_${payload.factor_name.replaceAll('_', '-')}`, payload };
  yield { type: 'factor-model', id: 'model_baseline-v1', payload: baselineModel };
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
      factors: weightsWith({ temporal_alignment: 1.8, actor_autonomy: 0.6 }),
    },
  };
}

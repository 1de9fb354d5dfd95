import type { FieldChange } from '#shared/contract/bulk.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { baselineFactors, baselineModel } from '#shared/domain/baseline.ts';
import { api } from '../../../api/client.ts';
import { say } from '../../../i18n/setup.ts';
import type { RiskFactor } from '../../../stores/factors.ts';
import { whileSaving } from '../../../stores/saving.ts';
import { undoable } from '../../../stores/undo.ts';
import { notice } from '../../../ui/notices.tsx';

async function make(changes: FieldChange[], title: string): Promise<void> {
  const { op_id } = await whileSaving(() => api.entities.change({ changes }));
  notice({ ...undoable(op_id), title });
}

const setActive = (id: string, is_active: boolean): FieldChange => ({
  kind: 'update',
  type: 'factor-model',
  id,
  data: { is_active },
});

/** Activates one model and deactivates all others. */
export function activate({ id, title }: EntityRecord, models: readonly EntityRecord[]): Promise<void> {
  const others = models.filter((one) => one.id !== id && one.payload['is_active'] === true);
  const changes = [...others.map((one) => setActive(one.id, false)), setActive(id, true)];
  return make(changes, say('models:activated', { model: title }));
}

/** Creates the baseline model with its missing risk factors. */
export function addBaseline(known: readonly RiskFactor[]): Promise<void> {
  const missing = baselineFactors.filter(({ factor_name }) =>
    known.every(({ name }) => name !== factor_name),
  );
  const changes: FieldChange[] = [
    ...missing.map((data) => ({ kind: 'create' as const, type: 'risk-factor' as const, data })),
    { kind: 'create', type: 'factor-model', data: baselineModel },
  ];
  return make(changes, say('models:baselineAdded'));
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ModelsView } from '#shared/address/view.ts';
import type { RiskBand } from '#shared/contract/factors.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { api } from '../../../api/client.ts';
import { useFactorModels } from '../../../stores/factors.ts';
import { keys } from '../../../stores/queries.ts';

export type Only = RiskBand | 'changed' | 'unrated' | null;

const limit = 200;

/** The models, the shown one (undefined if there is none), and its measures. */
export function useMeasures({ model, compared }: ModelsView, only: Only) {
  const models = useFactorModels();
  const has = (id: string) => models?.find((one) => one.id === id);
  const marked = (field: string) => models?.find(({ payload }) => payload[field] === true);
  const chosen: EntityRecord | undefined =
    has(model) ?? marked('is_active') ?? marked('is_baseline') ?? models?.[0];
  const other = has(compared);
  const input = {
    ...(chosen && { model: chosen.id }),
    ...(other && other.id !== chosen?.id && { compare: other.id }),
    only: only === 'unrated' ? null : only,
    limit,
  };
  const { data, error, refetch } = useQuery({
    queryKey: keys.insights({ factor: input }),
    queryFn: ({ signal }) => api.analysis.factor(input, { signal }),
    enabled: models !== undefined,
    placeholderData: keepPreviousData,
  });
  return { models, chosen, measures: data, error, retry: () => void refetch() };
}

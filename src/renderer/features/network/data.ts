import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { NetworkView } from '#shared/address/network.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { NodeType } from '#shared/contract/network.ts';
import type { Filter } from '#shared/contract/entities.ts';
import { api } from '../../api/client.ts';
import { keys } from '../../stores/queries.ts';
import { faultData } from '../../text/faults.ts';
import { neededFields } from './look/fields.ts';
import { leavesOut, withoutLonely } from './model/left-out.ts';
import { emptyModel, readModel } from './model/model.ts';
import type { Model } from './model/model.ts';

/** The filters of a view, gathered by type. */
function byType({ filters, types }: NetworkView): { type: NodeType; filters: Filter[] }[] {
  return types
    .map((type) => ({
      type,
      filters: filters.filter((one) => one.type === type).map(({ filter }) => filter),
    }))
    .filter((one) => one.filters.length > 0);
}

export interface NetworkData {
  model: Model | null;
  error: unknown;
  /** The record in the middle of a local graph is not there. */
  gone: boolean;
  /** What the model was read for: while another part is on its way, the one before, so that nothing is drawn as what it is not. */
  pictured: NetworkView;
  retry: () => void;
}

/** What the view shows of the network, kept as it is in the file. While the view asks for another part, the one before stays. */
export function useNetworkData(view: NetworkView): NetworkData {
  const { types, focus, depth, references, colour, size } = view;
  const around = focus !== '';
  const fields = neededFields(around ? nodeType.options : types, colour, size);
  const near = { id: focus, depth, fields, references };
  const whole = { types: [...types], filters: byType(view), fields, references };
  const { data, error, isPlaceholderData, refetch } = useQuery({
    queryKey: around ? keys.network('around', near) : keys.network('graph', whole),
    queryFn: ({ signal }) =>
      around ? api.network.around(near, { signal }) : api.network.graph(whole, { signal }),
    placeholderData: keepPreviousData,
  });
  const [settled, settle] = useState(view);
  if (!isPlaceholderData && settled !== view) settle(view);
  const pictured = isPlaceholderData ? { ...settled, layout: view.layout } : view;
  const middle = pictured.focus;
  const shown = pictured.types.join();
  const sparing = leavesOut(pictured);
  const model = useMemo(() => {
    if (!data) return null;
    const read = readModel(data, middle === '' ? undefined : (shown.split(',') as NodeType[]), middle);
    return sparing ? withoutLonely(read) : read;
  }, [data, shown, middle, sparing]);
  const gone = around && Boolean(faultData(error, 'NOT_FOUND'));
  return { model: gone ? emptyModel : model, error, gone, pictured, retry: () => void refetch() };
}

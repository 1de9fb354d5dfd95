import { useMemo } from 'react';
import { say } from '../../i18n/setup.ts';
import { counted } from '../../text/names.ts';
import type { Model } from './model/model.ts';

/** "64 teams · 173 links", of what is shown. */
export function useCounts(model: Model): string {
  return useMemo(() => {
    const types = new Map<string, number>();
    for (const { type } of model.nodes.values()) types.set(type, (types.get(type) ?? 0) + 1);
    const links = [...model.edges.values()].filter(({ kind }) => kind === 'interface').length;
    const others = model.edges.size - links;
    const records = [...types].map(([type, count]) => counted(type, count));
    const more = others > 0 ? [say('network:otherLines', { count: others })] : [];
    return [...records, counted('interface', links), ...more].join(' · ');
  }, [model]);
}

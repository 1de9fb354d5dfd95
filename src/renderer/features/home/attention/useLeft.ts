import { useQuery } from '@tanstack/react-query';
import { api } from '../../../api/client.ts';
import { useWorkspace } from '../../../stores/profile.ts';
import { keys } from '../../../stores/queries.ts';
import { useLeftImports } from '../../transfer/sheet/leftLater.ts';
import type { LeftImport } from '../../transfer/sheet/leftLater.ts';

/** Those lines of each import whose records are still so; one after the other, as nobody waits for them. */
async function stillOpen(imports: readonly LeftImport[], signal: AbortSignal): Promise<LeftImport[]> {
  const found: LeftImport[] = [];
  for (const one of imports) {
    const lines: LeftImport['lines'][number][] = [];
    for (const line of one.lines) {
      const { type, filters } = line.view;
      const { matched } = await api.entities.list({ type, filters: [...filters], limit: 0 }, { signal });
      if (matched >= line.least) lines.push(line);
    }
    if (lines.length > 0) found.push({ ...one, lines });
  }
  return found;
}

const none: readonly LeftImport[] = [];

/** What imports left that nobody has mended or dismissed yet; undefined until that is known. */
export function useLeft(): readonly LeftImport[] | undefined {
  const imports = useLeftImports(useWorkspace().data?.id ?? '');
  const { data, error } = useQuery({
    queryKey: [...keys.attention, 'left', imports],
    queryFn: ({ signal }) => stillOpen(imports, signal),
    placeholderData: (before) => before,
    enabled: imports.length > 0,
  });
  if (imports.length === 0 || (error && !data)) return none;
  // What was dismissed is gone at once.
  return data?.filter(({ op_id }) => imports.some((one) => one.op_id === op_id));
}

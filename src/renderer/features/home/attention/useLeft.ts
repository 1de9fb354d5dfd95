import { useQuery } from '@tanstack/react-query';
import { api } from '../../../api/client.ts';
import { useWorkspace } from '../../../stores/profile.ts';
import { keys } from '../../../stores/queries.ts';
import { useLeftImports } from '../../transfer/sheet/leftLater.ts';
import type { LeftImport } from '../../transfer/sheet/leftLater.ts';

/** Those lines of each import that still stand. */
async function stillOpen(imports: readonly LeftImport[], signal: AbortSignal): Promise<LeftImport[]> {
  const asked = imports.map(({ op_id, lines }) => ({ op_id, matters: lines.map(({ matter }) => matter) }));
  const stands = await api.transfer.stillLeft({ imports: asked }, { signal });
  return imports.flatMap((one, at) => {
    const lines = one.lines.filter((_, line) => stands[at]?.[line]);
    return lines.length > 0 ? [{ ...one, lines }] : [];
  });
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

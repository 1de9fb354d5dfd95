import { fieldOf } from '#shared/domain/entities.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { reportOf, UsageError } from './output/errors.ts';
import { sinceBase } from '#shared/domain/points-in-time.ts';
import type { OpenWorkspace } from './workspace.ts';

type Client = OpenWorkspace['client'];

/** Maximum number of names of one command. An id can have two differences, because records of two types can share an id. */
const maxNames = 400;

/** Parses `--only` or `--except`: ids, or ids with a field after the last "#". Throws UsageError for names in neither the sandbox nor live. */
export async function parseRecordRefs(
  client: Client,
  sandbox: string,
  refs: readonly string[],
  argument: '--only' | '--except',
): Promise<{ id: string; fields?: string[] }[]> {
  const unknownNameError = (name: string): UsageError => {
    const message = `${argument} "${name}": no such record or field in the sandbox or in live. Nothing was changed.`;
    return new UsageError(message, { argument, given: name });
  };
  if (refs.length > maxNames)
    throw new UsageError(`${argument} can be given at most ${maxNames} times.`, { argument });
  const parsedRefs = refs.map((ref) => ({ ref, at: argument === '--only' ? ref.lastIndexOf('#') : -1 }));
  const ids = parsedRefs.flatMap(({ ref, at }) => (at > 0 ? [ref, ref.slice(0, at)] : [ref]));
  const differences = await differencesOf(client, sandbox, ids);
  const records = new Map<string, { id: string; fields?: string[] }>();
  for (const { ref, at } of parsedRefs) {
    if (at <= 0 || differences.has(ref)) {
      // A record without differences can have been promoted already.
      if (!differences.has(ref) && !(await exists(client, ref))) throw unknownNameError(ref);
      records.set(ref, { id: ref });
      continue;
    }
    const [id, field] = [ref.slice(0, at), ref.slice(at + 1)];
    const difference = differences.get(id);
    const isField = difference
      ? difference.fields.some((change) => change.field === field) ||
        (isEntityType(difference.type) && fieldOf(difference.type, field) !== undefined)
      : await exists(client, id);
    if (!isField) throw unknownNameError(ref);
    const earlier = records.get(id);
    if (!earlier?.fields && earlier) continue;
    records.set(id, { id, fields: [...(earlier?.fields ?? []), field] });
  }
  return [...records.values()];
}

async function differencesOf(client: Client, sandbox: string, names: readonly string[]) {
  // Longer names are no ids.
  const ids = [...new Set(names)].filter((id) => id !== '' && id.length <= 200);
  if (ids.length === 0) return new Map<string, never>();
  for await (const event of await client.compare.between({ ...sinceBase(sandbox), ids, limit: 1000 }))
    if (event.kind === 'result') return new Map(event.result.rows.map((row) => [row.id, row]));
  throw new Error('the comparison ended without a result');
}

async function exists(client: Client, id: string): Promise<boolean> {
  try {
    await client.entities.find({ id });
    return true;
  } catch (error) {
    if (reportOf(error)?.code === 'NOT_FOUND') return false;
    throw error;
  }
}

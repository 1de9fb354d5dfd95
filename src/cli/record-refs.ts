import { fieldOf } from '#shared/domain/entities.ts';
import { foldText } from '#shared/domain/fold.ts';
import { entityTypes, isEntityType } from '#shared/domain/types.ts';
import { reportOf, UsageError } from './output/errors.ts';
import { sinceBase } from '#shared/domain/points-in-time.ts';
import type { OpenWorkspace } from './workspace.ts';

type Client = OpenWorkspace['client'];

/** Maximum number of references: even with two records per id (of different types), their differences fit one page. */
const maxRefs = 400;

/** Parses `--only` (ids, or ids with a field after the last "#") or `--except` (ids). Throws UsageError for too many or unknown ones. */
export async function parseRecordRefs(
  client: Client,
  sandbox: string,
  refs: readonly string[],
  argument: '--only' | '--except',
): Promise<{ id: string; fields?: string[] }[]> {
  const unknownRefError = (name: string): UsageError => {
    const message = `${argument} "${name}": no such record or field in the sandbox or in live. Nothing was changed.`;
    return new UsageError(message, { argument, given: name });
  };
  if (refs.length > maxRefs)
    throw new UsageError(`${argument} can be given at most ${maxRefs} times.`, { argument });
  const parsedRefs = refs.map((ref) => ({
    ref,
    hashIndex: argument === '--only' ? ref.lastIndexOf('#') : -1,
  }));
  const ids = parsedRefs.flatMap(({ ref, hashIndex }) =>
    hashIndex > 0 ? [ref, ref.slice(0, hashIndex)] : [ref],
  );
  const differences = await differencesOf(client, sandbox, ids);
  const records = new Map<string, { id: string; fields?: string[] }>();
  for (const { ref, hashIndex } of parsedRefs) {
    if (hashIndex <= 0 || differences.has(ref)) {
      // A record without differences can have been promoted already.
      if (!differences.has(ref) && !(await recordExists(client, ref))) throw unknownRefError(ref);
      records.set(ref, { id: ref });
      continue;
    }
    const [id, field] = [ref.slice(0, hashIndex), ref.slice(hashIndex + 1)];
    const difference = differences.get(id);
    const isKnownField = difference
      ? difference.fields.some((change) => change.field === field) ||
        (isEntityType(difference.type) && fieldOf(difference.type, field) !== undefined)
      : await recordExists(client, id);
    if (!isKnownField) throw unknownRefError(ref);
    const earlierRecord = records.get(id);
    // The whole record is referenced already.
    if (earlierRecord && !earlierRecord.fields) continue;
    records.set(id, { id, fields: [...(earlierRecord?.fields ?? []), field] });
  }
  return [...records.values()];
}

async function differencesOf(client: Client, sandbox: string, candidateIds: readonly string[]) {
  // An id has at most 200 characters.
  const ids = [...new Set(candidateIds)].filter((id) => id !== '' && id.length <= 200);
  if (ids.length === 0) return new Map<string, never>();
  for await (const event of await client.compare.between({ ...sinceBase(sandbox), ids, limit: 1000 }))
    if (event.kind === 'result') return new Map(event.result.rows.map((row) => [row.id, row]));
  throw new Error('the comparison ended without a result');
}

async function recordExists(client: Client, id: string): Promise<boolean> {
  try {
    await client.entities.find({ id });
    return true;
  } catch (error) {
    if (reportOf(error)?.code === 'NOT_FOUND') return false;
    throw error;
  }
}

/** The id of a record, by its id or, without case and accents, its name. An unknown name is returned as it is. Throws UsageError if several match. */
export async function resolveRecord(client: Client, ref: string): Promise<string> {
  if (ref.length > 200 || (await recordExists(client, ref))) return ref;
  const found = await client.entities.lookup({ types: [...entityTypes], text: ref, limit: 100 });
  const named = found.filter(({ title }) => foldText(title) === foldText(ref));
  if (named.length <= 1) return named[0]?.id ?? ref;
  const choices = named.map(
    ({ id, type, university }) => `${id} (${[type, university].filter(Boolean).join(', ')})`,
  );
  throw new UsageError(`Several records have the name "${ref}". Use an id: ${choices.join(', ')}.`, {
    argument: 'RECORD',
    given: ref,
  });
}

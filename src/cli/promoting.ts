import type { Difference } from '#shared/contract/compare.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { UsageError } from './args/usage-error.ts';
import { tell } from './output/errors.ts';
import type { Open } from './workspace.ts';

/** What `--only` names: an id as it is, or else one with a field behind its last "#". Throws UsageError for what is not there. */
export async function chosen(
  { client }: Pick<Open, 'client'>,
  sandbox: string,
  refs: readonly string[],
): Promise<{ id: string; fields?: string[] }[]> {
  const parts = new Map(refs.map((ref) => [ref, split(ref)]));
  const differing = await differencesOf(client, sandbox, [
    ...refs,
    ...[...parts.values()].flatMap((part) => part?.id ?? []),
  ]);
  const fields = new Map<string, string[] | null>();
  for (const [ref, part] of parts) {
    if (!part || differing.has(ref)) {
      await checkThere(client, differing, ref, '--only');
      fields.set(ref, null);
      continue;
    }
    const { id, field } = part;
    const found = differing.get(id);
    if (found ? !hasField(found, field) : !(await isRecord(client, id))) throw wrong(ref, '--only');
    const others = fields.get(id);
    if (others !== null) fields.set(id, [...(others ?? []), field]);
  }
  return [...fields].map(([id, some]) => (some ? { id, fields: some } : { id }));
}

/** What `--except` names. Throws UsageError for what is not there. */
export async function leftOut(
  { client }: Pick<Open, 'client'>,
  sandbox: string,
  ids: readonly string[],
): Promise<{ id: string }[]> {
  const differing = await differencesOf(client, sandbox, ids);
  for (const id of ids) await checkThere(client, differing, id, '--except');
  return ids.map((id) => ({ id }));
}

/** The id and the field that a "#" divides; null where there is none. */
function split(ref: string): { id: string; field: string } | null {
  const at = ref.lastIndexOf('#');
  return at <= 0 ? null : { id: ref.slice(0, at), field: ref.slice(at + 1) };
}

type Client = Open['client'];
type Differing = ReadonlyMap<string, Difference>;

/** A record that is the same on both sides is there too: it was promoted already, perhaps. */
async function checkThere(client: Client, differing: Differing, id: string, argument: string): Promise<void> {
  if (differing.has(id) || (await isRecord(client, id))) return;
  throw wrong(id, argument);
}

function wrong(given: string, argument: string): UsageError {
  const message = `${argument} "${given}" names no record or field that is in the sandbox or in live. Nothing was changed.`;
  return new UsageError(message, { argument, given });
}

const hasField = ({ type, fields }: Difference, field: string): boolean =>
  fields.some((one) => one.field === field) || (isEntityType(type) && fieldOf(type, field) !== undefined);

/** How many ids are asked for at once; of each id there may be two differences, of records of two types. */
const atOnce = 400;
/** The longest id that a record may have. */
const longestId = 200;

/** The differences about records of those ids, by id. */
async function differencesOf(client: Client, sandbox: string, wanted: readonly string[]): Promise<Differing> {
  const ids = [...new Set(wanted)].filter((id) => id !== '' && id.length <= longestId);
  const found = new Map<string, Difference>();
  for (let at = 0; at < ids.length; at += atOnce) {
    const some = ids.slice(at, at + atOnce);
    const stream = await client.sandboxes.compare({ id: sandbox, ids: some, limit: 1000 });
    for await (const event of stream)
      if (event.kind === 'result')
        for (const row of event.result.rows) if (!found.has(row.id)) found.set(row.id, row);
  }
  return found;
}

async function isRecord(client: Client, id: string): Promise<boolean> {
  try {
    await client.entities.find({ id });
    return true;
  } catch (error) {
    if (tell(error)?.code === 'NOT_FOUND') return false;
    throw error;
  }
}

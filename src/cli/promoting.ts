import type { Difference } from '#shared/contract/compare.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { UsageError } from './args/usage-error.ts';
import { tell } from './output/errors.ts';
import type { Open } from './workspace.ts';

/** What `--only` names: an id as it is, or else one with a field behind its last "#". Throws UsageError for what is not there. */
export async function chosen(
  { client }: Open,
  sandbox: string,
  refs: readonly string[],
): Promise<{ id: string; fields?: string[] }[]> {
  const fields = new Map<string, string[] | null>();
  for (const ref of refs) {
    const at = ref.lastIndexOf('#');
    const [id, field] = at <= 0 ? [ref, ''] : [ref.slice(0, at), ref.slice(at + 1)];
    const isWhole = at <= 0 || (await differenceOf(client, sandbox, ref)) !== undefined;
    if (isWhole) {
      await checkThere(client, sandbox, ref, '--only');
      fields.set(ref, null);
      continue;
    }
    const found = await differenceOf(client, sandbox, id);
    if (found ? !hasField(found, field) : !(await isRecord(client, id))) throw wrong(ref, '--only');
    const others = fields.get(id);
    if (others !== null) fields.set(id, [...(others ?? []), field]);
  }
  return [...fields].map(([id, some]) => (some ? { id, fields: some } : { id }));
}

/** What `--except` names. Throws UsageError for what is not there. */
export async function leftOut(
  { client }: Open,
  sandbox: string,
  ids: readonly string[],
): Promise<{ id: string }[]> {
  for (const id of ids) await checkThere(client, sandbox, id, '--except');
  return ids.map((id) => ({ id }));
}

type Client = Open['client'];

/** A record that is the same on both sides is there too: it was promoted already, perhaps. */
async function checkThere(client: Client, sandbox: string, id: string, argument: string): Promise<void> {
  if ((await differenceOf(client, sandbox, id)) || (await isRecord(client, id))) return;
  throw wrong(id, argument);
}

function wrong(given: string, argument: string): UsageError {
  const message = `${argument} "${given}" names no record or field that is in the sandbox or in live. Nothing was changed.`;
  return new UsageError(message, { argument, given });
}

const hasField = ({ type, fields }: Difference, field: string): boolean =>
  fields.some((one) => one.field === field) || (isEntityType(type) && fieldOf(type, field) !== undefined);

/** The difference about a record of that id, if there is one. */
async function differenceOf(client: Client, id: string, text: string): Promise<Difference | undefined> {
  const stream = await client.sandboxes.compare({ id, text: text.slice(0, 200), limit: 1000 });
  for await (const event of stream)
    if (event.kind === 'result') return event.result.rows.find((row) => row.id === text);
  return undefined;
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

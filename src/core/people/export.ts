import { basename } from 'node:path';
import type { ExportedPerson, Person } from '#shared/contract/people.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { tableOf } from '#shared/domain/types.ts';
import { locateIn } from '../log/records/locate.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { tablesIn } from '../kernel/db/tables.ts';
import { placeOf } from '../kernel/db/sandbox-folder.ts';
import { writeAtomically } from '../kernel/files/atomic-file.ts';
import { encryptedWith } from '../kernel/files/passphrase.ts';
import { refuseOwnFile } from '../kernel/files/own-files.ts';
import type { JobPace } from '../kernel/progress.ts';
import { isoTime } from '../kernel/system.ts';
import { parsePayload } from '../log/audit/effect.ts';
import { readSandboxFile } from '../log/sandbox-look.ts';
import { readFacts } from '../log/workspace-facts.ts';
import { noteDone } from '../model/note-done.ts';
import type { CallContext } from '../model/services.ts';
import { readTitle } from '../model/titles.ts';
import { findOccurrences, shelfOf } from './find.ts';
import type { SandboxAt } from './find.ts';

interface Exporting {
  person: string;
  path: string;
  replace: boolean;
  passphrase?: string | undefined;
}

/** Writes what the workspace holds about a person to one JSON file. Throws NOT_FOUND, INVALID, BAD_FILE, CANCELLED. */
export async function exportPerson(
  call: CallContext,
  { person: idOrName, path, replace, passphrase }: Exporting,
  pace: JobPace,
): Promise<ExportedPerson> {
  const { services } = call;
  await refuseOwnFile(path, services.files);
  const { person, places, ...elsewhere } = await findOccurrences(services, idOrName, pace);
  const held = places.map((place) => {
    if (place.problem !== null) return place;
    const mentions = (db: ReadHandle) => textsOf(db, place.mentions);
    const contents = (db: ReadHandle) => ({ ...contentsOf(db, person), mentions: mentions(db) });
    return {
      ...place,
      ...(place.id === null ? contents(services.read) : readIn(call, place as SandboxAt, contents)),
    };
  });
  const { id, name } = readFacts(services.read);
  const made = isoTime(services.source.clock.now());
  const file = {
    format: 'frames-person',
    made,
    workspace: { id, name },
    person,
    places: held,
    ...elsewhere,
  };
  const { content, encrypts } = encryptedWith(passphrase, [`${JSON.stringify(file, null, 2)}\n`]);
  const bytes = await writeAtomically(path, services.source.ids.uuid(), content, { replace, encrypts });
  // The file name is not recorded, because it may contain the person's name.
  await noteDone(call, 'records.export', { file: person.id });
  return { person, file: basename(path), bytes };
}

const readIn = <T>({ services }: CallContext, at: SandboxAt, read: (db: ReadHandle) => T): T =>
  readSandboxFile(placeOf(services.files, shelfOf(at), at.id), at.id, read);

const linksOf =
  "SELECT id, payload, deleted_at FROM interfaces WHERE from_id = :id OR to_id = :id OR instr(payload ->> '$.bearers', json_quote(:id)) ORDER BY id";
const contactsOf =
  "SELECT id, payload, deleted_at FROM contacts WHERE instr(payload ->> '$.who', json_quote(:id)) OR instr(payload ->> '$.with', json_quote(:id)) ORDER BY id";
const repairsOf =
  'SELECT id, payload, deleted_at FROM repairs WHERE instr(payload, json_quote(:id)) ORDER BY id';
const rowsOf = `SELECT l.action, l.payload_before AS before, l.payload_after AS after, l.created_at AS at, l.actor,
    (SELECT name FROM profiles p WHERE p.id = l.actor) AS actor_name,
    (SELECT label FROM audit_transactions t WHERE t.id <= l.id ORDER BY t.id DESC LIMIT 1) AS label
  FROM audit_logs l WHERE l.entity_id = ? ORDER BY l.id`;

interface HistoryRow {
  before: string | null;
  after: string | null;
}

function contentsOf(
  db: ReadHandle,
  { type, id }: Person,
): Record<'links' | 'contacts' | 'repairs' | 'history', unknown[]> & { record: JsonObject | null } {
  const titled = (of: 'interface' | 'contact' | 'repair', query: string): unknown[] =>
    db
      .all<{ id: string; payload: string; deleted_at: string | null }>(query, { id })
      .map(({ id: record, payload: text, deleted_at }) => {
        const payload = parsePayload(text);
        return { id: record, title: readTitle(db, of, payload), deleted_at, ...payload };
      });
  // A sandbox of an older schema has neither table.
  const isNew = tablesIn(db).has('repairs');
  const object = (text: string | null): JsonObject | null => (text === null ? null : parsePayload(text));
  return {
    record: locateIn(db, type, id)?.payload ?? null,
    links: titled('interface', linksOf),
    contacts: isNew ? titled('contact', contactsOf) : [],
    repairs: isNew ? titled('repair', repairsOf) : [],
    history: db
      .all<HistoryRow>(rowsOf, [id])
      .map((row) => ({ ...row, before: object(row.before), after: object(row.after) })),
  };
}

/** Texts of other records that name the person now. */
function textsOf(
  db: ReadHandle,
  mentions: readonly { type: string; id: string; title: string; fields: string[]; rows: number }[],
): unknown[] {
  return mentions.map((mention) => {
    const table = tableOf[mention.type as keyof typeof tableOf];
    const text =
      db.get<{ payload: string }>(`SELECT payload FROM ${table} WHERE id = ?`, [mention.id])?.payload ?? null;
    const payload = parsePayload(text);
    return {
      ...mention,
      values: Object.fromEntries(mention.fields.map((field) => [field, payload[field] ?? null])),
    };
  });
}

import { basename } from 'node:path';
import type { ExportedPerson, Person } from '#shared/contract/people.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { tableOf } from '#shared/domain/types.ts';
import { locateIn } from '../log/records/locate.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { tablesIn } from '../kernel/db/tables.ts';
import { sandboxPaths } from '../kernel/db/sandbox-folder.ts';
import { writeAtomically } from '../kernel/files/atomic-file.ts';
import { encryptContent } from '../kernel/files/passphrase.ts';
import { refuseOwnFile } from '../kernel/files/own-files.ts';
import type { JobPace } from '../kernel/progress.ts';
import { isoTime } from '../kernel/system.ts';
import { parsePayload } from '../log/audit/undo-effect.ts';
import { readSandboxFile } from '../log/read-sandbox-file.ts';
import { readFacts } from '../log/workspace-facts.ts';
import { readAuthorship } from '../code-maps/personal-data.ts';
import { auditAct } from '../model/audit-act.ts';
import type { CallContext } from '../model/services.ts';
import { readTitle } from '../model/titles.ts';
import { findOccurrences, sandboxFolderOf } from './find.ts';
import type { SandboxKey } from './find.ts';

interface ExportRequest {
  person: string;
  path: string;
  replace: boolean;
  passphrase?: string | undefined;
}

/** Writes what the workspace holds about a person to one JSON file. Throws NOT_FOUND, INVALID, BAD_FILE, CANCELLED. */
export async function exportPerson(
  call: CallContext,
  { person: idOrName, path, replace, passphrase }: ExportRequest,
  pace: JobPace,
): Promise<ExportedPerson> {
  const { services } = call;
  await refuseOwnFile(path, services.files);
  const { person, places, ...otherOccurrences } = await findOccurrences(services, idOrName, pace);
  const placeContents = places.map((place) => {
    if (place.problem !== null) return place;
    const readMentions = (db: ReadHandle) => readTexts(db, place.mentions);
    const readPlace = (db: ReadHandle) => ({ ...readContents(db, person), mentions: readMentions(db) });
    return {
      ...place,
      ...(place.id === null ? readPlace(services.read) : readSandbox(call, place as SandboxKey, readPlace)),
    };
  });
  const { id, name } = readFacts(services.read);
  const madeAt = isoTime(services.source.clock.now());
  const file = {
    format: 'frames-person',
    made: madeAt,
    workspace: { id, name },
    person,
    places: placeContents,
    code: await readAuthorship(services, person.id),
    ...otherOccurrences,
  };
  const { content, encrypts } = encryptContent(passphrase, [`${JSON.stringify(file, null, 2)}\n`]);
  const bytes = await writeAtomically(path, services.source.ids.uuid(), content, { replace, encrypts });
  // The file name is not recorded, because it can contain the person's name.
  await auditAct(call, 'records.export', { file: person.id });
  return { person, file: basename(path), bytes };
}

const readSandbox = <T>({ services }: CallContext, sandbox: SandboxKey, read: (db: ReadHandle) => T): T =>
  readSandboxFile(sandboxPaths(services.files, sandboxFolderOf(sandbox), sandbox.id), sandbox.id, read);

const linksSql =
  "SELECT id, payload, deleted_at FROM interfaces WHERE from_id = :id OR to_id = :id OR instr(payload ->> '$.bearers', json_quote(:id)) ORDER BY id";
const contactsSql =
  "SELECT id, payload, deleted_at FROM contacts WHERE instr(payload ->> '$.who', json_quote(:id)) OR instr(payload ->> '$.with', json_quote(:id)) ORDER BY id";
const repairsSql =
  'SELECT id, payload, deleted_at FROM repairs WHERE instr(payload, json_quote(:id)) ORDER BY id';
const tasksSql =
  'SELECT id, payload, deleted_at FROM tasks WHERE instr(payload, json_quote(:id)) ORDER BY id';
const historySql = `SELECT l.action, l.payload_before AS before, l.payload_after AS after, l.created_at AS at, l.actor,
    (SELECT name FROM profiles p WHERE p.id = l.actor) AS actor_name,
    (SELECT label FROM audit_transactions t WHERE t.id <= l.id ORDER BY t.id DESC LIMIT 1) AS label
  FROM audit_logs l WHERE l.entity_id = ? ORDER BY l.id`;

interface HistoryRow {
  before: string | null;
  after: string | null;
}

function readContents(
  db: ReadHandle,
  { type, id }: Person,
): Record<'links' | 'contacts' | 'repairs' | 'tasks' | 'history', unknown[]> & { record: JsonObject | null } {
  const readRecords = (recordType: 'interface' | 'contact' | 'repair' | 'task', query: string): unknown[] =>
    db
      .all<{ id: string; payload: string; deleted_at: string | null }>(query, { id })
      .map(({ id: record, payload: text, deleted_at }) => {
        const payload = parsePayload(text);
        return { id: record, title: readTitle(db, recordType, payload), deleted_at, ...payload };
      });
  // A sandbox of an older schema lacks the newer tables.
  const tables = tablesIn(db);
  const parseOrNull = (text: string | null): JsonObject | null => (text === null ? null : parsePayload(text));
  return {
    record: locateIn(db, type, id)?.payload ?? null,
    links: readRecords('interface', linksSql),
    contacts: tables.has('contacts') ? readRecords('contact', contactsSql) : [],
    repairs: tables.has('repairs') ? readRecords('repair', repairsSql) : [],
    tasks: tables.has('tasks') ? readRecords('task', tasksSql) : [],
    history: db
      .all<HistoryRow>(historySql, [id])
      .map((row) => ({ ...row, before: parseOrNull(row.before), after: parseOrNull(row.after) })),
  };
}

/** The texts of other records that name the person now. */
function readTexts(
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

import { Fault } from '#shared/contract/faults.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { redactSides } from '#shared/domain/redaction.ts';
import type { Redaction } from '#shared/domain/redaction.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { parse } from '../audit/effect.ts';
import { erasuresId, remainderDigest } from '../audit/erased-rows.ts';
import { foldRow } from '../audit/fold-row.ts';
import type { FoldedRecord } from '../audit/fold-row.ts';
import type { WriteContext } from '../commands/write-context.ts';
import type { AuditLogRow } from '../../kernel/db/schema.ts';
import { locateIn } from './locate.ts';
import { universityOf } from './university.ts';

type Writing = Pick<WriteContext, 'db' | 'audit' | 'records'>;

const history = 'SELECT * FROM audit_logs WHERE entity_id = ? ORDER BY id';
const emptyRow = 'UPDATE audit_logs SET payload_before = ?, payload_after = ?, salt = NULL WHERE id = ?';
const emptyLabel = 'UPDATE audit_transactions SET params = ?, params_salt = NULL WHERE id = ?';

/**
 * Empties rows of the log in place: what remains of their payloads is a history that still replays, their salts go, and their digests stay, so that
 * the chain holds. `finish` names each emptied row, with the digest of what remains, in the audit of the same transaction.
 */
export class Eraser {
  readonly #write: Writing;
  readonly #rows: Record<string, string> = {};
  readonly #labels: Record<string, string> = {};

  constructor(write: Writing) {
    this.#write = write;
  }

  get rows(): number {
    return Object.keys(this.#rows).length;
  }

  get labels(): number {
    return Object.keys(this.#labels).length;
  }

  /** Empties the history of a record, and its payload. Returns whether anything of it changed. Throws WORKSPACE, reason damaged, where its log contradicts it. */
  record(type: AuditedType, id: string, redaction: Redaction): boolean {
    const { db } = this.#write;
    let was: FoldedRecord | undefined;
    let left: FoldedRecord | undefined;
    let changed = false;
    const texts: Redaction<string> = {
      whole: (text) => redactText(text, redaction.whole),
      patch: (text) => redactText(text, redaction.patch),
    };
    for (const row of db.all<AuditLogRow>(history, [id])) {
      const { id: number, action, created_at, payload_before, payload_after } = row;
      was = folded(was, { action, created_at, before: payload_before, after: payload_after });
      const { before, after } = redactSides(
        { action, before: payload_before, after: payload_after },
        left?.payload ?? null,
        texts,
      );
      left = folded(left, { action, created_at, before, after });
      if (before === payload_before && after === payload_after) continue;
      db.run(emptyRow, [before, after, number]);
      this.#rows[number] = remainderDigest(before, after);
      changed = true;
    }
    const payload = `SELECT payload FROM ${tableOf[type]} WHERE id = ?`;
    const current = db.get<{ payload: string }>(payload, [id])?.payload;
    if (!was || !left || current !== was.payload) throw contradiction();
    if (left.payload !== current)
      db.run(`UPDATE ${tableOf[type]} SET payload = ? WHERE id = ?`, [left.payload, id]);
    return changed;
  }

  /**
   * Writes a row that says which fields of a live record were redacted: comparing, sync and whoever follows the log read it. Its two sides are what the
   * fields are now, because what they were is erased.
   */
  noteChanged(type: AuditedType, id: string, fields: readonly string[]): void {
    const { db, audit } = this.#write;
    const record = locateIn(db, type, id);
    if (!record || fields.length === 0) return;
    const now = Object.entries(record.payload).filter(([field]) => fields.includes(field));
    const side = JSON.stringify(Object.fromEntries(now));
    db.run(`UPDATE ${tableOf[type]} SET updated_at = ? WHERE id = ?`, [audit.time, id]);
    audit.add({
      action: 'update',
      type,
      id,
      university: universityOf(db, record),
      before: side,
      after: side,
    });
  }

  /** Replaces the parameters of a transaction's label. */
  label(id: number, params: JsonObject): void {
    const text = JSON.stringify(params);
    this.#write.db.run(emptyLabel, [text, id]);
    this.#labels[id] = remainderDigest(null, text);
  }

  /** Names what was emptied. Nothing where nothing was. */
  finish(): void {
    if (this.rows + this.labels === 0) return;
    const { db, records } = this.#write;
    const named = { rows: this.#rows, labels: this.#labels };
    const known = locateIn(db, 'workspace', erasuresId);
    if (known) records.update(known, named);
    else records.create({ type: 'workspace', id: erasuresId, payload: named });
  }
}

/** The text as it is where nothing of it is redacted: it is digested with its salt. */
function redactText(text: string, redact: (payload: JsonObject) => JsonObject): string {
  const payload = parse(text);
  const result = redact(payload);
  return result === payload ? text : JSON.stringify(result);
}

function folded(record: FoldedRecord | undefined, row: Parameters<typeof foldRow>[1]): FoldedRecord {
  try {
    return foldRow(record, row);
  } catch {
    throw contradiction();
  }
}

const contradiction = (): Fault<'WORKSPACE'> =>
  new Fault(
    'WORKSPACE',
    'The history contradicts the records. Verify the workspace first. Nothing was changed.',
    {
      reason: 'damaged',
    },
  );

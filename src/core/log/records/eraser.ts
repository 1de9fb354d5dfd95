import type { Fault } from '#shared/contract/faults.ts';
import { workspaceFault } from '#shared/contract/faults.ts';
import { clause } from '#shared/texts/sentence.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { redactSides } from '#shared/domain/redaction.ts';
import type { Redaction } from '#shared/domain/redaction.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { parsePayload } from '../audit/undo-effect.ts';
import { erasuresId, remainderDigest } from '../audit/erased-rows.ts';
import { foldRow } from '../audit/fold-row.ts';
import type { FoldedRecord } from '../audit/fold-row.ts';
import type { WriteContext } from '../commands/write-context.ts';
import type { AuditLogRow } from '../../kernel/db/schema.ts';
import { locateIn } from './locate.ts';
import { universityOf } from './university.ts';

type EraserContext = Pick<WriteContext, 'db' | 'audit' | 'records'>;

const historyQuery = 'SELECT * FROM audit_logs WHERE entity_id = ? ORDER BY id';
const emptyRowStatement =
  'UPDATE audit_logs SET payload_before = ?, payload_after = ?, salt = NULL WHERE id = ?';
const emptyParamsStatement = 'UPDATE audit_transactions SET params = ?, params_salt = NULL WHERE id = ?';

/** Redacts rows in place. Digests stay, so the chain holds; `finish` audits each emptied row with the digest of its remainder. */
export class Eraser {
  readonly #context: EraserContext;
  readonly #rows: Record<string, string> = {};
  readonly #labels: Record<string, string> = {};

  constructor(context: EraserContext) {
    this.#context = context;
  }

  get rowCount(): number {
    return Object.keys(this.#rows).length;
  }

  get labelCount(): number {
    return Object.keys(this.#labels).length;
  }

  /** Redacts a record and its history. Returns whether anything changed. Throws WORKSPACE (`damaged`) if the log contradicts the record. */
  redactRecord(type: AuditedType, id: string, redaction: Redaction): boolean {
    const { db } = this.#context;
    let original: FoldedRecord | undefined;
    let redacted: FoldedRecord | undefined;
    let hasChanged = false;
    const textRedaction: Redaction<string> = {
      redactPayload: (text) => redactText(text, redaction.redactPayload),
      redactPatch: (text) => redactText(text, redaction.redactPatch),
    };
    for (const row of db.all<AuditLogRow>(historyQuery, [id])) {
      const { id: rowId, action, created_at, payload_before, payload_after } = row;
      original = applyRow(original, { action, created_at, before: payload_before, after: payload_after });
      const { before, after } = redactSides(
        { action, before: payload_before, after: payload_after },
        redacted?.payload ?? null,
        textRedaction,
      );
      redacted = applyRow(redacted, { action, created_at, before, after });
      if (before === payload_before && after === payload_after) continue;
      db.run(emptyRowStatement, [before, after, rowId]);
      this.#rows[rowId] = remainderDigest(before, after);
      hasChanged = true;
    }
    const payloadQuery = `SELECT payload FROM ${tableOf[type]} WHERE id = ?`;
    const current = db.get<{ payload: string }>(payloadQuery, [id])?.payload;
    if (!original || !redacted || current !== original.payload) throw contradictionFault();
    if (redacted.payload !== current)
      db.run(`UPDATE ${tableOf[type]} SET payload = ? WHERE id = ?`, [redacted.payload, id]);
    return hasChanged;
  }

  /** Adds a log row that names the redacted fields, for readers of the log. Its `before` and `after` both hold the current values. */
  logFields(type: AuditedType, id: string, fields: readonly string[]): void {
    const { db, audit } = this.#context;
    const record = locateIn(db, type, id);
    if (!record || fields.length === 0) return;
    const currentFields = Object.entries(record.payload).filter(([field]) => fields.includes(field));
    const values = JSON.stringify(Object.fromEntries(currentFields));
    db.run(`UPDATE ${tableOf[type]} SET updated_at = ? WHERE id = ?`, [audit.time, id]);
    audit.add({
      action: 'update',
      type,
      id,
      university: universityOf(db, record),
      before: values,
      after: values,
    });
  }

  redactParams(id: number, params: JsonObject): void {
    const text = JSON.stringify(params);
    this.#context.db.run(emptyParamsStatement, [text, id]);
    this.#labels[id] = remainderDigest(null, text);
  }

  finish(): void {
    if (this.rowCount + this.labelCount === 0) return;
    const { db, records } = this.#context;
    const erased = { rows: this.#rows, labels: this.#labels };
    const existing = locateIn(db, 'workspace', erasuresId);
    if (existing) records.update(existing, erased);
    else records.create({ type: 'workspace', id: erasuresId, payload: erased });
  }
}

/** Returns the text unchanged if nothing is redacted: its salted digest depends on the exact text. */
function redactText(text: string, redact: (payload: JsonObject) => JsonObject): string {
  const payload = parsePayload(text);
  const result = redact(payload);
  return result === payload ? text : JSON.stringify(result);
}

function applyRow(record: FoldedRecord | undefined, row: Parameters<typeof foldRow>[1]): FoldedRecord {
  try {
    return foldRow(record, row);
  } catch {
    throw contradictionFault();
  }
}

const contradictionFault = (): Fault<'WORKSPACE'> =>
  workspaceFault('damaged', { why: clause('contradiction') });

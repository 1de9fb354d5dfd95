import type { UndoConflict } from '#shared/contract/fault-data.ts';
import type { AuditChange, AuditTransaction } from '#shared/contract/history.ts';
import { api } from '../api/client.ts';
import { diffOf } from '../text/diff.ts';
import type { FieldChange } from '../text/diff.ts';
import { say, useTexts } from '../i18n/setup.ts';
import { useMe } from '../stores/profile.ts';
import { fieldName, displayTitle } from '../text/names.ts';
import { authorName } from '../text/author-name.ts';
import { StoredValue } from './Changes.tsx';
import { When } from './When.tsx';
import { Button } from '@mantine/core';
import { historyOf } from '#shared/address/view.ts';
import { navigate } from '../stores/address.ts';
import { openDialog, askDialog } from './dialog.tsx';
import { LinkButton } from './LinkButton.tsx';

const maxRows = 200;
/** Maximum number of records that are looked up; a longer dialog is not helpful. */
const maxRecords = 20;

interface LaterChange {
  opId: string;
  actor: AuditTransaction['actor'];
  changedAt: string;
  /** Undefined for a conflict of a whole record. */
  field: FieldChange | undefined;
}

interface ConflictFacts {
  /** By `conflictKey`, the later change that causes the conflict. */
  laterChanges: ReadonlyMap<string, LaterChange>;
  /** Whether the change to undo also changed something that has no conflict; true if unknown. */
  hasRest: boolean;
}

function conflictKey({ id, field }: Pick<UndoConflict, 'id' | 'field'>): string {
  return `${id}/${field ?? ''}`;
}

/** Looks up the later changes that conflict with undoing a change; none if the history cannot be read. */
async function loadConflictFacts(opId: string, conflicts: readonly UndoConflict[]): Promise<ConflictFacts> {
  try {
    return await readConflictFacts(opId, conflicts);
  } catch {
    return { laterChanges: new Map(), hasRest: true };
  }
}

async function readConflictFacts(opId: string, conflicts: readonly UndoConflict[]): Promise<ConflictFacts> {
  const ids = [...new Set(conflicts.map(({ id }) => id))].slice(0, maxRecords);
  const [hasRest, ...histories] = await Promise.all([
    hasOtherChanges(opId, conflicts),
    // A conflicting use of a record is mostly a link.
    ...ids.map(async (id) => (await api.history.ofRecord({ id, with_links: true, limit: maxRows })).rows),
  ]);
  const laterChanges = new Map<string, LaterChange>();
  const laterRows = histories.map((rows) => effectiveChanges(rows, opId));
  for (const conflict of conflicts) {
    for (const { transaction, change, link } of laterRows[ids.indexOf(conflict.id)] ?? []) {
      const field = diffOf(change).find(({ key }) => key === conflict.field);
      const isUse = link !== null;
      if (isUse !== (conflict.reason === 'in_use')) continue;
      if (conflict.field !== null && !field) continue;
      const { op_id, actor, created_at } = transaction;
      laterChanges.set(conflictKey(conflict), { opId: op_id, actor, changedAt: created_at, field });
      break;
    }
  }
  return { laterChanges, hasRest };
}

/** The later changes without undone ones and without undo and redo of each other. If none is left, all later changes. */
function effectiveChanges<Row extends { transaction: AuditTransaction }>(
  rows: readonly Row[],
  opId: string,
): readonly Row[] {
  const changeIndex = rows.findIndex(({ transaction }) => transaction.op_id === opId);
  const laterRows = changeIndex < 0 ? rows : rows.slice(0, changeIndex);
  const laterOps = new Set(laterRows.map(({ transaction }) => transaction.op_id));
  const effectiveRows = laterRows.filter(
    ({ transaction: { undone, undoes, redoes } }) => !undone && !laterOps.has(undoes ?? redoes ?? ''),
  );
  return effectiveRows.length > 0 ? effectiveRows : laterRows;
}

async function hasOtherChanges(opId: string, conflicts: readonly UndoConflict[]): Promise<boolean> {
  const [transaction] = (await api.history.list({ op_id: opId, limit: 1 })).rows;
  if (!transaction || transaction.changes > maxRows) return true;
  const { rows } = await api.history.changes({ id: transaction.id, limit: maxRows });
  const conflictKeys = new Set(conflicts.map(conflictKey));
  return rows.some((change) => hasOtherFields(change, conflictKeys));
}

function hasOtherFields(change: AuditChange, conflictKeys: ReadonlySet<string>): boolean {
  const id = change.entity_id;
  if (conflictKeys.has(conflictKey({ id, field: null }))) return false;
  if (change.action !== 'update') return true;
  return diffOf(change).some(({ key }) => !conflictKeys.has(conflictKey({ id, field: key })));
}

function conflictSentence({ reason, field }: UndoConflict): string {
  if (reason === 'changed_since' && field === null) return say('faults:conflict.changedAsWhole');
  return say(`faults:conflict.${reason}`, { field: field === null ? '' : fieldName(field) });
}

function LaterChangeLine({
  type,
  laterChange: { actor, changedAt, field },
}: {
  type: string;
  laterChange: LaterChange;
}) {
  const { t } = useTexts('history');
  const me = useMe()?.id;
  return (
    <span className="flex wrap gap-2-12 small">
      {field && (
        <span className="num">
          <StoredValue type={type} field={field.key} value={field.before} isPlain /> →{' '}
          <StoredValue type={type} field={field.key} value={field.after} isPlain />
        </span>
      )}
      <span className="dim">
        {t('detail.by', { who: authorName(actor, me) })} · <When at={changedAt} />
      </span>
    </span>
  );
}

interface ConflictListProps {
  conflicts: readonly UndoConflict[];
  facts: ConflictFacts;
  onShow?: (opId: string) => void;
}

function ConflictList({ conflicts, facts, onShow }: ConflictListProps) {
  const { t } = useTexts('history');
  return (
    <ul>
      {conflicts.map((conflict) => {
        const laterChange = facts.laterChanges.get(conflictKey(conflict));
        return (
          <li key={conflictKey(conflict)}>
            <strong>{displayTitle(conflict.title, conflict.type)}</strong> – {conflictSentence(conflict)}
            {laterChange && <LaterChangeLine type={conflict.type} laterChange={laterChange} />}
            {laterChange && onShow && (
              <LinkButton className="accent" onClick={() => onShow(laterChange.opId)}>
                {t('alone.show')}
              </LinkButton>
            )}
          </li>
        );
      })}
    </ul>
  );
}

const maxListed = 12;

interface UndoConflictProps {
  what: string;
  conflicts: readonly UndoConflict[];
  facts: ConflictFacts;
  close: () => void;
}

function UndoConflictReport({ what, conflicts, facts, close }: UndoConflictProps) {
  const { t } = useTexts('history');
  const showInHistory = (opId: string): void => {
    close();
    navigate(historyOf({ open: opId }));
  };
  // A record created by the change has no former value to restore.
  const hasFields = conflicts.some(({ field }) => field !== null);
  return (
    <div className="conflicts">
      <p>{t('alone.inTheWay', { what })}</p>
      <ConflictList conflicts={conflicts.slice(0, maxListed)} facts={facts} onShow={showInHistory} />
      {conflicts.length > maxListed && (
        <p className="dim">{t('common:plan.more', { count: conflicts.length - maxListed })}</p>
      )}
      <p>{t(hasFields ? 'alone.advice' : 'alone.adviceWhole')}</p>
      <div className="dialog-buttons">
        <Button variant="filled" data-autofocus onClick={close}>
          {t('common:close')}
        </Button>
      </div>
    </div>
  );
}

/** Reports why a change cannot be undone by itself, with links to the later changes. Nothing was undone. */
export async function reportUndoConflict(
  what: string,
  opId: string,
  conflicts: readonly UndoConflict[],
): Promise<void> {
  const facts = await loadConflictFacts(opId, conflicts);
  openDialog({ title: say('history:alone.title') }, (close) => (
    <UndoConflictReport what={what} conflicts={conflicts} facts={facts} close={close} />
  ));
}

type Direction = 'undo' | 'redo';
/** `leave`: undo only changes without a conflict; `overwrite`: undo everything; `skip`: skip to the change before; null: do nothing. */
type Choice = 'leave' | 'overwrite' | 'skip' | null;

interface ConflictQuestionProps {
  direction: Direction;
  what: string;
  conflicts: readonly UndoConflict[];
  facts: ConflictFacts;
  close: (choice: Choice) => void;
}

function ConflictQuestion({ direction, what, conflicts, facts, close }: ConflictQuestionProps) {
  const { t } = useTexts('frame');
  return (
    <div className="conflicts">
      <p>{t(`conflict.${direction}`, { what })}</p>
      <ConflictList conflicts={conflicts} facts={facts} />
      {!facts.hasRest && <p>{t('conflict.noRest')}</p>}
      <div className="dialog-buttons">
        <Button onClick={() => close(null)}>{t('common:cancel')}</Button>
        <Button color="red" onClick={() => close('overwrite')}>
          {t('conflict.overwrite')}
        </Button>
        {facts.hasRest ? (
          <Button variant="filled" data-autofocus onClick={() => close('leave')}>
            {t(direction === 'undo' ? 'conflict.leaveUndo' : 'conflict.leaveRedo')}
          </Button>
        ) : (
          <Button variant="filled" data-autofocus onClick={() => close('skip')}>
            {t('passOver')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Lists the later changes and asks how to proceed. */
export async function askAboutConflicts(
  direction: Direction,
  what: string,
  opId: string,
  conflicts: readonly UndoConflict[],
): Promise<Choice> {
  const facts = await loadConflictFacts(opId, conflicts);
  return askDialog<Choice>({ title: say('frame:conflict.title') }, null, (close) => (
    <ConflictQuestion direction={direction} what={what} conflicts={conflicts} facts={facts} close={close} />
  ));
}

import type { UndoConflict } from '#shared/contract/fault-data.ts';
import type { AuditChange, AuditTransaction } from '#shared/contract/history.ts';
import { api } from '../api/client.ts';
import { diffOf } from '../text/diff.ts';
import type { FieldChange } from '../text/diff.ts';
import type { Json } from '#shared/domain/json.ts';
import { referencedIds } from '#shared/domain/references.ts';
import { say, useTexts } from '../i18n/setup.ts';
import { useMe } from '../stores/profile.ts';
import { fieldName, titleOr } from '../text/names.ts';
import { whoIs } from '../text/who.ts';
import { fieldNamed, valueText } from '../text/values.ts';
import { RecordName, RecordNames } from './RecordName.tsx';
import { When } from './When.tsx';
import { Button } from '@mantine/core';
import { historyOf } from '#shared/address/view.ts';
import { navigate } from '../stores/address.ts';
import { openDialog, askDialog } from './dialog.tsx';
import { LinkButton } from './LinkButton.tsx';

const most = 200;
/** The most records that are looked up; a longer dialog is not helpful. */
const mostRecords = 20;

export interface Since {
  opId: string;
  actor: AuditTransaction['actor'];
  at: string;
  field: FieldChange | undefined;
}

export interface ConflictFacts {
  since: ReadonlyMap<string, Since>;
  rest: boolean;
}

export function keyOf({ id, field }: Pick<UndoConflict, 'id' | 'field'>): string {
  return `${id}/${field ?? ''}`;
}

/** Looks up the history behind the conflicts with a change. */
export async function factsOf(opId: string, conflicts: readonly UndoConflict[]): Promise<ConflictFacts> {
  const ids = [...new Set(conflicts.map(({ id }) => id))].slice(0, mostRecords);
  const [rest, ...histories] = await Promise.all([
    leavesRest(opId, conflicts),
    // A conflicting use of a record is mostly a link.
    ...ids.map(async (id) => (await api.history.ofRecord({ id, with_links: true, limit: most })).rows),
  ]);
  const since = new Map<string, Since>();
  const after = histories.map((rows) => currentConflicts(rows, opId));
  for (const conflict of conflicts) {
    for (const { transaction, change, link } of after[ids.indexOf(conflict.id)] ?? []) {
      const field = diffOf(change).find(({ key }) => key === conflict.field);
      if ((link !== null) !== (conflict.reason === 'in_use')) continue;
      if (conflict.field !== null && !field) continue;
      const { op_id, actor, created_at } = transaction;
      since.set(keyOf(conflict), { opId: op_id, actor, at: created_at, field });
      break;
    }
  }
  return { since, rest };
}

/**
 * Later changes that are still in effect, without undone ones and without the undo and redo of the change itself. All later changes if
 * there are none.
 */
function currentConflicts<Row extends { transaction: AuditTransaction }>(
  rows: readonly Row[],
  opId: string,
): readonly Row[] {
  const end = rows.findIndex(({ transaction }) => transaction.op_id === opId);
  const after = end < 0 ? rows : rows.slice(0, end);
  const made = new Set(after.map(({ transaction }) => transaction.op_id));
  const found = after.filter(
    ({ transaction: { undone, undoes, redoes } }) => !undone && !made.has(undoes ?? redoes ?? ''),
  );
  return found.length > 0 ? found : after;
}

async function leavesRest(opId: string, conflicts: readonly UndoConflict[]): Promise<boolean> {
  const [transaction] = (await api.history.list({ op_id: opId, limit: 1 })).rows;
  if (!transaction || transaction.changes > most) return true;
  const { rows } = await api.history.changes({ id: transaction.id, limit: most });
  const inTheWay = new Set(conflicts.map(keyOf));
  return rows.some((change) => hasRest(change, inTheWay));
}

function hasRest(change: AuditChange, inTheWay: ReadonlySet<string>): boolean {
  const id = change.entity_id;
  if (inTheWay.has(keyOf({ id, field: null }))) return false;
  if (change.action !== 'update') return true;
  return diffOf(change).some(({ key }) => !inTheWay.has(keyOf({ id, field: key })));
}

function sentence({ reason, field }: UndoConflict): string {
  if (reason === 'changed_since' && field === null) return say('faults:conflict.changedAsWhole');
  return say(`faults:conflict.${reason}`, { field: field === null ? '' : fieldName(field) });
}

function Side({ type, field, value }: { type: string; field: string; value: Json | undefined }) {
  const info = fieldNamed(type, field);
  if (info?.kind === 'reference' && typeof value === 'string') return <RecordName id={value} plain />;
  if (info?.kind === 'references' && Array.isArray(value))
    return <RecordNames ids={referencedIds(value)} plain />;
  return <span>{valueText(value, info)}</span>;
}

function Meanwhile({ type, since: { actor, at, field } }: { type: string; since: Since }) {
  const { t } = useTexts('history');
  const me = useMe()?.id;
  return (
    <span className="flex wrap gap-2-12 small">
      {field && (
        <span className="num">
          <Side type={type} field={field.key} value={field.before} /> →{' '}
          <Side type={type} field={field.key} value={field.after} />
        </span>
      )}
      <span className="dim">
        {t('detail.by', { who: whoIs(actor, me) })} · <When at={at} />
      </span>
    </span>
  );
}

interface ConflictListProps {
  conflicts: readonly UndoConflict[];
  facts: ConflictFacts;
  onShow?: (opId: string) => void;
}

export function ConflictList({ conflicts, facts, onShow }: ConflictListProps) {
  const { t } = useTexts('history');
  return (
    <ul>
      {conflicts.map((conflict) => {
        const since = facts.since.get(keyOf(conflict));
        return (
          <li key={keyOf(conflict)}>
            <strong>{titleOr(conflict.title, conflict.type)}</strong> – {sentence(conflict)}
            {since && <Meanwhile type={conflict.type} since={since} />}
            {since && onShow && (
              <LinkButton className="accent" onClick={() => onShow(since.opId)}>
                {t('alone.show')}
              </LinkButton>
            )}
          </li>
        );
      })}
    </ul>
  );
}

const mostListed = 12;

interface InTheWayProps {
  what: string;
  conflicts: readonly UndoConflict[];
  facts: ConflictFacts;
  close: () => void;
}

function InTheWay({ what, conflicts, facts, close }: InTheWayProps) {
  const { t } = useTexts('history');
  const show = (opId: string): void => {
    close();
    navigate(historyOf({ open: opId }));
  };
  // A record created by the change has no former value to restore.
  const byHand = conflicts.some(({ field }) => field !== null);
  return (
    <div className="conflicts">
      <p>{t('alone.inTheWay', { what })}</p>
      <ConflictList conflicts={conflicts.slice(0, mostListed)} facts={facts} onShow={show} />
      {conflicts.length > mostListed && (
        <p className="dim">{t('common:plan.more', { count: conflicts.length - mostListed })}</p>
      )}
      <p>{t(byHand ? 'alone.advice' : 'alone.adviceWhole')}</p>
      <div className="dialog-buttons">
        <Button data-autofocus onClick={close}>
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
  // Works without the facts too.
  const facts = await factsOf(opId, conflicts).catch((): ConflictFacts => ({ since: new Map(), rest: true }));
  openDialog({ title: say('history:alone.title') }, (close) => (
    <InTheWay what={what} conflicts={conflicts} facts={facts} close={close} />
  ));
}

type Direction = 'undo' | 'redo';
/** Undo the rest, undo everything, skip to the change before, or do nothing. */
type Choice = 'leave' | 'overwrite' | 'pass' | null;

interface ConflictsProps {
  direction: Direction;
  what: string;
  conflicts: readonly UndoConflict[];
  facts: ConflictFacts;
  close: (choice: Choice) => void;
}

function Conflicts({ direction, what, conflicts, facts, close }: ConflictsProps) {
  const { t } = useTexts('frame');
  return (
    <div className="conflicts">
      <p>{t(`conflict.${direction}`, { what })}</p>
      <ConflictList conflicts={conflicts} facts={facts} />
      {!facts.rest && <p>{t('conflict.noRest')}</p>}
      <div className="dialog-buttons">
        <Button variant="default" onClick={() => close(null)}>
          {t('common:cancel')}
        </Button>
        <Button variant="default" color="red" onClick={() => close('overwrite')}>
          {t('conflict.overwrite')}
        </Button>
        {facts.rest ? (
          <Button data-autofocus onClick={() => close('leave')}>
            {t(direction === 'undo' ? 'conflict.leaveUndo' : 'conflict.leaveRedo')}
          </Button>
        ) : (
          <Button data-autofocus onClick={() => close('pass')}>
            {t('passOver')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Lists the later changes and asks how to proceed: undo the rest, undo everything, skip to the change before, or do nothing (null). */
export async function askAboutConflicts(
  direction: Direction,
  what: string,
  opId: string,
  conflicts: readonly UndoConflict[],
): Promise<Choice> {
  // Works without the facts too.
  const facts = await factsOf(opId, conflicts).catch((): ConflictFacts => ({ since: new Map(), rest: true }));
  return askDialog<Choice>({ title: say('frame:conflict.title') }, null, (close) => (
    <Conflicts direction={direction} what={what} conflicts={conflicts} facts={facts} close={close} />
  ));
}

import type { Moment } from '#shared/contract/moments.ts';
import { api } from '../../../api/client.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { useActor, useWorkspace } from '../../../stores/profile.ts';
import { pageSandbox, targetKey } from '../../../stores/target.ts';
import { dateTimeToSecond } from '../../../text/formats.ts';
import { openDialog } from '../../../ui/dialog.tsx';
import { PlanForm } from '../../../ui/PlanForm.tsx';
import { countChanges, PlanPreview } from '../../../ui/PlanPreview.tsx';
import { useTypedName } from '../../../ui/TypedName.tsx';
import { switchToNow } from '../../workspace/switch-target.ts';
import { describeTransaction } from '../../../text/audit.ts';
import { authorName } from '../../../text/author-name.ts';
import '../past.module.css';
import { isJsonObject } from '#shared/domain/json.ts';
import { flushSeat, setSeatItem, useSeat } from '../../../stores/seat.ts';
import { undoAction } from '../../../stores/undo.ts';
import { notice } from '../../../ui/notices.tsx';

/** Names the last change before a point in time. `me` is the id of the acting profile. */
function lastChangeText({ label, params, actor }: Moment, me: string | undefined): string {
  return say('past:restore.after', { what: describeTransaction(label, params), who: authorName(actor, me) });
}

/** Previews a restore to a point in time and runs it after a confirmation; with `ids` null, all records are restored. */
export function restoreTo(moment: Moment, ids: readonly string[] | null): void {
  const when = dateTimeToSecond(moment.created_at);
  const titleKeyOfAll = pageSandbox() === null ? 'past:restore.titleAll' : 'past:restore.titleAllPlay';
  const title = say(ids === null ? titleKeyOfAll : 'past:restore.title', { when });
  openDialog({ title, size: 520 }, (close) => <RestoreForm moment={moment} ids={ids} onDone={close} />);
}

interface Props {
  moment: Moment;
  ids: readonly string[] | null;
  onDone: () => void;
}

function RestoreForm({ moment, ids, onDone }: Props) {
  const { t } = useTexts('past');
  const me = useActor()?.id;
  const sandboxName = useWorkspace().data?.sandbox?.name;
  const { isConfirmed, field } = useTypedName({ name: sandboxName });
  const isEverything = ids === null;
  const noteAll =
    sandboxName === undefined ? t('restore.noteAll') : t('restore.noteAllPlay', { name: sandboxName });
  const input = { at: moment.id, ids: ids && [...ids] };
  const lastChange = lastChangeText(moment, me);
  return (
    <PlanForm
      input={input}
      start={(step, options) => api.moments.restore({ ...input, ...step }, options)}
      onApplied={async (result) => {
        const { op_id, backup } = result;
        const count = countChanges(result);
        if (op_id !== null)
          await storeReport({
            op_id,
            count,
            to: moment.created_at,
            after: lastChange,
            backedUp: backup !== null,
          });
        onDone();
        await switchToNow();
      }}
      blocked={(plan) => countChanges(plan) === 0 || (isEverything && !isConfirmed)}
      saveLabel={t('restore.yes')}
      runningLabel={t('restore.running')}
      bad={isEverything}
      takesFocus={!isEverything}
      onCancel={onDone}
    >
      {(plan) => {
        const isSelected = ({ id }: { id: string }): boolean => ids?.includes(id) ?? false;
        // Selected records come before the records that are restored with them.
        const records = plan.records.toSorted((a, b) => Number(isSelected(b)) - Number(isSelected(a)));
        const isEmpty = countChanges(plan) === 0 && plan.problems.length === 0;
        return (
          <>
            <p>{lastChange}</p>
            {isEmpty && <p>{t('restore.nothing')}</p>}
            <PlanPreview plan={{ ...plan, records }}>
              {plan.added > 0 && <li className="dim">{t('restore.added', { count: plan.added })}</li>}
            </PlanPreview>
            {!isEmpty && <p className="dim small">{isEverything ? noteAll : t('restore.note')}</p>}
            {isEverything && !isEmpty && field}
          </>
        );
      }}
    </PlanForm>
  );
}

interface RestoreReport {
  op_id: string;
  count: number;
  /** The point in time (ISO 8601); `after` describes the last change before it. */
  to: string;
  after: string;
  backedUp: boolean;
}

const seatKey = (): string => targetKey('past:restored');

/** Stores the report for the page that opens after the restore. */
async function storeReport({ op_id, count, to, after, backedUp }: RestoreReport): Promise<void> {
  setSeatItem(seatKey(), { op_id, count, to, after, backedUp });
  await flushSeat();
}

/** Shows the report that the previous page stored, with a button to undo the restore. */
export function showRestoreReport(): void {
  const item = useSeat.getState().items[seatKey()];
  if (item === undefined) return;
  setSeatItem(seatKey(), null);
  if (!isJsonObject(item)) return;
  const { op_id, count, to, after, backedUp } = item;
  if (typeof op_id !== 'string' || typeof count !== 'number' || typeof to !== 'string') return;
  const notes = [
    ...(typeof after === 'string' ? [after] : []),
    ...(backedUp === true ? [say('past:restore.backedUp')] : []),
  ];
  notice({
    ...undoAction(op_id),
    title: say('past:restore.done', { count, when: dateTimeToSecond(to) }),
    ...(notes.length > 0 ? { more: notes.join(' ') } : {}),
  });
}

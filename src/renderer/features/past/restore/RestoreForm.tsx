import type { Moment } from '#shared/contract/moments.ts';
import { api } from '../../../api/client.ts';
import { follow } from '../../../api/stream.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { useActor, useWorkspace } from '../../../stores/profile.ts';
import { openSandbox } from '../../../stores/target.ts';
import { momentToSecond } from '../../../text/formats.ts';
import { openDialog } from '../../../ui/dialog.tsx';
import { PlanForm } from '../../../ui/PlanForm.tsx';
import { countOf, PlanPreview } from '../../../ui/PlanPreview.tsx';
import { useTypedName } from '../../../ui/TypedName.tsx';
import { turnToNow } from '../../workspace/turn.ts';
import { keepReport } from './report.ts';
import { describeTransaction } from '../../../text/audit.ts';
import { whoIs } from '../../../text/who.ts';
import '../past.module.css';

/** Names the change that a point in time follows. `me` is the id of the acting profile. */
function afterText({ label, params, actor }: Moment, me: string | undefined): string {
  return say('past:restore.after', { what: describeTransaction(label, params), who: whoIs(actor, me) });
}

/** Previews a restore to a point in time and runs it once confirmed. `ids` null is everything. */
export function restoreTo(moment: Moment, ids: readonly string[] | null): void {
  const when = momentToSecond(moment.created_at);
  const all = openSandbox() === null ? 'past:restore.titleAll' : 'past:restore.titleAllPlay';
  const title = say(ids === null ? all : 'past:restore.title', { when });
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
  const sandbox = useWorkspace().data?.sandbox?.name;
  const { isConfirmed, field } = useTypedName({ sandbox });
  const all = ids === null;
  const noteAll = sandbox === undefined ? t('restore.noteAll') : t('restore.noteAllPlay', { name: sandbox });
  const input = { at: moment.id, ids: ids && [...ids] };
  const after = afterText(moment, me);
  return (
    <PlanForm
      chosen={input}
      preview={(onProgress, signal) =>
        follow(api.moments.restore({ ...input, dry: true }, { signal }), onProgress, signal)
      }
      apply={async ({ head }, onProgress, signal) => {
        const call = api.moments.restore({ ...input, seen: head }, { signal });
        const done = await follow(call, onProgress, signal);
        const { op_id, backup } = done;
        const count = countOf(done);
        if (op_id !== null)
          await keepReport({ op_id, count, to: moment.created_at, after, backedUp: backup !== null });
        onDone();
        await turnToNow();
      }}
      blocked={(plan) => countOf(plan) === 0 || (all && !isConfirmed)}
      button={t('restore.yes')}
      label={t('restore.running')}
      bad={all}
      first={!all}
      onCancel={onDone}
    >
      {(plan) => {
        const isChosen = ({ id }: { id: string }): boolean => ids?.includes(id) ?? false;
        // Selected records come before those restored along with them.
        const records = plan.records.toSorted((a, b) => Number(isChosen(b)) - Number(isChosen(a)));
        const nothing = countOf(plan) === 0 && plan.problems.length === 0;
        return (
          <>
            <p>{after}</p>
            {nothing && <p>{t('restore.nothing')}</p>}
            <PlanPreview plan={{ ...plan, records }}>
              {plan.added > 0 && <li className="dim">{t('restore.added', { count: plan.added })}</li>}
            </PlanPreview>
            {!nothing && <p className="dim small">{all ? noteAll : t('restore.note')}</p>}
            {all && !nothing && field}
          </>
        );
      }}
    </PlanForm>
  );
}

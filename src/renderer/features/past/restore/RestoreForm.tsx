import { useTranslation } from 'react-i18next';
import type { Moment } from '#shared/contract/moments.ts';
import { say } from '../../../i18n/setup.ts';
import { useActor, useWorkspace } from '../../../stores/profile.ts';
import { openSandbox } from '../../../stores/target.ts';
import { momentToSecond } from '../../../text/formats.ts';
import { openDialog } from '../../../ui/dialog.tsx';
import { FormEnd } from '../../../ui/FormEnd.tsx';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';
import { useTypedName } from '../../../ui/TypedName.tsx';
import { afterText } from './after.ts';
import { Preview } from './Preview.tsx';
import { countOf, useRestoring } from './useRestoring.ts';
import '../../play/compare/compare.css';
import '../past.css';

/** Shows what making records what they were at a moment would do, and does it when somebody says so. `ids` null is everything. */
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
  const { t } = useTranslation(['past', 'common']);
  const me = useActor()?.id;
  const { preview, failure, progress, running, restore, cancel } = useRestoring(moment, ids, onDone);
  const sandbox = useWorkspace().data?.sandbox?.name;
  const { meant, field } = useTypedName({ disabled: running, sandbox });
  const all = ids === null;
  const nothing = preview !== null && countOf(preview) === 0 && preview.problems.length === 0;
  const noteAll = sandbox === undefined ? t('restore.noteAll') : t('restore.noteAllPlay', { name: sandbox });
  const note = all ? noteAll : t('restore.note');
  const blocked = !preview || nothing || preview.problems.length > 0 || (all && !meant);
  return (
    <form
      className="carry"
      onSubmit={(event) => {
        event.preventDefault();
        if (!blocked) void restore();
      }}
    >
      <p className="past-after">{afterText(moment, me)}</p>
      {preview ? (
        <Preview preview={preview} chosen={ids} />
      ) : (
        failure === null && <p className="dim">{t('restore.looking')}</p>
      )}
      {nothing && <p>{t('restore.nothing')}</p>}
      {preview && !nothing && <p className="dim carry-note">{note}</p>}
      {all && preview && !nothing && field}
      {(running || (!preview && progress)) && (
        <ProgressLine progress={progress} label={t('restore.running')} />
      )}
      <FormEnd
        {...{ failure, blocked }}
        save={t('restore.yes')}
        saving={running}
        bad={all}
        first={!all}
        onCancel={cancel}
      />
    </form>
  );
}

import type { EntityRecord } from '#shared/contract/record.ts';
import { evidenceKinds } from '#shared/domain/evidence.ts';
import { jsonObjectIn, textIn } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { api } from '../../api/client.ts';
import { shell } from '../../api/shell.ts';
import { useTexts } from '../../i18n/setup.ts';
import { whileSaving } from '../../stores/saving.ts';
import { undoAction } from '../../stores/undo.ts';
import { formatDay } from '../../text/formats.ts';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { notice, reportError, reportErrors } from '../../ui/notices.tsx';
import { RowButton } from '../../ui/RowButton.tsx';

const shownRefLength = 10;

/** What scans and webhooks found about a task. A person can say that an item does not count. */
export function EvidenceList({ task, isLocked }: { task: EntityRecord; isLocked: boolean }) {
  const { t } = useTexts('repairs');
  const stored = task.payload['evidence'];
  const items: readonly Json[] = Array.isArray(stored) ? stored : [];
  const dismiss = (index: number, dismissed: boolean): Promise<void> =>
    reportErrors(async () => {
      const evidence = items.map((item, at) => (at === index ? { ...jsonObjectIn(item), dismissed } : item));
      const { op_id } = await whileSaving(() =>
        api.entities.update({ type: 'task', id: task.id, data: { evidence } }),
      );
      notice({ ...undoAction(op_id), title: t(dismissed ? 'evidence.dismissed' : 'evidence.counted') });
    });
  return items.map((item, index) => {
    const { kind, ref, url, at, dismissed } = jsonObjectIn(item);
    const knownKind = evidenceKinds.find((one) => one === kind);
    const kindName = knownKind ? t(`evidence.kind.${knownKind}`) : textIn(kind);
    const name = `${kindName} ${textIn(ref).slice(0, shownRefLength)}`;
    const isDismissed = dismissed === true;
    const label = t(isDismissed ? 'evidence.count' : 'evidence.dismiss');
    return (
      <span key={index} className="row wrap gap-4 tiny dim">
        <span className={isDismissed ? 'struck' : ''}>
          {typeof url === 'string' ? (
            <LinkButton
              className="accent"
              onClick={() => void shell.openExternal({ url }).catch(reportError)}
            >
              {name}
            </LinkButton>
          ) : (
            name
          )}
          {textIn(at) !== '' && ` · ${formatDay(textIn(at).slice(0, 10))}`}
        </span>
        {!isLocked && (
          <RowButton
            label={label}
            named={`${label}: ${name}`}
            onClick={() => void dismiss(index, !isDismissed)}
          />
        )}
      </span>
    );
  });
}

import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { RestoredRecords } from '#shared/contract/backup-records.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { api } from '../../../api/client.ts';
import { awaitResult } from '../../../api/stream.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { undoAction } from '../../../stores/undo.ts';
import { typeAndDistinction, nameAndDistinction, distinctionsOf } from '../../../text/distinctions.ts';
import type { Distinctions } from '../../../text/distinctions.ts';
import { joinWithAnd, displayTitle } from '../../../text/names.ts';
import { Changes } from '../../../ui/Changes.tsx';
import { notice } from '../../../ui/notices.tsx';
import { PlanForm } from '../../../ui/PlanForm.tsx';
import { PlanProblems } from '../../../ui/PlanPreview.tsx';
import styles from '../backups.module.css';

interface Props {
  id: string;
  records: readonly string[];
  onBack: () => void;
  onDone: () => void;
}

type RestoredRecord = RestoredRecords['records'][number];

const maxNamed = 3;

const valuesOf = ({ fields }: RestoredRecord, side: 'live' | 'backup'): JsonObject =>
  Object.fromEntries(
    fields.flatMap((change) => {
      const value = change[side];
      return value === undefined ? [] : [[change.field, value] as const];
    }),
  );

function RecordLine({ record, distinctions }: { record: RestoredRecord; distinctions: Distinctions }) {
  const { t } = useTexts('backups');
  const { type, title, action, why } = record;
  return (
    <li>
      <h4>
        {displayTitle(title, type)} <span className="dim">{typeAndDistinction(record, distinctions)}</span>
      </h4>
      <p className="dim">
        {t(`records.action.${action}`)} {why !== 'asked' && t(`records.why.${why}`)}
      </p>
      {action === 'updated' && (
        <Changes
          change={{
            type,
            action: 'update',
            before: valuesOf(record, 'live'),
            after: valuesOf(record, 'backup'),
          }}
        />
      )}
    </li>
  );
}

function reportRestored({ op_id, records }: RestoredRecords): void {
  const changedRecords = records.filter(({ action }) => action !== 'none');
  const distinctions = distinctionsOf(changedRecords);
  const count = changedRecords.length;
  notice({
    ...undoAction(op_id),
    title: say(op_id === null ? 'backups:records.nothing' : 'backups:records.done', { count }),
    ...(op_id !== null && count <= maxNamed
      ? { more: joinWithAnd(changedRecords.map((record) => nameAndDistinction(record, distinctions))) }
      : {}),
  });
}

/** Previews the restore of the selected records field by field, and runs it. */
export function RecordsPreview({ id, records, onBack, onDone }: Props) {
  const { t } = useTexts('backups');
  const [includesLinks, setIncludesLinks] = useState(false);
  const input = { id, records: [...records], links: includesLinks };
  return (
    <PlanForm
      input={input}
      preview={(onProgress, signal) =>
        awaitResult(api.backups.restoreRecords({ ...input, dry: true }, { signal }), onProgress, signal)
      }
      apply={async ({ head, another }, onProgress, signal) => {
        // The form in which the records were selected already named the other workspace.
        const call = api.backups.restoreRecords({ ...input, seen: head, another }, { signal });
        const result = await awaitResult(call, onProgress, signal);
        onDone();
        reportRestored(result);
      }}
      button={t('play:done.recover')}
      runningLabel={t('records.running')}
      takesFocus
      cancelLabel={t('commands:go.back')}
      onCancel={onBack}
    >
      {(plan) => {
        const distinctions = distinctionsOf(plan.records);
        return (
          <>
            <ul
              className={`card stack scroll-y gap-8 pad-8 most-280 backup-records ${styles.become}`}
              aria-label={t('records:field.changes')}
            >
              {plan.records.map((record) => (
                <RecordLine key={record.id} {...{ record, distinctions }} />
              ))}
            </ul>
            {(includesLinks || plan.links_left > 0) && (
              <Checkbox
                checked={includesLinks}
                onChange={(event) => setIncludesLinks(event.currentTarget.checked)}
                label={t('records.links')}
                description={includesLinks ? undefined : t('records.linksLeft', { count: plan.links_left })}
              />
            )}
            <PlanProblems {...plan} />
            <p className="dim">{t('past:restore.note')}</p>
          </>
        );
      }}
    </PlanForm>
  );
}

import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ShownMap } from '#shared/contract/maps.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { jsonObjectIn } from '#shared/domain/json.ts';
import { api } from '../../../api/client.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { whileSaving } from '../../../stores/saving.ts';
import { reportErrors } from '../../../ui/notices.tsx';
import { LookupInput } from '../form/LookupInput.tsx';
import { nearbyIds } from '../linking/links.ts';
import styles from './code.module.css';

type Area = ShownMap['areas'][number];

/** Sets or removes one entry of a map field of a repository. */
function setEntry(
  record: EntityRecord,
  field: 'area_names' | 'area_teams',
  key: string,
  text: string,
): Promise<void> {
  const { [key]: _previous, ...others } = jsonObjectIn(record.payload[field]);
  const data = { [field]: text === '' ? others : { ...others, [key]: text } };
  return reportErrors(async () => {
    await whileSaving(() => api.entities.update({ type: 'repository', id: record.id, data }));
  });
}

/** The areas of a map, whose names and teams people can change. */
export function AreaList({
  record,
  areas,
  readOnly,
}: {
  record: EntityRecord;
  areas: readonly Area[];
  readOnly: boolean;
}) {
  const { t } = useTexts('code');
  return (
    <div className={styles.areas}>
      {areas.map((area) => (
        <AreaRow
          key={area.key}
          record={record}
          area={area}
          readOnly={readOnly}
          teamBy={area.team_by && area.team_by !== 'chosen' ? t(`teamBy.${area.team_by}`) : null}
        />
      ))}
    </div>
  );
}

function AreaRow({
  record,
  area,
  readOnly,
  teamBy,
}: {
  record: EntityRecord;
  area: Area;
  readOnly: boolean;
  /** How FRAMES found the team; null for a chosen one. */
  teamBy: string | null;
}) {
  const { t } = useTexts('code');
  const [typed, setTyped] = useState<string | null>(null);
  const folder = area.key || '/';
  const isRenamed = area.title !== folder;
  const saveName = (): void => {
    if (typed !== null && typed.trim() !== area.title)
      void setEntry(record, 'area_names', area.key, typed.trim());
    setTyped(null);
  };
  return (
    <>
      <span className="stack">
        <TextInput
          size="xs"
          aria-label={t('rename')}
          title={folder}
          value={typed ?? area.title}
          readOnly={readOnly}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={saveName}
          onKeyDown={(event) => event.key === 'Enter' && saveName()}
        />
        {isRenamed && <span className="tiny faint breaks">{folder}</span>}
      </span>
      <span className="tiny dim num">{t('filesOf', { count: area.files })}</span>
      {readOnly ? (
        <span className="small">{area.team?.title ?? t('noTeam')}</span>
      ) : (
        <span className="stack">
          <LookupInput
            label={t('team')}
            types={['team']}
            id={area.team?.id ?? ''}
            title={area.team?.title}
            near={nearbyIds(record.payload)}
            optional
            placeholder={t('noTeam')}
            onChoose={(id) => void setEntry(record, 'area_teams', area.key, id)}
          />
          {teamBy !== null && <span className="tiny faint">{teamBy}</span>}
        </span>
      )}
    </>
  );
}

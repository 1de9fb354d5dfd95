import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { insightsOf } from '#shared/address/view.ts';
import type { ShownMap } from '#shared/contract/maps.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { api } from '../../../api/client.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { navigate } from '../../../stores/address.ts';
import { queryClient, queryFor } from '../../../stores/queries.ts';
import { bytesText } from '../../../text/bytes.ts';
import { dayText } from '../../../text/formats.ts';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import { reportErrors } from '../../../ui/notices.tsx';
import { streamWithProgress } from '../../../ui/long-work.tsx';
import { QueryView } from '../../../ui/QueryView.tsx';
import { useChangeRefusal } from '../data/permissions.ts';
import { AreaList } from './AreaList.tsx';
import { AreaPicture } from './AreaPicture.tsx';
import { AuthorList } from './AuthorList.tsx';
import { ScanControls } from './ScanControls.tsx';

const maxListed = 6;
const awayPauseMs = 5000;

/** The code of a repository: where it is, its areas and who nobody will replace, its authors. */
export function CodeTab({ record }: { record: EntityRecord }) {
  const query = useQuery({
    ...queryFor('maps.show', { repository: record.id }),
    // A file that arrives with a sync is no change of records.
    refetchInterval: ({ state }) => (state.data?.away == null ? false : awayPauseMs),
  });
  const refusal = useChangeRefusal(record);
  return (
    <QueryView query={query}>
      {({ map, away, folder }) => (
        <div className="stack gap-16">
          <ScanControls record={record} folder={folder} hasMap={map !== null} refusal={refusal} />
          {away !== null && <AwayMap record={record} document={away} />}
          {map && <MapView record={record} map={map} readOnly={refusal !== null} />}
        </div>
      )}
    </QueryView>
  );
}

/** Downloads a map that another computer has. */
function AwayMap({ record, document }: { record: EntityRecord; document: string }) {
  const { t } = useTexts('code');
  const download = (): Promise<void> =>
    reportErrors(async () => {
      await streamWithProgress(say('code:downloading', { name: record.title }), (signal) =>
        api.sync.fetchFile({ id: document }, { signal }),
      );
      await queryClient.invalidateQueries({ queryKey: ['maps'] });
    });
  return (
    <section className="stack gap-4 small">
      <p>{t('away')}</p>
      <p>
        <Button size="xs" onClick={() => void download()}>
          {t('download')}
        </Button>
      </p>
    </section>
  );
}

function MapView({ record, map, readOnly }: { record: EntityRecord; map: ShownMap; readOnly: boolean }) {
  const { t } = useTexts('code');
  const { data: areas } = useQuery(queryFor('maps.risks', { repository: record.id }));
  const { commits, files, scanned_at, imports, largest, packages } = map;
  return (
    <>
      <section className="stack gap-2 small">
        <p>{t('summary', { count: commits, files, day: dayText(Date.parse(scanned_at)) })}</p>
        <FactorText map={map} />
        <LeftOut map={map} />
      </section>
      {areas && areas.length > 0 && (
        <section className="stack gap-4">
          <p className="flex wrap apart gap-8 small">
            <span className="dim">{t('areasHint')}</span>
            <LinkButton className="accent" onClick={() => navigate(insightsOf('code'))}>
              {t('insights')}
            </LinkButton>
          </p>
          <AreaPicture areas={areas} label={t('picture', { name: record.title })} />
        </section>
      )}
      <AuthorList record={record} authors={map.authors} readOnly={readOnly} />
      <section className="stack gap-4">
        <h3 className="small">{t('areas')}</h3>
        <AreaList record={record} areas={map.areas} readOnly={readOnly} />
      </section>
      <Lines
        title={t('imports')}
        lines={imports.map(({ count, ...names }) => [t('importRow', names), String(count)])}
      />
      <Lines
        title={t('packages')}
        lines={packages.map(({ name, path, dependencies }) => [
          name ?? path,
          dependencies === null ? '' : t('dependencies', { count: dependencies }),
        ])}
      />
      <Lines title={t('largest')} lines={largest.map(({ path, bytes }) => [path, bytesText(bytes)])} />
    </>
  );
}

function FactorText({ map: { bus_factor: factor } }: { map: ShownMap }) {
  const { t } = useTexts('code');
  if (!factor) return null;
  const { greedy, exact, exact_sets: sets } = factor;
  return (
    <p className="dim">
      {exact === null
        ? t('factorGreedy', { factor: greedy })
        : t(exact === 1 ? 'factorPerson' : 'factor', { factor: exact, count: sets ?? 1 })}
    </p>
  );
}

function LeftOut({ map: { left_out: counts } }: { map: ShownMap }) {
  const { t } = useTexts('code');
  const parts = (['imported', 'foreign', 'excluded'] as const).flatMap((key) =>
    counts[key] === 0 ? [] : [t(key, { count: counts[key] })],
  );
  return parts.length === 0 ? null : <p className="dim">{t('leftOut', { what: parts.join(', ') })}</p>;
}

function Lines({
  title,
  lines,
}: {
  title: string;
  lines: readonly (readonly [name: string, figure: string])[];
}) {
  if (lines.length === 0) return null;
  return (
    <section className="stack gap-2 small">
      <h3 className="small">{title}</h3>
      {lines.slice(0, maxListed).map(([name, figure], index) => (
        <p key={index} className="flex apart gap-8">
          <span className="breaks">{name}</span>
          <span className="dim num rigid">{figure}</span>
        </p>
      ))}
    </section>
  );
}

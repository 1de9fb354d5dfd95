import { VisuallyHidden } from '@mantine/core';
import type { CSSProperties } from 'react';
import type { AreaRisk } from '#shared/contract/maps.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { percentOfShare } from './percent.ts';
import styles from './code.module.css';

interface Props {
  areas: readonly AreaRisk[];
  label: string;
  /** The key of the selected area. */
  selectedKey?: string | undefined;
  onSelect?: (area: AreaRisk) => void;
}

/** Areas as blocks of the size of their files, coloured by what nobody will know, in one group for each team that can be collapsed. */
export function AreaPicture({ areas, label, selectedKey, onSelect }: Props) {
  const { t } = useTexts('code');
  const groups = [...Map.groupBy(areas, ({ team }) => team?.id ?? '')].toSorted(([a], [b]) =>
    a === '' ? 1 : b === '' ? -1 : 0,
  );
  return (
    <section className={`stack gap-8 ${styles.picture}`} aria-label={label}>
      {groups.map(([id, members]) => {
        const files = members.reduce((sum, area) => sum + area.files, 0);
        const orphaned = members.reduce((sum, area) => sum + area.files * area.later, 0);
        return (
          <details key={id} open className="card">
            <summary className="small px-8 py-4">
              <strong>{members[0]?.team?.title ?? t('noTeam')}</strong>{' '}
              <span className="dim num">
                {t('filesOf', { count: files })} · {percentOfShare(files === 0 ? 0 : orphaned / files)}
              </span>
            </summary>
            <div className={styles.blocks}>
              {members.map((area) => (
                <Block
                  key={area.key}
                  area={area}
                  isSelected={area.key === selectedKey}
                  onSelect={onSelect && (() => onSelect(area))}
                />
              ))}
            </div>
          </details>
        );
      })}
    </section>
  );
}

/** Cuts a long path before its last folder, because areas differ there. Screen readers get the whole path. */
function PathName({ path }: { path: string }) {
  const end = Math.max(0, path.lastIndexOf('/', path.length - 3));
  return (
    <>
      <span className="flex" aria-hidden>
        <span className="cut">{path.slice(0, end)}</span>
        <span className={`cut ${styles.end}`}>{path.slice(end)}</span>
      </span>
      <VisuallyHidden component="span">{path}</VisuallyHidden>
    </>
  );
}

/** Small areas stay readable, and large ones do not take all the room. */
const weightOf = ({ files }: AreaRisk): number => Math.max(1, Math.round(Math.sqrt(files)));

const blockStyle = (area: AreaRisk): CSSProperties =>
  ({ flexGrow: weightOf(area), '--share': `${Math.round(100 * area.later)}%` }) as CSSProperties;

function Block({
  area,
  isSelected,
  onSelect,
}: {
  area: AreaRisk;
  isSelected: boolean;
  onSelect: (() => void) | undefined;
}) {
  const { t } = useTexts('code');
  const { title, files, later, today, unknown } = area;
  const description = t('areaTitle', {
    title,
    count: files,
    later: percentOfShare(later),
    today: percentOfShare(today),
  });
  return (
    <button
      type="button"
      className={styles.block}
      style={blockStyle(area)}
      title={description}
      aria-pressed={isSelected}
      disabled={!onSelect}
      onClick={onSelect}
    >
      <PathName path={title} />
      <span>
        <strong className="num">{percentOfShare(later)}</strong>
        {unknown > 0 && (
          <span className="dim num"> {t('unknownShare', { share: percentOfShare(unknown) })}</span>
        )}
      </span>
    </button>
  );
}

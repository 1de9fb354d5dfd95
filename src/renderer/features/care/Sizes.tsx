import type { Stats } from '#shared/contract/care.ts';
import { useTexts } from '../../i18n/setup.ts';
import { bytesText } from '../../text/bytes.ts';
import { numberText } from '../../text/values.ts';
import { Figures } from '../../ui/Figures.tsx';
import { tableName, tablesOf } from './tables.ts';
import styles from './care.module.css';

export function Sizes({ stats }: { stats: Stats }) {
  const { t } = useTexts('care');
  const { bytes, wal, free_pages, page_bytes, log } = stats;
  const figures = [
    [t('commands:group.file'), bytesText(bytes)],
    [t('size.wal'), bytesText(wal)],
    [t('size.free'), bytesText(free_pages * page_bytes), t('size.freeHint')],
    [t('size.entries'), numberText(log.transactions)],
    [t('size.changes'), numberText(log.changes)],
  ] as const;
  return <Figures title={t('records:field.size')} figures={figures} />;
}

export function Tables({ stats }: { stats: Stats }) {
  const { t } = useTexts('care');
  return (
    <section aria-label={t('tables.title')}>
      <h2>{t('tables.title')}</h2>
      <table className={`small full ${styles.tables}`}>
        <thead>
          <tr>
            <th scope="col">{t('tables.name')}</th>
            {(['rows', 'bytes', 'indexes', 'unused'] as const).map((column) => (
              <th key={column} scope="col" className="num">
                {t(`tables.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tablesOf(stats.parts).map(({ name, rows, bytes, indexes, unused }) => (
            <tr key={name}>
              <th scope="row" title={name}>
                {tableName(name)}
              </th>
              <td className="num">{rows === null ? '–' : numberText(rows)}</td>
              <td className="num">{bytesText(bytes)}</td>
              <td className="num">{indexes === 0 ? '–' : bytesText(indexes)}</td>
              <td className="num dim">{bytesText(unused)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

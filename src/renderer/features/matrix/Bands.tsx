import { useTexts } from '../../i18n/setup.ts';
import type { Block } from './order.ts';
import { band, cellSize } from './geometry.ts';
import type { HeadSize } from './geometry.ts';
import styles from './matrix.module.css';

interface Props {
  blocks: readonly Block[];
  head: HeadSize;
  nameOf: (key: string) => string;
  along: 'rows' | 'columns';
}

/** The names of groups along the heads; those of small groups as tooltips. */
export function Bands({ blocks, head, nameOf, along }: Props) {
  const { t } = useTexts('matrix');
  return (
    <div
      aria-hidden
      className={along === 'rows' ? `absolute inset untouched ${styles.rowBands}` : styles.columnBands}
      style={along === 'rows' ? { paddingTop: head.height } : undefined}
    >
      {blocks.map(({ key, start, size }) => {
        const length = size * cellSize;
        return (
          <span
            key={key}
            title={t('block', { name: nameOf(key), count: size })}
            style={
              along === 'rows'
                ? { height: length, width: band }
                : { insetInlineStart: head.width + start * cellSize, width: length, height: band }
            }
          >
            {size > 2 && (
              <b style={along === 'rows' ? { top: head.height } : { left: head.width }}>{nameOf(key)}</b>
            )}
          </span>
        );
      })}
    </div>
  );
}

/** A frame around the links within each group. */
export function Outlines({ blocks, head }: Pick<Props, 'blocks' | 'head'>) {
  return blocks
    .filter(({ key, size }) => key !== '' && size > 1)
    .map(({ key, start, size }) => (
      <div
        key={key}
        aria-hidden
        className={`absolute untouched ${styles.block}`}
        style={{
          insetInlineStart: head.width + start * cellSize,
          top: head.height + start * cellSize,
          width: size * cellSize,
          height: size * cellSize,
        }}
      />
    ));
}

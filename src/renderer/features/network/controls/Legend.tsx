import { ActionIcon, Button } from '@mantine/core';
import { IconListDetails, IconX } from '@tabler/icons-react';
import { Fragment, useEffect, useRef, useState } from 'react';
import { useTexts } from '../../../i18n/setup.ts';
import { adjustNetwork } from '../../../stores/address.ts';
import { setSeatItem, useSeatItem } from '../../../stores/seat.ts';
import { numberText } from '../../../text/values.ts';
import type { Look } from '../look/appearance.ts';
import { shapeOutline } from '../look/shapes.ts';
import type { Model } from '../model/model.ts';
import styles from './legend.module.css';
import { isLarge } from '../stage/Stage.ts';
import type { Scene } from '../stage/useScene.ts';
import type { MeasureState } from '../measures.ts';
import { legendParts, lookFieldName } from './legend-parts.ts';
import type { LegendSign } from './legend-parts.ts';
import { estimatesOf } from '../measures.ts';

const seatKey = 'network.legend';
/** Px between the legend and the edges of the network. */
const margin = 12;

interface LegendState {
  isShown: boolean;
  setShown: (isShown: boolean) => void;
}

/** Whether the legend is shown; in a narrow network only on request. */
export function useLegendShown(isNarrow: boolean): LegendState {
  const isSettingOn = useSeatItem(seatKey) !== false;
  const [isRequested, setRequested] = useState(false);
  const isShown = isNarrow ? isRequested : isSettingOn;
  return {
    isShown,
    setShown: (next) => (isNarrow ? setRequested(next) : setSeatItem(seatKey, next ? null : false)),
  };
}

export function LegendIcon({ sign }: { sign: LegendSign }) {
  if ('line' in sign) {
    const { token, width, dash } = sign.line;
    return (
      <svg width="32" height="8" aria-hidden>
        <path d="M0 4h32" stroke={`var(--${token})`} strokeWidth={width} strokeDasharray={dash?.join(' ')} />
      </svg>
    );
  }
  const { shape, token } = sign;
  const isHollow = shape === 'ring';
  const centreY = shape === 'up' ? 8 : shape === 'down' ? 6 : 7;
  const radius = isHollow ? 4 : 5;
  return (
    <svg width="32" height="14" aria-hidden>
      <path
        d={shapeOutline(shape, 16, centreY, radius)}
        fill={isHollow ? 'none' : `var(--${token})`}
        stroke={isHollow ? `var(--${token})` : 'none'}
        strokeWidth={2}
      />
    </svg>
  );
}

interface Props {
  scene: Scene;
  model: Model;
  look: Look;
  colour: string;
  size: string;
  measureState: MeasureState;
  /** Hidden entries as `part:entry`. */
  hidden: readonly string[];
  legend: LegendState;
}

export function Legend(props: Props) {
  const { scene, model, look, colour, size, measureState, hidden, legend } = props;
  const { isShown, setShown } = legend;
  const { t } = useTexts('network');
  const element = useRef<HTMLElement>(null);
  // Runs after each render, because the height of the legend depends on its entries.
  useEffect(() => {
    const { offsetWidth = 0, offsetHeight = 0 } = element.current ?? {};
    scene.stage.setLegend({ width: offsetWidth && offsetWidth + margin, height: offsetHeight + margin });
  });
  const toggle = (entry: string): void =>
    adjustNetwork({
      hidden: hidden.includes(entry) ? hidden.filter((other) => other !== entry) : [...hidden, entry],
    });
  if (!isShown)
    return (
      <Button
        className={styles.legendButton ?? ''}
        leftSection={<IconListDetails size={16} stroke={1.6} />}
        aria-label={t('legend.show')}
        onClick={() => setShown(true)}
      >
        {t('legend.title')}
      </Button>
    );
  const hasPlainLines = isLarge(model.nodes.size, model.edges.size);
  return (
    <section
      ref={element}
      className={`scroll-y tiny px-12 py-8 ${styles.legend} card on-panel`}
      aria-label={t('legend.title')}
    >
      <ActionIcon
        className={styles.legendHide ?? ''}
        size={22}
        aria-label={t('legend.hide')}
        title={t('legend.hide')}
        onClick={() => setShown(false)}
      >
        <IconX size={14} stroke={1.6} />
      </ActionIcon>
      {legendParts(model, look, colour).map(({ id, heading, entries }) => (
        <Fragment key={id}>
          <h2 className="tiny medium dim">{heading}</h2>
          <ul className="column">
            {entries.map(({ key: entry, sign, text, count }) => (
              <li key={entry}>
                <button
                  type="button"
                  className="bare pad-0 text-start"
                  aria-pressed={!hidden.includes(`${id}:${entry}`)}
                  title={`${text}\n${t(hidden.includes(`${id}:${entry}`) ? 'legend.showEntry' : 'legend.hideEntry')}`}
                  onClick={() => toggle(`${id}:${entry}`)}
                >
                  <LegendIcon sign={sign} />
                  <span className="cut">{text}</span>
                  <span className="num faint">{numberText(count)}</span>
                </button>
              </li>
            ))}
          </ul>
          {id === 'bonds' && hasPlainLines && <p>{t('legend.plain')}</p>}
        </Fragment>
      ))}
      <EstimateNotes measureState={measureState} fields={[colour, size]} />
    </section>
  );
}

interface EstimateProps {
  measureState: MeasureState;
  fields: readonly string[];
}

export function EstimateNotes({ measureState: { network }, fields }: EstimateProps) {
  const { t } = useTexts('network');
  return estimatesOf(network, fields).map(({ measure, sources, error }) => (
    <p key={measure} className="dim">
      {t('estimated', {
        measure: lookFieldName(measure),
        count: sources,
        error: Math.ceil(error * 1000) / 10,
      })}
    </p>
  ));
}

import { ActionIcon, Button } from '@mantine/core';
import { IconListDetails, IconX } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { keep, useKept } from '../../../stores/seat.ts';
import { numberText } from '../../../text/values.ts';
import { lines } from '../look/links.ts';
import { outline } from '../look/outline.ts';
import type { Shape } from '../look/shapes.ts';
import type { Look } from '../look/useLook.ts';
import type { Model } from '../model/model.ts';
import { isLarge } from '../stage/settings.ts';
import { legendParts } from './legend-parts.ts';

const key = 'network.legend';

function Line({
  token,
  width,
  dash,
}: {
  token: string;
  width: number;
  dash: readonly [number, number] | null;
}) {
  return (
    <svg width="32" height="8" aria-hidden>
      <line
        x1="0"
        y1="4"
        x2="32"
        y2="4"
        stroke={`var(--${token})`}
        strokeWidth={width}
        strokeDasharray={dash?.join(' ')}
      />
    </svg>
  );
}

function Sign({ shape, token }: { shape: Shape; token: string }) {
  const hollow = shape === 'ring';
  return (
    <svg width="32" height="14" aria-hidden>
      <path
        d={outline(shape, 16, shape === 'up' ? 8 : shape === 'down' ? 6 : 7, hollow ? 4 : 5)}
        fill={hollow ? 'none' : `var(--${token})`}
        stroke={hollow ? `var(--${token})` : 'none'}
        strokeWidth={2}
      />
    </svg>
  );
}

function Row({ sign, text, count }: { sign: ReactNode; text: string; count: number }) {
  return (
    <li>
      {sign}
      <span className="cut" title={text}>
        {text}
      </span>
      <span className="num">{numberText(count)}</span>
    </li>
  );
}

interface Props {
  model: Model;
  look: Look;
  colour: string;
  narrow: boolean;
}

/** What colours, forms and lines mean, with how many there are of each. */
export function Legend({ model, look, colour, narrow }: Props) {
  const { t } = useTranslation('network');
  const kept = useKept(key) !== false;
  // Where there is little room it lies over half of the picture: there it is shown on request only.
  const [asked, setAsked] = useState(false);
  const hidden = narrow ? !asked : !kept;
  const show = (shown: boolean): void => {
    if (narrow) setAsked(shown);
    else keep(key, shown ? null : false);
  };
  if (hidden)
    return (
      <Button
        className="network-legend-show"
        variant="default"
        leftSection={<IconListDetails size={16} stroke={1.6} />}
        aria-label={t('legend.show')}
        onClick={() => show(true)}
      >
        {t('legend.title')}
      </Button>
    );
  const plain = isLarge(model.nodes.size, model.edges.size);
  return (
    <section className="network-legend network-float" aria-label={t('legend.title')}>
      <ActionIcon
        className="network-legend-hide"
        size={22}
        aria-label={t('legend.hide')}
        title={t('legend.hide')}
        onClick={() => show(false)}
      >
        <IconX size={14} stroke={1.6} />
      </ActionIcon>
      {legendParts(model, look, colour).map(({ id, heading, entries }) => (
        <Fragment key={id}>
          <h2 title={id === 'lines' ? t('legend.linesTip') : undefined}>{heading}</h2>
          <ul>
            {entries.map(({ key: entry, sign, text, count }) => (
              <Row
                key={entry}
                sign={'line' in sign ? <Line {...lines[sign.line]} /> : <Sign {...sign} />}
                text={text}
                count={count}
              />
            ))}
          </ul>
          {id === 'lines' && plain && <p>{t('legend.plain')}</p>}
        </Fragment>
      ))}
    </section>
  );
}

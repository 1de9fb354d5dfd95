import { Button } from '@mantine/core';
import { IconPhotoOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NetworkView } from '#shared/address/network.ts';
import { listOf } from '#shared/address/view.ts';
import { go } from '../../stores/address.ts';
import { inSentence, typeNames } from '../../text/names.ts';

interface Props {
  view: NetworkView;
  /** The picture was there and is gone: it can be drawn again. */
  onAgain?: () => void;
}

/** Says that the picture cannot be drawn here, what still works, and how to go on. */
export function NoWebgl({ view: { types, filters }, onAgain }: Props) {
  const { t } = useTranslation('network');
  return (
    <div className="state network-missing" role="alert">
      <IconPhotoOff className="state-icon" size={28} stroke={1.4} />
      <h2>{t(onAgain ? 'noWebgl.lost' : 'noWebgl.title')}</h2>
      <p>{t(onAgain ? 'noWebgl.lostText' : 'noWebgl.text')}</p>
      {!onAgain && <p className="dim">{t('noWebgl.more')}</p>}
      <div className="network-missing-ways">
        {onAgain && <Button onClick={onAgain}>{t('noWebgl.again')}</Button>}
        {[...types, 'interface' as const].map((type) => (
          <Button
            key={type}
            variant="default"
            onClick={() =>
              go({
                ...listOf(type),
                filters: filters.filter((one) => one.type === type).map(({ filter }) => filter),
              })
            }
          >
            {t('noWebgl.open', { what: inSentence(typeNames(type)) })}
          </Button>
        ))}
      </div>
    </div>
  );
}

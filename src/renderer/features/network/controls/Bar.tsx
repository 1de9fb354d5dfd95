import { useTranslation } from 'react-i18next';
import type { NetworkView } from '#shared/address/network.ts';
import { run } from '../../../commands/registry.ts';
import { adjustNetwork } from '../../../stores/address.ts';
import { titleOr } from '../../../text/names.ts';
import type { Model } from '../model/model.ts';
import { AroundBar } from './AroundBar.tsx';
import { LayoutMenu } from './LayoutMenu.tsx';
import { LookMenu } from './LookMenu.tsx';

interface Props {
  view: NetworkView;
  model: Model;
  /** How many of what are shown, in words. */
  counts: string;
}

/** Lies over the top of the picture: around what it is, how it looks, how it is laid out, how much it shows. */
export function Bar({ view, model, counts }: Props) {
  const { t } = useTranslation('network');
  const middle = view.focus === '' ? undefined : model.nodes.get(view.focus);
  return (
    <div className="network-bar">
      <div className="network-bar-left">
        {view.focus !== '' && (
          <AroundBar
            title={middle ? titleOr(middle.title, middle.type) : '…'}
            depth={view.depth}
            onDepth={(depth) => adjustNetwork({ depth })}
            onLeave={() => run('network.whole')}
          />
        )}
        <LookMenu view={view} model={model} onChange={adjustNetwork} />
        <LayoutMenu layout={view.layout} />
      </div>
      <span className="network-counts network-float num">
        {model.matched > model.nodes.size
          ? t('cut', { shown: model.nodes.size, all: model.matched })
          : counts}
      </span>
    </div>
  );
}

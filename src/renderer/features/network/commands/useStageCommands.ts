import {
  IconArrowsMaximize,
  IconLasso,
  IconLinkPlus,
  IconPhotoDown,
  IconPlayerStop,
  IconRefresh,
  IconSearch,
  IconSquareDashed,
  IconTopologyStar3,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { networkLayouts } from '#shared/address/network.ts';
import type { Command } from '../../../commands/command.ts';
import { adjustNetwork, go } from '../../../stores/address.ts';
import { useMe, whyNothing } from '../../../stores/profile.ts';
import { inSentence } from '../../../text/names.ts';
import { select, useNetwork, useNetworkStore } from '../state.ts';
import type { Given } from './given.ts';

/** The commands of the picture as a whole. */
export function useStageCommands({ view, model, desk, focusSearch, save }: Given): readonly Command[] {
  const { t } = useTranslation('network');
  const store = useNetworkStore();
  const mode = useNetwork((network) => network.mode);
  const running = useNetwork((network) => network.running !== null);
  const why = whyNothing(useMe()) ?? undefined;
  return useMemo((): Command[] => {
    const there = desk !== null && model.nodes.size > 0;
    const view_ = (id: string, label: string, rest: Partial<Command> & Pick<Command, 'run'>): Command => ({
      id,
      group: 'view',
      label,
      ...rest,
    });
    return [
      view_('network.search', t('command.search'), {
        shortcut: 'mod+F',
        everywhere: true,
        icon: IconSearch,
        run: focusSearch,
      }),
      view_('network.zoomIn', t('command.zoomIn'), {
        shortcut: '+',
        local: true,
        menu: false,
        enabled: there,
        run: () => desk?.stage.eye.zoomBy(1 / 1.5),
      }),
      view_('network.zoomOut', t('command.zoomOut'), {
        shortcut: '-',
        local: true,
        menu: false,
        enabled: there,
        run: () => desk?.stage.eye.zoomBy(1.5),
      }),
      view_('network.fit', t('command.fit'), {
        shortcut: '0',
        local: true,
        icon: IconArrowsMaximize,
        enabled: there,
        run: () => desk?.stage.eye.fit(desk.director.outline),
      }),
      view_('network.selectAll', t('command.selectAll'), {
        group: 'edit',
        shortcut: 'mod+A',
        local: true,
        icon: IconSquareDashed,
        enabled: there,
        run: () => select(store, [...model.nodes.keys()]),
      }),
      view_('network.link', t('command.link'), {
        shortcut: 'L',
        local: true,
        icon: IconLinkPlus,
        checked: mode === 'link',
        enabled: there && why === undefined,
        why,
        run: () => store.setState({ mode: mode === 'link' ? 'move' : 'link' }),
      }),
      view_('network.lasso', t('command.lasso'), {
        shortcut: 'K',
        local: true,
        icon: IconLasso,
        checked: mode === 'lasso',
        enabled: there,
        run: () => store.setState({ mode: mode === 'lasso' ? 'move' : 'lasso' }),
      }),
      view_('network.whole', t('command.whole'), {
        icon: IconTopologyStar3,
        enabled: view.focus !== '',
        run: () => go({ ...view, focus: '', depth: 1 }),
      }),
      ...networkLayouts.map((layout) =>
        view_(`network.layout.${layout}`, `${t('arrange')}: ${inSentence(t(`layout.${layout}`))}`, {
          checked: view.layout === layout,
          run: () => adjustNetwork({ layout }),
        }),
      ),
      view_('network.arrange', t('command.arrange'), {
        icon: IconRefresh,
        enabled: there && !running,
        run: () => desk?.director.arrange(),
      }),
      view_('network.stop', t('command.stop'), {
        icon: IconPlayerStop,
        enabled: running,
        run: () => desk?.director.stop(),
      }),
      view_('network.references', t('command.references'), {
        checked: view.references,
        run: () => adjustNetwork({ references: !view.references }),
      }),
      view_('network.png', t('command.png'), {
        group: 'file',
        icon: IconPhotoDown,
        enabled: there,
        run: () => save('png'),
      }),
      view_('network.svg', t('command.svg'), {
        group: 'file',
        icon: IconPhotoDown,
        enabled: there,
        run: () => save('svg'),
      }),
    ];
  }, [t, store, view, model, desk, mode, running, why, focusSearch, save]);
}

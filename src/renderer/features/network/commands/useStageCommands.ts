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
import { networkLayouts } from '#shared/address/network.ts';
import type { NetworkView } from '#shared/address/network.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { useCommands } from '../../../commands/registry.ts';
import { commandFactory } from '../../../commands/command.ts';
import type { Command } from '../../../commands/command.ts';
import { adjustNetwork, navigate } from '../../../stores/address.ts';
import { useMe, writeRefusal } from '../../../stores/profile.ts';
import { inSentence } from '../../../text/names.ts';
import type { Model } from '../model/model.ts';
import type { Scene } from '../stage/useScene.ts';
import { selectNodes, useNetwork, useNetworkStore } from '../state.ts';

/** The functions stay identical between renders. */
export interface CommandContext {
  view: NetworkView;
  model: Model;
  scene: Scene | null;
  focusSearch: () => void;
  focusCanvas: () => void;
  save: (format: 'png' | 'svg') => Promise<void>;
}

const zoomStep = 1.5;

export function useStageCommands({ view, model, scene, focusSearch, save }: CommandContext): void {
  const { t } = useTexts('network');
  const store = useNetworkStore();
  const mode = useNetwork((network) => network.mode);
  const isRunning = useNetwork((network) => network.layoutProgress !== null);
  const refusal = writeRefusal(useMe()) ?? undefined;
  useCommands(() => {
    const enabled = scene !== null && model.nodes.size > 0;
    const viewCommand = commandFactory('view', 'network');
    const editCommand = commandFactory('edit', 'network');
    const fileCommand = commandFactory('file', 'network');
    const zoomCommand = (id: string, label: string, shortcut: string, factor: number): Command =>
      viewCommand(id, label, {
        shortcut,
        local: true,
        menu: false,
        enabled,
        run: () => scene?.stage.camera.zoomBy(factor),
      });
    const modeToggle = (target: 'link' | 'lasso') => ({
      local: true,
      checked: mode === target,
      run: () => store.setState({ mode: mode === target ? 'move' : target }),
    });
    const saveOptions = (format: 'png' | 'svg') => ({
      icon: IconPhotoDown,
      enabled,
      run: () => save(format),
    });
    return [
      viewCommand('search', t('search'), {
        shortcut: 'mod+F',
        everywhere: true,
        icon: IconSearch,
        run: focusSearch,
      }),
      zoomCommand('zoomIn', t('zoomIn'), '+', 1 / zoomStep),
      zoomCommand('zoomOut', t('zoomOut'), '-', zoomStep),
      viewCommand('fit', t('fit'), {
        shortcut: '0',
        local: true,
        icon: IconArrowsMaximize,
        enabled,
        run: () => scene?.layout.fit(),
      }),
      editCommand('selectAll', t('commands:record.pickAll'), {
        shortcut: 'mod+A',
        local: true,
        icon: IconSquareDashed,
        enabled,
        run: () => selectNodes(store, [...model.nodes.keys()]),
      }),
      viewCommand('link', t('mode.link'), {
        ...modeToggle('link'),
        shortcut: 'L',
        icon: IconLinkPlus,
        enabled: enabled && refusal === undefined,
        why: refusal,
      }),
      viewCommand('lasso', t('mode.lasso'), {
        ...modeToggle('lasso'),
        shortcut: 'K',
        icon: IconLasso,
        enabled,
      }),
      viewCommand('whole', t('whole'), {
        icon: IconTopologyStar3,
        enabled: view.focus !== '',
        run: () => navigate({ ...view, focus: '', depth: 1 }),
      }),
      ...networkLayouts.map((layout) =>
        viewCommand(`layout.${layout}`, `${t('arrange')}: ${inSentence(t(`layout.${layout}`))}`, {
          checked: view.layout === layout,
          run: () => adjustNetwork({ layout }),
        }),
      ),
      viewCommand('arrange', t('command.arrange'), {
        icon: IconRefresh,
        enabled: enabled && !isRunning,
        run: () => scene?.layout.arrange(),
      }),
      viewCommand('stop', t('stop'), {
        icon: IconPlayerStop,
        enabled: isRunning,
        run: () => scene?.layout.stop(),
      }),
      viewCommand('references', t('references'), {
        checked: view.references,
        run: () => adjustNetwork({ references: !view.references }),
      }),
      fileCommand('png', t('command.png'), saveOptions('png')),
      fileCommand('svg', t('molecule:picture'), saveOptions('svg')),
    ];
  }, [t, store, view, model, scene, mode, isRunning, refusal, focusSearch, save]);
}

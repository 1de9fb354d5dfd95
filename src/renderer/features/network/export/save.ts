import { useCallback } from 'react';
import type { FileContent } from '#shared/shell/files.ts';
import type { NetworkView } from '#shared/address/network.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { useWorkspace } from '../../../stores/profile.ts';
import { localDay } from '../../../text/local-day.ts';
import { titleOr } from '../../../text/names.ts';
import { saveMade } from '../../../ui/save-made.ts';
import type { Look } from '../look/appearance.ts';
import type { Model } from '../model/model.ts';
import type { Scene } from '../stage/useScene.ts';

/** In parts: a call takes only so many arguments. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

interface Options {
  view: NetworkView;
  colour: string;
  model: Model;
  look: Look;
  scene: Scene | null;
  counts: string;
}

/** Saves what is shown as a picture with heading and legend. The code that draws it is loaded only then. */
export function useSavePicture({ view, colour, model, look, scene, counts }: Options) {
  const { t } = useTexts('network');
  const workspace = useWorkspace().data?.name ?? t('compare:as.network');
  return useCallback(
    async (format: 'png' | 'svg'): Promise<void> => {
      if (!scene) return;
      const suggested = `frames-network-${localDay(new Date())}.${format}`;
      const make = async (): Promise<FileContent> => {
        const [{ pictureOf }, { pngOf, svgOf }] = await Promise.all([
          import('./picture.ts'),
          import('./svg.ts'),
        ]);
        const centre = view.focus === '' ? undefined : model.nodes.get(view.focus);
        const what = centre
          ? t('around', { title: titleOr(centre.title, centre.type) })
          : t('compare:as.network');
        const picture = pictureOf(scene.stage, model, look, { workspace, what, counts, colour });
        return format === 'png'
          ? { kind: 'bytes', base64: base64(await pngOf(picture)) }
          : { kind: 'text', text: svgOf(picture) };
      };
      await saveMade({ suggested, make, failed: t('exportFailed') });
    },
    [scene, model, look, colour, workspace, view.focus, t, counts],
  );
}

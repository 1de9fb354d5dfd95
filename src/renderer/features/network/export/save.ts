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
import type { Picture, Subject } from './picture.ts';

/** In chunks, because a call takes a limited number of arguments. */
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

/** Returns a function that exports the stage in the colours of `look`; null without a stage. Its code is loaded on use. */
export function useDrawPicture({ view, colour, model, scene, counts }: Omit<Options, 'look'>) {
  const { t } = useTexts('network');
  const workspace = useWorkspace().data?.name ?? t('compare:as.network');
  return useCallback(
    async (look: Look, words: Partial<Subject> = {}): Promise<Picture | null> => {
      if (!scene) return null;
      const { pictureOf } = await import('./picture.ts');
      const centre = view.focus === '' ? undefined : model.nodes.get(view.focus);
      const what = centre
        ? t('around', { title: titleOr(centre.title, centre.type) })
        : t('compare:as.network');
      return pictureOf(scene.stage, model, look, { workspace, what, counts, colour, ...words });
    },
    [scene, model, colour, workspace, view.focus, t, counts],
  );
}

export function useSavePicture({ look, ...options }: Options) {
  const { t } = useTexts('network');
  const draw = useDrawPicture(options);
  return useCallback(
    async (format: 'png' | 'svg'): Promise<void> => {
      const suggested = `frames-network-${localDay(new Date())}.${format}`;
      const picture = await draw(look);
      if (!picture) return;
      const make = async (): Promise<FileContent> => {
        const { pngOf, svgOf } = await import('./svg.ts');
        return format === 'png'
          ? { kind: 'bytes', base64: base64(await pngOf(picture)) }
          : { kind: 'text', text: svgOf(picture) };
      };
      await saveMade({ suggested, make, failed: t('exportFailed') });
    },
    [draw, look, t],
  );
}

import { useCallback } from 'react';
import type { FileContent } from '#shared/shell/files.ts';
import type { NetworkView } from '#shared/address/network.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { useWorkspace } from '../../../stores/profile.ts';
import { localDay } from '../../../text/local-day.ts';
import { displayTitle } from '../../../text/names.ts';
import { saveContent } from '../../../ui/save-content.ts';
import type { Look } from '../look/appearance.ts';
import type { Model } from '../model/model.ts';
import type { Scene } from '../stage/useScene.ts';
import type { Picture, PictureTexts } from './picture.ts';

/** Works in chunks, because a call takes a limited number of arguments. */
function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 0x8000)
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
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

/** Returns a function that exports the stage in the colours of `look`; null without a stage. Loads the code for exporting on use. */
export function useDrawPicture({ view, colour, model, scene, counts }: Omit<Options, 'look'>) {
  const { t } = useTexts('network');
  const workspace = useWorkspace().data?.name ?? t('compare:as.network');
  return useCallback(
    async (look: Look, texts: Partial<PictureTexts> = {}): Promise<Picture | null> => {
      if (!scene) return null;
      const { pictureOf } = await import('./picture.ts');
      const centre = view.focus === '' ? undefined : model.nodes.get(view.focus);
      const title = centre
        ? t('around', { title: displayTitle(centre.title, centre.type) })
        : t('compare:as.network');
      return pictureOf(scene.stage, model, look, { workspace, title, counts, colour, ...texts });
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
      const createContent = async (): Promise<FileContent> => {
        const { pngOf, svgOf } = await import('./svg.ts');
        return format === 'png'
          ? { kind: 'bytes', base64: encodeBase64(await pngOf(picture)) }
          : { kind: 'text', text: svgOf(picture) };
      };
      await saveContent({ suggested, createContent, failureTitle: t('exportFailed') });
    },
    [draw, look, t],
  );
}

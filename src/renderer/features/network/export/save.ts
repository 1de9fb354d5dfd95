import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileContent } from '#shared/shell/files.ts';
import type { NetworkView } from '#shared/address/network.ts';
import { shell } from '../../../api/shell.ts';
import { say } from '../../../i18n/setup.ts';
import { useWorkspace } from '../../../stores/profile.ts';
import { localDay } from '../../../text/local-day.ts';
import { titleOr } from '../../../text/names.ts';
import { notice, report } from '../../../ui/notices.tsx';
import type { Look } from '../look/look.ts';
import type { Model } from '../model/model.ts';
import type { Scene } from '../stage/useScene.ts';

/** In parts: a call takes only so many arguments. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

async function savePicture(format: 'png' | 'svg', make: () => Promise<FileContent>): Promise<void> {
  const suggested = `frames-network-${localDay(new Date())}.${format}`;
  const target = await shell.chooseSaveFile({ purpose: 'export', suggested });
  if (!target) return;
  const { grant, name } = target;
  try {
    if (!(await shell.saveFile({ grant, content: await make() }))) {
      notice({ tone: 'bad', title: say('network:exportFailed'), stays: 12_000 });
      return;
    }
    notice({
      title: say('network:exported', { name }),
      action: { label: say('network:reveal'), run: () => void shell.revealFile({ grant }).catch(report) },
      stays: 15_000,
    });
  } catch (error) {
    report(error);
  }
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
  const { t } = useTranslation('network');
  const workspace = useWorkspace().data?.name ?? t('title');
  return useCallback(
    async (format: 'png' | 'svg'): Promise<void> => {
      if (!scene) return;
      await savePicture(format, async () => {
        const [{ pictureOf }, { pngOf, svgOf }] = await Promise.all([
          import('./picture.ts'),
          import('./svg.ts'),
        ]);
        const centre = view.focus === '' ? undefined : model.nodes.get(view.focus);
        const what = centre ? t('around', { title: titleOr(centre.title, centre.type) }) : t('title');
        const picture = pictureOf(scene.stage, model, look, { workspace, what, counts, colour });
        return format === 'png'
          ? { kind: 'bytes', base64: base64(await pngOf(picture)) }
          : { kind: 'text', text: svgOf(picture) };
      });
    },
    [scene, model, look, colour, workspace, view.focus, t, counts],
  );
}

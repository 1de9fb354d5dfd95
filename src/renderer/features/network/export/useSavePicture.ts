import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../../stores/profile.ts';
import { titleOr } from '../../../text/names.ts';
import type { Showing } from '../useShowing.ts';
import { savePicture } from './save.ts';

interface Given extends Showing {
  /** How many of what are shown, in words. */
  counts: string;
}

/** Saves what is seen as a picture, with what it is and what its colours mean around it. What draws it is loaded only then. */
export function useSavePicture(given: Given): (ending: 'png' | 'svg') => Promise<void> {
  const { t } = useTranslation('network');
  const { view, pictured, model, look, desk, counts } = given;
  const workspace = useWorkspace().data?.name ?? t('title');
  return useCallback(
    async (ending) => {
      if (!desk) return;
      await savePicture(ending, async () => {
        const { pictureOf, surroundingsOf } = await import('./picture.ts');
        const inside = view.focus === '' ? undefined : model.nodes.get(view.focus);
        const what = inside ? t('around', { title: titleOr(inside.title, inside.type) }) : t('title');
        const around = surroundingsOf(model, look, { workspace, what, counts, colour: pictured.colour });
        if (ending === 'png') return (await import('./png.ts')).pngOf(desk.stage, around);
        const { svgOf } = await import('./svg.ts');
        return { kind: 'text', text: svgOf(pictureOf(desk.stage, model, look, around)) };
      });
    },
    [desk, model, look, pictured.colour, workspace, view.focus, t, counts],
  );
}

import { useCallback, useRef } from 'react';
import { usePrintPreparation } from '../../../stores/printing.ts';
import type { Picture } from './picture.ts';

/** Replaces the canvas in print: the network as a vector graphic. */
export function PrintedNetwork({ draw }: { draw: () => Promise<Picture | null> }) {
  const place = useRef<HTMLDivElement>(null);
  usePrintPreparation(
    useCallback(async () => {
      const picture = await draw();
      if (!picture) return place.current?.replaceChildren();
      const { svgOf } = await import('./svg.ts');
      const svg = new DOMParser().parseFromString(svgOf(picture), 'image/svg+xml').documentElement;
      place.current?.replaceChildren(document.importNode(svg, true));
    }, [draw]),
  );
  return <div ref={place} className="print-picture" />;
}

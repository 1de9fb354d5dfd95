import { say } from '../../i18n/setup.ts';
import { dayText } from '../../text/formats.ts';
import { localDay } from '../../text/local-day.ts';
import { saveMade } from '../../ui/save-made.ts';
import { lines } from '../network/look/links.ts';
import type { Palette } from '../network/look/appearance.ts';
import { losses } from './Foot.tsx';
import { pointAt } from './camera.ts';

const width = 1200;
const styling = ['class', 'role', 'tabindex', 'aria-label', 'aria-pressed', 'aria-describedby', 'style'];

function element(name: string, attributes: Readonly<Record<string, string | number>>, text = ''): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.textContent = text;
  return made;
}

/** Title and legend of the picture, for a width of `width`. */
function captions(title: string, palette: Palette): SVGElement[] {
  const fill = palette('text');
  const legend = losses.flatMap((band, at) => {
    const { token, width: stroke, dash } = lines[band];
    const y = 62 + at * 20;
    const pattern = dash ? { 'stroke-dasharray': dash.join(' ') } : {};
    return [
      element('path', { d: `M20 ${y}h30`, stroke: palette(token), 'stroke-width': stroke, ...pattern }),
      element('text', { x: 60, y: y + 4, 'font-size': 12, fill }, say(`network:legend.line.${band}`)),
    ];
  });
  const heading = `${title} · ${dayText(Date.now())}`;
  return [element('text', { x: 20, y: 34, 'font-size': 16, 'font-weight': 600, fill }, heading), ...legend];
}

/** The visible drawing as self-contained SVG, without animation and editing aids. */
function svgText(drawing: SVGSVGElement, title: string, palette: Palette): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  for (const aid of copy.querySelectorAll('[data-aid]')) aid.remove();
  for (const part of [copy, ...copy.querySelectorAll('*')])
    for (const name of styling) part.removeAttribute(name);
  const seen = drawing.getBoundingClientRect();
  const corner = pointAt(drawing, { clientX: seen.left, clientY: seen.top });
  const end = pointAt(drawing, { clientX: seen.right, clientY: seen.bottom });
  const size = { width: end.x - corner.x, height: end.y - corner.y };
  const unit = size.width / width;
  const above = element('g', { transform: `translate(${corner.x} ${corner.y}) scale(${unit})` });
  above.append(...captions(title, palette));
  copy.prepend(
    element('title', {}, title),
    element('rect', { x: corner.x, y: corner.y, ...size, fill: palette('canvas') }),
  );
  copy.append(above);
  copy.setAttribute('viewBox', `${corner.x} ${corner.y} ${size.width} ${size.height}`);
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(Math.round(size.height / unit)));
  copy.setAttribute('font-family', "'Inter Variable', Inter, system-ui, sans-serif");
  return new XMLSerializer().serializeToString(copy);
}

export function savePicture(drawing: SVGSVGElement, title: string, palette: Palette): Promise<void> {
  return saveMade({
    suggested: `frames-molecule-${localDay(new Date())}.svg`,
    make: () => Promise.resolve({ kind: 'text', text: svgText(drawing, title, palette) }),
    failed: say('network:exportFailed'),
  });
}

import { say } from '../../i18n/setup.ts';
import { localDay } from '../../text/local-day.ts';
import { saveMade } from '../../ui/save-made.ts';

const size = 1200;

/** The drawing as an SVG file that needs no style sheet: all of it, without what only moves or helps to draw. */
function svgText(drawing: SVGSVGElement, title: string, ground: string): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  for (const aid of copy.querySelectorAll('[data-aid]')) aid.remove();
  for (const part of [copy, ...copy.querySelectorAll('*')])
    for (const name of [
      'class',
      'role',
      'tabindex',
      'aria-label',
      'aria-pressed',
      'aria-describedby',
      'style',
    ])
      part.removeAttribute(name);
  const [x = 0, y = 0, width = 1, height = 1] = (copy.getAttribute('viewBox') ?? '').split(' ').map(Number);
  const name = document.createElementNS('http://www.w3.org/2000/svg', 'title');
  name.textContent = title;
  const rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  const sides = { x, y, width, height, fill: ground };
  for (const [side, value] of Object.entries(sides)) rect.setAttribute(side, String(value));
  copy.prepend(name, rect);
  copy.setAttribute('width', String(size));
  copy.setAttribute('height', String(Math.round((size * height) / width)));
  copy.setAttribute('font-family', "'Inter Variable', Inter, system-ui, sans-serif");
  return new XMLSerializer().serializeToString(copy);
}

/** Saves the drawing as it is seen. */
export function savePicture(drawing: SVGSVGElement, title: string): Promise<void> {
  const ground = getComputedStyle(document.documentElement).getPropertyValue('--canvas').trim();
  return saveMade({
    suggested: `frames-molecule-${localDay(new Date())}.svg`,
    make: () => Promise.resolve({ kind: 'text', text: svgText(drawing, title, ground) }),
    failed: say('molecule:pictureFailed'),
  });
}

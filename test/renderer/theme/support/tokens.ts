import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The tokens of one theme: name without dashes to what stands in theme/tokens.css. */
export type Tokens = Readonly<Record<string, string>>;

const file = join(import.meta.dirname, '../../../../src/renderer/theme/tokens.css');

function block(css: string, selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`);
  if (start < 0) throw new Error(`tokens.css has no ${selector}`);
  const body = css.slice(css.indexOf('{', start) + 1, css.indexOf('\n}', start));
  const found: Record<string, string> = {};
  for (const [, name = '', value = ''] of body.matchAll(/--([\w-]+):\s*([^;]+);/g))
    found[name] = value.trim();
  return found;
}

/** What the window paints with, by theme. Dark says only what differs. */
export function readTokens(): { light: Tokens; dark: Tokens } {
  const css = readFileSync(file, 'utf8');
  const light = block(css, ':root');
  return { light, dark: { ...light, ...block(css, "[data-mantine-color-scheme='dark']") } };
}

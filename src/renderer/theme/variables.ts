import type { CSSVariablesResolver } from '@mantine/core';

const scheme: Record<string, string> = {
  '--mantine-color-body': 'var(--bg)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-bright': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-2)',
  '--mantine-color-placeholder': 'var(--text-3)',
  '--mantine-color-anchor': 'var(--accent-text)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-success': 'var(--ok)',
  '--mantine-color-default': 'var(--bg)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-disabled': 'var(--bg-sunken)',
  '--mantine-color-disabled-color': 'var(--text-3)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  ...shades('accent', { filled: 'accent', light: 'accent-bg', text: 'accent-text', hover: 'accent-hover' }),
  ...shades('red', { filled: 'bad', light: 'bad-bg', text: 'bad', hover: 'bad' }),
  ...shades('gray', { filled: 'text-2', light: 'hover', text: 'text', hover: 'text' }),
};

type Shade = 'filled' | 'light' | 'text' | 'hover';

/** Mantine's variables of a colour, from the tokens of its shades. */
function shades(name: string, { filled, light, text, hover }: Record<Shade, string>): Record<string, string> {
  const color = `--mantine-color-${name}`;
  return {
    [`${color}-text`]: `var(--${text})`,
    [`${color}-filled`]: `var(--${filled})`,
    [`${color}-filled-hover`]: `var(--${hover})`,
    [`${color}-light`]: `var(--${light})`,
    [`${color}-light-hover`]: `var(--hover)`,
    [`${color}-light-color`]: `var(--${text})`,
    [`${color}-outline`]: `var(--${filled})`,
    [`${color}-outline-hover`]: `var(--${light})`,
  };
}

export const tokensAsVariables: CSSVariablesResolver = () => ({ variables: {}, light: scheme, dark: scheme });

import {
  ActionIcon,
  Button,
  Checkbox,
  createTheme,
  defaultVariantColorsResolver,
  Loader,
  Menu,
  Modal,
  Popover,
  Tooltip,
} from '@mantine/core';
import type { MantineColorsTuple, MantineThemeOverride } from '@mantine/core';
import { say } from '../i18n/setup.ts';

/**
 * Marks the first enabled entry of a menu for initial focus. Otherwise a disabled first entry would leave the focus on the button, and no
 * key would reach the menu.
 */
function focusFirstEntry(menu: HTMLElement | null): void {
  menu?.querySelector('[data-menu-item]:not(:disabled)')?.setAttribute('data-autofocus', '');
}

const accent: MantineColorsTuple = [
  '#eceefd',
  '#dcdffb',
  '#bac0f6',
  '#a9b1ff',
  '#8d98ff',
  '#5f6be6',
  '#4450d8',
  '#3944bd',
  '#3540b4',
  '#24284a',
];

const motion = { duration: 140, timingFunction: 'ease-out' };

const baseTheme = createTheme({
  primaryColor: 'accent',
  colors: { accent },
  primaryShade: { light: 6, dark: 4 },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  fontWeights: { regular: '400', medium: '500', bold: '600' },
  lineHeights: { xs: '1.45', sm: '1.45', md: '1.45', lg: '1.45', xl: '1.3' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  shadows: { xs: 'none', sm: 'var(--shadow)', md: 'var(--shadow)', lg: 'var(--shadow)', xl: 'var(--shadow)' },
  headings: { fontFamily: 'var(--font)', fontWeight: '600' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    return input.variant === 'filled' ? { ...colors, color: 'var(--on-accent)' } : colors;
  },
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 28 } }),
    // The main action of a view or dialog is `filled`.
    Button: Button.extend({ defaultProps: { variant: 'default', size: 'sm' } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs' } }),
    Loader: Loader.extend({ defaultProps: { size: 'xs' } }),
    Menu: Menu.extend({
      defaultProps: {
        shadow: 'md',
        transitionProps: motion,
        position: 'bottom-start',
        // The placeholder is neither a menu item nor ignored by screen readers.
        withInitialFocusPlaceholder: false,
      },
    }),
    MenuDropdown: Menu.Dropdown.extend({ defaultProps: { ref: focusFirstEntry } }),
    Popover: Popover.extend({ defaultProps: { shadow: 'md', transitionProps: motion } }),
    // Without `extend`, which would load the component before it is used.
    Radio: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { allowDeselect: false } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 400,
        transitionProps: motion,
        events: { hover: true, focus: true, touch: false },
      },
    }),
  },
});

/** Mantine's theme with our fonts, sizes and motion; colours come from the tokens (variables.ts), its few texts from the language. */
export function themeFor(language: string): MantineThemeOverride {
  const close = say('common:close', { lng: language });
  const reveal = say('common:reveal', { lng: language });
  return {
    ...baseTheme,
    components: {
      ...baseTheme.components,
      Modal: Modal.extend({
        defaultProps: {
          centered: true,
          transitionProps: motion,
          overlayProps: { backgroundOpacity: 0.35 },
          closeButtonProps: { 'aria-label': close },
        },
      }),
      PasswordInput: { defaultProps: { visibilityToggleButtonProps: { 'aria-label': reveal } } },
    },
  };
}

/**
 * Marks the first enabled entry of a menu for initial focus. Otherwise a disabled first entry would leave the focus on the button, and no
 * key would reach the menu.
 */
export function startAtFirst(menu: HTMLElement | null): void {
  menu?.querySelector('[data-menu-item]:not(:disabled)')?.setAttribute('data-autofocus', '');
}

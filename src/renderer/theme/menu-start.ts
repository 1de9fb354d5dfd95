/**
 * Marks the first entry of a menu that can be chosen, so that it gets the focus when the menu opens. Without it the focus would go to
 * the first entry whatever it is, and stay on the button where that one is off: no key would reach the menu.
 */
export function startAtFirst(menu: HTMLElement | null): void {
  menu?.querySelector('[data-menu-item]:not(:disabled)')?.setAttribute('data-autofocus', '');
}

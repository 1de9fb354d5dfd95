import type { MenuItem, Menus } from '#shared/shell/menu.ts';
import { firstMenu } from './menu-template.ts';

/** The native menu, which is that of the page that is there. */
export interface PageMenu {
  /** Shows what the page offers. */
  publish(model: Menus): void;
  /** The page is gone, or about to go: until the next one publishes, nothing of what it offered can be chosen. */
  withdraw(): void;
  /** Shows the same again, as in another language of the shell. */
  renew(): void;
}

export function createPageMenu(show: (model: Menus) => void): PageMenu {
  let model = firstMenu();
  const renew = (): void => show(model);
  const put = (next: Menus): void => {
    model = next;
    renew();
  };
  renew();
  return {
    publish: put,
    withdraw: () =>
      put({ menus: model.menus.map((menu) => ({ ...menu, items: menu.items.map(impossible) })) }),
    renew,
  };
}

function impossible<T extends MenuItem>(item: T): T {
  if (item.kind === 'command') return { ...item, enabled: false };
  return item.kind === 'submenu' ? { ...item, items: item.items.map(impossible) } : item;
}

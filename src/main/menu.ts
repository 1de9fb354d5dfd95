import { Menu } from 'electron';
import type { Menus } from '#shared/shell/menu.ts';
import { menuTemplate } from './menu-template.ts';
import type { OnCommand } from './menu-template.ts';

/** Throws if an accelerator is invalid. */
export function showMenu(model: Menus, onCommand: OnCommand): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(model, onCommand)));
}

import { Menu } from 'electron';
import { type MenuModel, menuModel } from '#shared/shell/menu.ts';
import { menuTemplate } from './menu-template.ts';

/** Builds the native menu from what the window published. Throws when an accelerator is none. */
export function showMenu(model: MenuModel, onCommand: (id: string) => void): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(menuModel.parse(model), onCommand)));
}

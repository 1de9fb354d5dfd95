import { z } from 'zod';

const label = z.string().min(1).max(100);

/**
 * Commands that the system implements. Undo and redo are not among them. In a text field, the window implements those two with
 * `document.execCommand`.
 */
export const menuRoles = [
  'about',
  'close',
  'copy',
  'cut',
  'delete',
  'front',
  'hide',
  'hideOthers',
  'minimize',
  'paste',
  'quit',
  'resetZoom',
  'selectAll',
  'services',
  'toggleDevTools',
  'togglefullscreen',
  'unhide',
  'zoom',
  'zoomIn',
  'zoomOut',
] as const;
export type MenuRole = (typeof menuRoles)[number];

/** A command of the window's registry. Choosing it sends a `command` event with its id. */
const menuCommand = z.object({
  kind: z.literal('command'),
  id: z.string().min(1).max(100),
  label,
  /** In Electron's notation: `CmdOrCtrl+Shift+Z`. Only displayed: the window handles the keys, so that each key works once. */
  accelerator: z.string().max(60).optional(),
  enabled: z.boolean().default(true),
  checked: z.boolean().optional(),
});

const menuEntry = z.discriminatedUnion('kind', [
  menuCommand,
  z.object({ kind: z.literal('separator') }),
  /** Without a label the system's own text is shown. */
  z.object({ kind: z.literal('role'), role: z.enum(menuRoles), label: label.optional() }),
]);

const submenu = z.object({ kind: z.literal('submenu'), label, items: z.array(menuEntry).max(50) });

export const menuModel = z.object({
  menus: z
    .array(
      z.object({
        id: z.string().min(1).max(40),
        label,
        items: z.array(z.union([menuEntry, submenu])).max(60),
      }),
    )
    .max(12),
});
export type MenuModel = z.input<typeof menuModel>;
export type Menus = z.output<typeof menuModel>;
export type MenuItem = Menus['menus'][number]['items'][number];

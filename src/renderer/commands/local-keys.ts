import { say } from '../i18n/setup.ts';
import { isMac } from './keys.ts';

export interface LocalKey {
  /** Shortcuts such as `mod+ArrowUp`, or a gesture in words (a drag, a click). */
  keys: readonly string[];
  label: string;
}

export interface LocalKeys {
  id: string;
  title: string;
  keys: readonly LocalKey[];
}

const listKeys = (): LocalKeys => ({
  id: 'lists',
  title: say('shortcuts:lists.title'),
  keys: [
    { keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'], label: say('shortcuts:lists.move') },
    { keys: ['mod+ArrowUp', 'mod+ArrowDown'], label: say('shortcuts:lists.edge') },
    { keys: ['Home', 'End'], label: say('shortcuts:lists.row') },
    { keys: ['PageUp', 'PageDown'], label: say('shortcuts:lists.page') },
    { keys: ['shift+ArrowUp', 'shift+ArrowDown'], label: say('shortcuts:lists.extend') },
    { keys: ['Space'], label: say('shortcuts:lists.pick') },
    { keys: ['mod+ArrowUp', 'mod+ArrowDown'], label: say('shortcuts:lists.keep') },
    { keys: ['shift+Space'], label: say('shortcuts:lists.pickRows') },
    { keys: ['mod+A'], label: say('commands:record.pickAll') },
    { keys: ['Enter'], label: say('commands:record.openAlone') },
    { keys: ['shift+Enter'], label: say('commands:record.open') },
    { keys: ['F2'], label: say('commands:record.edit') },
    { keys: [say('shortcuts:lists.typeKeys')], label: say('shortcuts:lists.type') },
    { keys: ['Backspace'], label: say('commands:record.emptyCells') },
    { keys: ['mod+D'], label: say('commands:record.fillDown') },
    { keys: ['mod+C'], label: say('shortcuts:lists.copy') },
    { keys: ['mod+V'], label: say('shortcuts:lists.paste') },
    { keys: ['Delete'], label: say('shortcuts:lists.remove') },
    { keys: ['mod+Delete', 'mod+Backspace'], label: say('shortcuts:lists.removeRecords') },
    { keys: ['Escape'], label: say('shortcuts:lists.cancel') },
    { keys: ['mod+F'], label: say('commands:list.search') },
    { keys: ['mod+shift+F'], label: say('commands:list.filter') },
    { keys: ['mod+N'], label: say('shortcuts:lists.new') },
  ],
});

const fieldKeys = (): LocalKeys => ({
  id: 'fields',
  title: say('shortcuts:fields.title'),
  keys: [
    { keys: ['Enter'], label: say('shortcuts:fields.save') },
    { keys: ['mod+Enter'], label: say('shortcuts:fields.submit') },
    { keys: ['mod+shift+Enter'], label: say('shortcuts:fields.another') },
    { keys: ['Escape'], label: say('shortcuts:fields.cancel') },
    { keys: ['mod+Z'], label: say('shortcuts:fields.undo') },
  ],
});

const tabKeys = (): LocalKeys => ({
  id: 'tabs',
  title: say('shortcuts:tabs.title'),
  keys: [
    { keys: ['ArrowLeft', 'ArrowRight', 'Home', 'End'], label: say('shortcuts:tabs.move') },
    { keys: ['Enter'], label: say('shortcuts:tabs.show') },
    { keys: ['Delete'], label: say('tabs:close') },
    { keys: ['shift+F10'], label: say('shortcuts:tabs.menu') },
    {
      keys: [say(isMac ? 'shortcuts:tabs.backgroundKeysMac' : 'shortcuts:tabs.backgroundKeys')],
      label: say('shortcuts:tabs.background'),
    },
    { keys: ['mod+1', 'mod+9'], label: say('shortcuts:nth') },
  ],
});

const networkKeys = (): LocalKeys => ({
  id: 'network',
  title: say('shortcuts:network.title'),
  keys: [
    { keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'], label: say('shortcuts:network.move') },
    { keys: ['shift+ArrowUp', 'shift+ArrowLeft'], label: say('shortcuts:network.pan') },
    { keys: ['PageDown', 'PageUp'], label: say('shortcuts:network.around') },
    { keys: ['Home'], label: say('shortcuts:network.most') },
    { keys: ['Space'], label: say('shortcuts:lists.pick') },
    { keys: ['mod+A'], label: say('commands:record.pickAll') },
    { keys: ['Enter'], label: say('network:command.open') },
    { keys: ['L'], label: say('network:mode.link') },
    { keys: ['K'], label: say('network:mode.lasso') },
    { keys: ['Plus', 'Minus'], label: say('shortcuts:network.zoom') },
    { keys: ['0'], label: say('network:fit') },
    { keys: ['Delete'], label: say('shortcuts:network.remove') },
    { keys: ['Escape'], label: say('shortcuts:network.clear') },
  ],
});

const matrixKeys = (): LocalKeys => ({
  id: 'matrix',
  title: say('shortcuts:matrix.title'),
  keys: [
    { keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'], label: say('shortcuts:matrix.move') },
    { keys: ['Home', 'End'], label: say('shortcuts:matrix.ends') },
    { keys: ['mod+Home', 'mod+End'], label: say('shortcuts:matrix.corners') },
    { keys: ['PageUp', 'PageDown'], label: say('shortcuts:lists.page') },
    { keys: ['Enter'], label: say('shortcuts:matrix.open') },
    { keys: ['Escape'], label: say('shortcuts:matrix.close') },
  ],
});

const moleculeKeys = (): LocalKeys => ({
  id: 'molecule',
  title: say('shortcuts:molecule.title'),
  keys: [
    { keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'], label: say('shortcuts:network.move') },
    { keys: ['Enter'], label: say('network:command.open') },
    { keys: ['Escape'], label: say('shortcuts:molecule.close') },
    { keys: ['Plus', 'Minus'], label: say('shortcuts:network.zoom') },
    { keys: ['0'], label: say('network:fit') },
    { keys: [say('shortcuts:molecule.dragKeys')], label: say('network:mode.link') },
  ],
});

const pastKeys = (): LocalKeys => ({
  id: 'past',
  title: say('shortcuts:past.title'),
  keys: [
    { keys: ['ArrowLeft', 'ArrowRight'], label: say('shortcuts:past.move') },
    { keys: ['PageUp', 'PageDown'], label: say('shortcuts:past.page') },
    { keys: ['Home', 'End'], label: say('shortcuts:past.ends') },
  ],
});

const historyKeys = (): LocalKeys => ({
  id: 'history',
  title: say('shortcuts:history.title'),
  keys: [
    { keys: ['ArrowUp', 'ArrowDown'], label: say('shortcuts:history.move') },
    { keys: ['Home', 'End'], label: say('shortcuts:history.ends') },
    { keys: ['Escape'], label: say('shortcuts:history.close') },
  ],
});

/** Keys that are not commands of the registry. Features with keys of their own add them to this list. */
export const localKeys: readonly (() => LocalKeys)[] = [
  listKeys,
  fieldKeys,
  networkKeys,
  matrixKeys,
  moleculeKeys,
  historyKeys,
  pastKeys,
  tabKeys,
];

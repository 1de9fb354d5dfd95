import { say } from '../i18n/setup.ts';
import { isMac } from './keys.ts';

/** A key that is heard only where it applies, and what it does. */
export interface LocalKey {
  /** Shortcuts that all do it, as `mod+ArrowUp`; one that is no key stands in words. */
  keys: readonly string[];
  label: string;
}

/** Keys of one part of the window. */
export interface LocalKeys {
  id: string;
  title: string;
  keys: readonly LocalKey[];
}

const lists = (): LocalKeys => ({
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
    { keys: ['mod+A'], label: say('shortcuts:lists.all') },
    { keys: ['Enter'], label: say('shortcuts:lists.open') },
    { keys: ['shift+Enter'], label: say('shortcuts:lists.beside') },
    { keys: ['F2'], label: say('shortcuts:lists.edit') },
    { keys: [say('shortcuts:lists.typeKeys')], label: say('shortcuts:lists.type') },
    { keys: ['Backspace'], label: say('shortcuts:lists.empty') },
    { keys: ['mod+D'], label: say('shortcuts:lists.fill') },
    { keys: ['mod+C'], label: say('shortcuts:lists.copy') },
    { keys: ['mod+V'], label: say('shortcuts:lists.paste') },
    { keys: ['Delete'], label: say('shortcuts:lists.remove') },
    { keys: ['mod+Delete', 'mod+Backspace'], label: say('shortcuts:lists.removeRecords') },
    { keys: ['Escape'], label: say('shortcuts:lists.cancel') },
    { keys: ['mod+F'], label: say('shortcuts:lists.search') },
    { keys: ['mod+shift+F'], label: say('shortcuts:lists.filter') },
    { keys: ['mod+N'], label: say('shortcuts:lists.new') },
  ],
});

const fields = (): LocalKeys => ({
  id: 'fields',
  title: say('shortcuts:fields.title'),
  keys: [
    { keys: ['Enter'], label: say('shortcuts:fields.save') },
    { keys: ['mod+Enter'], label: say('shortcuts:fields.submit') },
    { keys: ['Escape'], label: say('shortcuts:fields.cancel') },
    { keys: ['mod+Z'], label: say('shortcuts:fields.undo') },
  ],
});

const tabs = (): LocalKeys => ({
  id: 'tabs',
  title: say('shortcuts:tabs.title'),
  keys: [
    { keys: ['ArrowLeft', 'ArrowRight', 'Home', 'End'], label: say('shortcuts:tabs.move') },
    { keys: ['Enter'], label: say('shortcuts:tabs.show') },
    { keys: ['Delete'], label: say('shortcuts:tabs.close') },
    { keys: ['shift+F10'], label: say('shortcuts:tabs.menu') },
    {
      keys: [say(isMac ? 'shortcuts:tabs.backgroundKeysMac' : 'shortcuts:tabs.backgroundKeys')],
      label: say('shortcuts:tabs.background'),
    },
    { keys: ['mod+1', 'mod+9'], label: say('shortcuts:nth') },
  ],
});

const network = (): LocalKeys => ({
  id: 'network',
  title: say('shortcuts:network.title'),
  keys: [
    { keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'], label: say('shortcuts:network.move') },
    { keys: ['shift+ArrowUp', 'shift+ArrowLeft'], label: say('shortcuts:network.pan') },
    { keys: ['PageDown', 'PageUp'], label: say('shortcuts:network.around') },
    { keys: ['Home'], label: say('shortcuts:network.most') },
    { keys: ['Space'], label: say('shortcuts:network.select') },
    { keys: ['mod+A'], label: say('shortcuts:network.all') },
    { keys: ['Enter'], label: say('shortcuts:network.open') },
    { keys: ['L'], label: say('shortcuts:network.link') },
    { keys: ['K'], label: say('shortcuts:network.lasso') },
    { keys: ['Plus', 'Minus'], label: say('shortcuts:network.zoom') },
    { keys: ['0'], label: say('shortcuts:network.fit') },
    { keys: ['Delete'], label: say('shortcuts:network.remove') },
    { keys: ['Escape'], label: say('shortcuts:network.clear') },
  ],
});

const matrix = (): LocalKeys => ({
  id: 'matrix',
  title: say('shortcuts:matrix.title'),
  keys: [
    { keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'], label: say('shortcuts:matrix.move') },
    { keys: ['Home', 'End'], label: say('shortcuts:matrix.ends') },
    { keys: ['mod+Home', 'mod+End'], label: say('shortcuts:matrix.corners') },
    { keys: ['PageUp', 'PageDown'], label: say('shortcuts:matrix.page') },
    { keys: ['Enter'], label: say('shortcuts:matrix.open') },
    { keys: ['Escape'], label: say('shortcuts:matrix.close') },
  ],
});

const molecule = (): LocalKeys => ({
  id: 'molecule',
  title: say('shortcuts:molecule.title'),
  keys: [
    { keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'], label: say('shortcuts:molecule.move') },
    { keys: ['Enter'], label: say('shortcuts:molecule.open') },
    { keys: ['Escape'], label: say('shortcuts:molecule.close') },
    { keys: ['Plus', 'Minus'], label: say('shortcuts:molecule.zoom') },
    { keys: ['0'], label: say('shortcuts:molecule.fit') },
    { keys: [say('shortcuts:molecule.dragKeys')], label: say('shortcuts:molecule.link') },
  ],
});

const past = (): LocalKeys => ({
  id: 'past',
  title: say('shortcuts:past.title'),
  keys: [
    { keys: ['ArrowLeft', 'ArrowRight'], label: say('shortcuts:past.move') },
    { keys: ['PageUp', 'PageDown'], label: say('shortcuts:past.page') },
    { keys: ['Home', 'End'], label: say('shortcuts:past.ends') },
  ],
});

const history = (): LocalKeys => ({
  id: 'history',
  title: say('shortcuts:history.title'),
  keys: [
    { keys: ['ArrowUp', 'ArrowDown'], label: say('shortcuts:history.move') },
    { keys: ['Home', 'End'], label: say('shortcuts:history.ends') },
    { keys: ['Escape'], label: say('shortcuts:history.close') },
  ],
});

/** Keys that are no commands of the registry, part by part. A feature that hears keys of its own adds them here. */
export const localKeys: readonly (() => LocalKeys)[] = [
  lists,
  fields,
  network,
  matrix,
  molecule,
  history,
  past,
  tabs,
];

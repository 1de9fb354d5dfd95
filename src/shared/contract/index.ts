import { watch } from './events.ts';
import * as entities from './entities.ts';
import * as history from './history.ts';
import * as transfer from './transfer.ts';
import * as workspace from './workspace.ts';

/**
 * Every operation of FRAMES, declared once. The data process's router, the window's client and the commands come from
 * this object; adding an operation means adding it here, and the compiler names what is missing.
 */
export const contract = {
  workspace: {
    info: workspace.info,
    profiles: workspace.profiles,
    createProfile: workspace.createProfile,
    actAs: workspace.actAs,
    verify: workspace.verify,
  },
  entities: {
    list: entities.list,
    get: entities.get,
    find: entities.find,
    counts: entities.counts,
    values: entities.values,
    lookup: entities.lookup,
    links: entities.links,
    create: entities.create,
    update: entities.update,
    previewRemoval: entities.previewRemoval,
    remove: entities.remove,
    restore: entities.restore,
  },
  history: {
    list: history.list,
    changes: history.changes,
    ofRecord: history.ofRecord,
    state: history.state,
    undo: history.undo,
    redo: history.redo,
  },
  transfer: { preview: transfer.preview, importFile: transfer.importFile, exportFile: transfer.exportFile },
  events: { watch },
};

export type Contract = typeof contract;

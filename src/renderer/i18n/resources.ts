import audit from './en/audit.ts';
import commands from './en/commands.ts';
import common from './en/common.ts';
import faults from './en/faults.ts';
import frame from './en/frame.ts';
import grid from './en/grid.ts';
import history from './en/history.ts';
import home from './en/home.ts';
import panel from './en/panel.ts';
import profiles from './en/profiles.ts';
import records from './en/records.ts';
import transfer from './en/transfer.ts';

/** The text catalogue: one namespace a feature. A key is written `namespace:path.to.text`. */
export const english = {
  audit,
  commands,
  common,
  faults,
  frame,
  grid,
  history,
  home,
  panel,
  profiles,
  records,
  transfer,
} as const;

export type Catalogue = typeof english;

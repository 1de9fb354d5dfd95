import about from './en/about.ts';
import administration from './en/administration.ts';
import audit from '#shared/texts/en/labels.ts';
import backups from './en/backups.ts';
import care from './en/care.ts';
import jobs from './en/jobs.ts';
import languageModels from './en/languageModels.ts';
import people from './en/people.ts';
import commands from './en/commands.ts';
import common from './en/common.ts';
import compare from './en/compare.ts';
import confirm from './en/confirm.ts';
import contacts from './en/contacts.ts';
import reasons from '#shared/texts/en/reasons.ts';
import dashboard from './en/dashboard.ts';
import structure from './en/structure.ts';
import faults from '#shared/texts/en/faults.ts';
import frame from './en/frame.ts';
import golden from './en/golden.ts';
import grid from './en/grid.ts';
import help from './en/help.ts';
import history from './en/history.ts';
import home from './en/home.ts';
import insights from './en/insights.ts';
import keywords from './en/keywords.ts';
import matrix from './en/matrix.ts';
import merge from './en/merge.ts';
import whatif from './en/whatif.ts';
import molecule from './en/molecule.ts';
import models from './en/models.ts';
import network from './en/network.ts';
import notes from './en/notes.ts';
import notices from './en/notices.ts';
import own from './en/own.ts';
import panel from './en/panel.ts';
import past from './en/past.ts';
import play from './en/play.ts';
import profiles from './en/profiles.ts';
import preferences from './en/preferences.ts';
import records from './en/records.ts';
import shortcuts from './en/shortcuts.ts';
import tabs from './en/tabs.ts';
import ask from './en/ask.ts';
import documents from './en/documents.ts';
import repairs from './en/repairs.ts';
import search from './en/search.ts';
import share from './en/share.ts';
import sheet from './en/sheet.ts';
import steps from './en/steps.ts';
import sync from './en/sync.ts';
import tour from './en/tour.ts';
import sheets from './en/sheets.ts';
import transfer from './en/transfer.ts';
import updates from './en/updates.ts';
import views from './en/views.ts';
import wizard from './en/wizard.ts';
import workspace from './en/workspace.ts';

/** The text catalogue: one namespace for each feature. A key is written `namespace:path.to.text`. */
export const english = {
  about,
  administration,
  audit,
  backups,
  care,
  jobs,
  languageModels,
  people,
  commands,
  common,
  compare,
  confirm,
  contacts,
  reasons,
  dashboard,
  structure,
  faults,
  frame,
  golden,
  grid,
  help,
  history,
  home,
  insights,
  keywords,
  matrix,
  merge,
  whatif,
  molecule,
  models,
  network,
  notes,
  notices,
  own,
  panel,
  past,
  play,
  profiles,
  preferences,
  records,
  ask,
  documents,
  repairs,
  search,
  share,
  sheet,
  steps,
  sync,
  shortcuts,
  tabs,
  tour,
  sheets,
  transfer,
  updates,
  views,
  wizard,
  workspace,
} as const;

export type Catalogue = typeof english;

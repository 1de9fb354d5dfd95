import type { Catalogue } from './resources.ts';
import about from './de/about.ts';
import administration from './de/administration.ts';
import audit from '#shared/texts/de/labels.ts';
import backups from './de/backups.ts';
import care from './de/care.ts';
import jobs from './de/jobs.ts';
import languageModels from './de/languageModels.ts';
import people from './de/people.ts';
import commands from './de/commands.ts';
import common from './de/common.ts';
import compare from './de/compare.ts';
import confirm from './de/confirm.ts';
import contacts from './de/contacts.ts';
import reasons from '#shared/texts/de/reasons.ts';
import dashboard from './de/dashboard.ts';
import structure from './de/structure.ts';
import faults from '#shared/texts/de/faults.ts';
import frame from './de/frame.ts';
import golden from './de/golden.ts';
import grid from './de/grid.ts';
import help from './de/help.ts';
import history from './de/history.ts';
import home from './de/home.ts';
import insights from './de/insights.ts';
import keywords from './de/keywords.ts';
import matrix from './de/matrix.ts';
import merge from './de/merge.ts';
import whatif from './de/whatif.ts';
import molecule from './de/molecule.ts';
import models from './de/models.ts';
import network from './de/network.ts';
import notes from './de/notes.ts';
import notices from './de/notices.ts';
import own from './de/own.ts';
import panel from './de/panel.ts';
import preferences from './de/preferences.ts';
import past from './de/past.ts';
import play from './de/play.ts';
import profiles from './de/profiles.ts';
import records from './de/records.ts';
import ask from './de/ask.ts';
import documents from './de/documents.ts';
import repairs from './de/repairs.ts';
import search from './de/search.ts';
import share from './de/share.ts';
import sheet from './de/sheet.ts';
import sheets from './de/sheets.ts';
import shortcuts from './de/shortcuts.ts';
import steps from './de/steps.ts';
import sync from './de/sync.ts';
import tabs from './de/tabs.ts';
import tour from './de/tour.ts';
import transfer from './de/transfer.ts';
import updates from './de/updates.ts';
import views from './de/views.ts';
import wizard from './de/wizard.ts';
import workspace from './de/workspace.ts';

/** The German catalogue, loaded on demand. */
export const german = {
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
  preferences,
  past,
  play,
  profiles,
  records,
  ask,
  documents,
  repairs,
  search,
  share,
  sheet,
  sheets,
  shortcuts,
  steps,
  sync,
  tabs,
  tour,
  transfer,
  updates,
  views,
  wizard,
  workspace,
} as const satisfies Readonly<Record<keyof Catalogue, object>>;

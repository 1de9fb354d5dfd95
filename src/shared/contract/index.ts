import * as administration from './administration.ts';
import * as analysis from './analysis.ts';
import * as ask from './ask.ts';
import * as backupRecords from './backup-records.ts';
import * as backups from './backups.ts';
import { operationsOf } from './base.ts';
import type { OperationsOf } from './base.ts';
import * as bulk from './bulk.ts';
import * as care from './care.ts';
import * as checkpoints from './checkpoints.ts';
import * as compare from './compare.ts';
import { compareNetwork } from './compare-network.ts';
import { between } from './comparison.ts';
import * as confirm from './confirm.ts';
import * as connection from './connection.ts';
import * as contacts from './contacts.ts';
import * as dashboards from './dashboards.ts';
import * as documents from './documents.ts';
import * as entities from './entities.ts';
import * as events from './events.ts';
import { expertise } from './expertise.ts';
import * as exportList from './export-list.ts';
import * as factors from './factors.ts';
import * as forecasts from './forecasts.ts';
import * as golden from './golden.ts';
import * as history from './history.ts';
import * as jobs from './jobs.ts';
import * as languageModels from './language-models.ts';
import * as maps from './maps.ts';
import * as merge from './merge.ts';
import * as moments from './moments.ts';
import * as network from './network.ts';
import * as people from './people.ts';
import * as ranking from './ranking.ts';
import { related } from './related.ts';
import * as repairs from './repairs.ts';
import * as restoredVersion from './restored-version.ts';
import * as sandboxes from './sandboxes.ts';
import * as search from './search.ts';
import * as sharedSandboxes from './shared-sandboxes.ts';
import * as sheets from './sheets.ts';
import * as simulation from './simulation.ts';
import * as sync from './sync.ts';
import { advanceTerms } from './terms.ts';
import * as transfer from './transfer.ts';
import * as views from './views.ts';
import * as workspace from './workspace.ts';

/** Modules by the group of their operations. */
const groups = {
  workspace: [workspace],
  sandboxes: [sandboxes, compare, sharedSandboxes],
  compare: [{ between, network: compareNetwork }],
  entities: [
    entities,
    bulk,
    { related, advanceTerms, merge: merge.mergeRecords, duplicates: merge.duplicates },
  ],
  documents: [documents],
  search: [search],
  ask: [ask],
  views: [views],
  models: [languageModels],
  network: [network],
  history: [history],
  transfer: [transfer, sheets, exportList],
  confirm: [confirm],
  contacts: [contacts],
  golden: [golden, { reset: restoredVersion.reset }],
  backups: [backups, backupRecords, { restore: restoredVersion.restore }],
  moments: [moments],
  checkpoints: [checkpoints],
  care: [{ health: care.healthOf, backups: care.backups, warnings: care.warnings, stats: care.statsOf }],
  people: [people],
  analysis: [
    analysis,
    factors,
    simulation,
    ranking,
    {
      universities: dashboards.universities,
      leavingStudents: dashboards.leavingStudents,
      history: dashboards.overTerms,
      expertise,
    },
  ],
  forecasts: [forecasts],
  maps: [maps],
  repairs: [repairs],
  jobs: [jobs],
  sync: [sync],
  connection: [connection],
  administration: [administration],
  events: [events],
} as const;

export type Contract = { [G in keyof typeof groups]: OperationsOf<(typeof groups)[G]> };

/** Every operation, declared once: router, client and commands derive from it, and the compiler reports missing handlers. */
export const contract = Object.fromEntries(
  Object.entries(groups).map(([group, modules]) => [group, operationsOf(modules)]),
) as Contract;

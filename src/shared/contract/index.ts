import * as administration from './administration.ts';
import * as analysis from './analysis.ts';
import * as ask from './ask.ts';
import * as backupRecords from './backup-records.ts';
import * as backups from './backups.ts';
import * as bulk from './bulk.ts';
import * as care from './care.ts';
import * as checkpoints from './checkpoints.ts';
import * as compare from './compare.ts';
import { compareNetwork } from './compare-network.ts';
import { between } from './comparison.ts';
import * as dashboards from './dashboards.ts';
import { expertise } from './expertise.ts';
import { read, watch } from './events.ts';
import * as entities from './entities.ts';
import * as confirm from './confirm.ts';
import * as connection from './connection.ts';
import * as contacts from './contacts.ts';
import * as exportList from './export-list.ts';
import * as factors from './factors.ts';
import * as forecasts from './forecasts.ts';
import * as golden from './golden.ts';
import * as history from './history.ts';
import * as languageModels from './language-models.ts';
import * as jobs from './jobs.ts';
import { ranking, setRanking } from './ranking.ts';
import { related } from './related.ts';
import * as repairs from './repairs.ts';
import * as restoredVersion from './restored-version.ts';
import * as maps from './maps.ts';
import * as merge from './merge.ts';
import * as moments from './moments.ts';
import * as network from './network.ts';
import * as people from './people.ts';
import * as sandboxes from './sandboxes.ts';
import * as documents from './documents.ts';
import * as search from './search.ts';
import * as sharedSandboxes from './shared-sandboxes.ts';
import * as sheets from './sheets.ts';
import * as simulation from './simulation.ts';
import { advanceTerms } from './terms.ts';
import * as sync from './sync.ts';
import * as transfer from './transfer.ts';
import * as views from './views.ts';
import * as workspace from './workspace.ts';

/** Each group is a constant of its own, because TypeScript cannot serialise the type of all groups at once. */
const workspaceOperations = {
  info: workspace.info,
  profiles: workspace.profiles,
  profilesOfLive: workspace.profilesOfLive,
  createProfile: workspace.createProfile,
  actAs: workspace.actAs,
  renameProfile: workspace.renameProfile,
  changeProfile: workspace.changeProfile,
  rename: workspace.rename,
  clearSample: workspace.clearSample,
  verify: workspace.verify,
};
const sandboxesOperations = {
  create: sandboxes.create,
  duplicate: sandboxes.duplicate,
  list: sandboxes.list,
  rename: sandboxes.rename,
  archive: sandboxes.archive,
  unarchive: sandboxes.unarchive,
  discard: sandboxes.discard,
  trash: sandboxes.trash,
  recover: sandboxes.recover,
  emptyTrash: sandboxes.emptyTrash,
  watch: compare.watch,
  promote: compare.promote,
  refresh: compare.refresh,
  listShared: sharedSandboxes.listShared,
  share: sharedSandboxes.share,
  addShared: sharedSandboxes.addShared,
  removeShared: sharedSandboxes.removeShared,
};
const compareOperations = { between, network: compareNetwork };
const entitiesOperations = {
  list: entities.list,
  get: entities.get,
  find: entities.find,
  counts: entities.counts,
  values: entities.values,
  customFields: entities.customFields,
  lookup: entities.lookup,
  links: entities.links,
  related,
  create: entities.create,
  update: entities.update,
  previewRemoval: entities.previewRemoval,
  remove: entities.remove,
  restore: entities.restore,
  applyChanges: bulk.applyChanges,
  setFields: bulk.setFields,
  removeMany: bulk.removeMany,
  restoreMany: bulk.restoreMany,
  groups: bulk.groups,
  advanceTerms,
  merge: merge.mergeRecords,
  duplicates: merge.duplicates,
};
const documentsOperations = {
  attach: documents.attach,
  save: documents.save,
  text: documents.text,
  ofRecord: documents.ofRecord,
  repair: documents.repair,
};
const searchOperations = {
  find: search.find,
  similar: search.similar,
  status: search.status,
  train: search.train,
  rebuild: search.rebuild,
  clear: search.clear,
  inspect: search.inspect,
};
const askOperations = {
  schema: ask.schema,
  propose: ask.propose,
  send: ask.send,
  run: ask.run,
  approvedQuestions: ask.approvedQuestions,
  approve: ask.approve,
  conversations: ask.conversations,
  readConversation: ask.readConversation,
  addTurn: ask.addTurn,
  deleteConversation: ask.deleteConversation,
  exportConversation: ask.exportConversation,
};
const viewsOperations = {
  list: views.list,
  create: views.create,
  update: views.update,
  remove: views.remove,
};
const modelsOperations = {
  list: languageModels.list,
  add: languageModels.add,
  update: languageModels.update,
  remove: languageModels.remove,
  choose: languageModels.choose,
  setLevel: languageModels.setLevel,
  discover: languageModels.discover,
  test: languageModels.test,
};
const networkOperations = {
  graph: network.graph,
  neighbourhood: network.neighbourhood,
  savePositions: network.savePositions,
  deletePositions: network.deletePositions,
};
const historyOperations = {
  list: history.list,
  changes: history.changes,
  ofRecord: history.ofRecord,
  nextSteps: history.nextSteps,
  steps: history.steps,
  undo: history.undo,
  undoChange: history.undoChange,
  redo: history.redo,
};
const transferOperations = {
  preview: transfer.preview,
  importFile: transfer.importFile,
  exportFile: transfer.exportFile,
  readSheet: sheets.readSheet,
  previewSheet: sheets.previewSheet,
  importSheet: sheets.importSheet,
  exportList: exportList.exportList,
};
const confirmOperations = {
  status: confirm.status,
  writeSheets: confirm.writeSheets,
  readAnswers: confirm.readAnswers,
};
const contactsOperations = { proposals: contacts.proposals, applyProposals: contacts.applyProposals };
const goldenOperations = {
  status: golden.status,
  list: golden.list,
  verify: golden.verify,
  publish: golden.publish,
  reset: restoredVersion.reset,
};
const backupsOperations = {
  create: backups.create,
  list: backups.list,
  recognize: backups.recognize,
  verify: backups.verify,
  retention: backups.retention,
  setRetention: backups.setRetention,
  prune: backups.prune,
  exportFile: backups.exportFile,
  importFile: backups.importFile,
  makeWorkspace: backups.makeWorkspace,
  restoreRecords: backupRecords.restoreRecords,
  restore: restoredVersion.restore,
};
const momentsOperations = {
  resolve: moments.resolve,
  current: moments.current,
  range: moments.range,
  list: moments.list,
  open: moments.open,
  restore: moments.restore,
};
const checkpointsOperations = {
  list: checkpoints.list,
  create: checkpoints.create,
  rename: checkpoints.rename,
  remove: checkpoints.remove,
};
const careOperations = {
  health: care.healthOf,
  backups: care.backups,
  warnings: care.warnings,
  stats: care.statsOf,
};
const peopleOperations = {
  find: people.find,
  exportFile: people.exportFile,
  erase: people.erase,
  cleanUp: people.cleanUp,
  setCleanUp: people.setCleanUp,
  purge: people.purge,
};
const analysisOperations = {
  insights: analysis.insights,
  originalMeasures: analysis.originalMeasures,
  network: analysis.network,
  groups: analysis.groups,
  factor: factors.factor,
  rateByBonds: factors.rateByBonds,
  simulate: simulation.simulate,
  universities: dashboards.universities,
  leavingStudents: dashboards.leavingStudents,
  history: dashboards.overTerms,
  expertise,
  ranking,
  setRanking,
};
const forecastsOperations = { list: forecasts.list, save: forecasts.save, remove: forecasts.remove };
const mapsOperations = {
  show: maps.show,
  compare: maps.compare,
  risks: maps.risks,
  connect: maps.connect,
  scan: maps.scan,
  match: maps.match,
};
const repairsOperations = {
  measure: repairs.measure,
  markDone: repairs.markDone,
  approve: repairs.approve,
  check: repairs.check,
  approval: repairs.approval,
  setApproval: repairs.setApproval,
  plan: repairs.plan,
  improveWording: repairs.improveWording,
  capture: repairs.capture,
};
const jobsOperations = {
  list: jobs.list,
  show: jobs.show,
  enqueue: jobs.enqueue,
  retry: jobs.retry,
  cancel: jobs.cancel,
  schedules: jobs.schedules,
  watch: jobs.watch,
};
const syncOperations = {
  status: sync.status,
  watch: sync.watch,
  join: sync.join,
  signIn: sync.signIn,
  signInByUniversity: sync.signInByUniversity,
  changePassword: sync.changePassword,
  announceOpenRecord: sync.announceOpenRecord,
  runOnce: sync.runOnce,
  check: sync.check,
  fetchFile: sync.fetchFile,
  pause: sync.pause,
  signOut: sync.signOut,
  leave: sync.leave,
  conflicts: sync.conflicts,
  resolve: sync.resolve,
  quarantine: sync.quarantine,
  resolveRejected: sync.resolveRejected,
  compare: sync.compare,
  repair: sync.repair,
};
const connectionOperations = {
  certificates: connection.certificates,
  trustFile: connection.trustFile,
  distrust: connection.distrust,
};
const administrationOperations = {
  listUsers: administration.listUsers,
  createUser: administration.createUser,
  updateUser: administration.updateUser,
  sessions: administration.sessions,
  revokeSession: administration.revokeSession,
  serverStatus: administration.serverStatus,
  vacuum: administration.vacuum,
  backups: administration.backups,
  backupStatus: administration.backupStatus,
  backUp: administration.backUp,
  restore: administration.restore,
  changes: administration.changes,
  signIns: administration.signIns,
  access: administration.access,
  hooks: administration.hooks,
  createHook: administration.createHook,
  changeHook: administration.changeHook,
};
const eventsOperations = { read, watch };

/** Every operation, declared once: router, client and commands derive from it, and the compiler reports missing handlers. */
export const contract: Contract = {
  workspace: workspaceOperations,
  sandboxes: sandboxesOperations,
  compare: compareOperations,
  entities: entitiesOperations,
  documents: documentsOperations,
  search: searchOperations,
  ask: askOperations,
  views: viewsOperations,
  models: modelsOperations,
  network: networkOperations,
  history: historyOperations,
  transfer: transferOperations,
  confirm: confirmOperations,
  contacts: contactsOperations,
  golden: goldenOperations,
  backups: backupsOperations,
  moments: momentsOperations,
  checkpoints: checkpointsOperations,
  care: careOperations,
  people: peopleOperations,
  analysis: analysisOperations,
  forecasts: forecastsOperations,
  maps: mapsOperations,
  repairs: repairsOperations,
  jobs: jobsOperations,
  sync: syncOperations,
  connection: connectionOperations,
  administration: administrationOperations,
  events: eventsOperations,
};

export type Contract = {
  workspace: typeof workspaceOperations;
  sandboxes: typeof sandboxesOperations;
  compare: typeof compareOperations;
  entities: typeof entitiesOperations;
  documents: typeof documentsOperations;
  search: typeof searchOperations;
  ask: typeof askOperations;
  views: typeof viewsOperations;
  models: typeof modelsOperations;
  network: typeof networkOperations;
  history: typeof historyOperations;
  transfer: typeof transferOperations;
  confirm: typeof confirmOperations;
  contacts: typeof contactsOperations;
  golden: typeof goldenOperations;
  backups: typeof backupsOperations;
  moments: typeof momentsOperations;
  checkpoints: typeof checkpointsOperations;
  care: typeof careOperations;
  people: typeof peopleOperations;
  analysis: typeof analysisOperations;
  forecasts: typeof forecastsOperations;
  maps: typeof mapsOperations;
  repairs: typeof repairsOperations;
  jobs: typeof jobsOperations;
  sync: typeof syncOperations;
  connection: typeof connectionOperations;
  administration: typeof administrationOperations;
  events: typeof eventsOperations;
};

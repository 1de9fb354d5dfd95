import * as admin from './admin.ts';
import * as ai from './ai.ts';
import * as audit from './audit.ts';
import * as auth from './auth.ts';
import { recordOperations, sharedSandboxOperations } from './data.ts';
import type { RecordOperations } from './data.ts';
import type { EntityType } from '../../domain/types.ts';
import * as files from './files.ts';
import * as jobs from './jobs.ts';
import * as people from './people.ts';
import * as state from './state.ts';
import * as status from './status.ts';
import * as sync from './sync.ts';
import * as users from './users.ts';

const operationsOf = (type: EntityType): RecordOperations => recordOperations(type);

const recordGroups = {
  universities: operationsOf('university'),
  projects: operationsOf('project'),
  teams: operationsOf('team'),
  faculty: operationsOf('faculty'),
  students: operationsOf('student'),
  interfaces: operationsOf('interface'),
  outcomes: operationsOf('outcome'),
  riskFactors: operationsOf('risk-factor'),
  factorModels: operationsOf('factor-model'),
  contacts: operationsOf('contact'),
  repairs: operationsOf('repair'),
  documents: operationsOf('document'),
  comments: operationsOf('comment'),
};
export type RecordGroup = keyof typeof recordGroups;

/** Every operation of the server, declared once. Routes, client calls and the OpenAPI document derive from it. */
export const serverContract = {
  auth: {
    bootstrap: auth.bootstrap,
    token: auth.token,
    refresh: auth.refresh,
    logout: auth.logout,
    oidcStart: auth.oidcStart,
    oidcToken: auth.oidcToken,
    changePassword: auth.changePassword,
    me: auth.me,
  },
  users: {
    list: users.list,
    get: users.get,
    create: users.create,
    update: users.update,
    replace: users.replace,
    remove: users.remove,
    sessions: users.sessions,
    revokeSession: users.revokeSession,
  },
  sync: {
    hello: sync.hello,
    push: sync.push,
    pull: sync.pull,
    records: sync.records,
    snapshot: sync.snapshot,
    digest: sync.digest,
    erasures: sync.erasures,
  },
  files: { missing: files.missing, store: files.store, read: files.read, check: files.check },
  ...recordGroups,
  sharedSandboxes: sharedSandboxOperations,
  state: { get: state.get, replace: state.replace },
  status: { get: status.get },
  ai: { goose: ai.goose, models: ai.models },
  jobs: { list: jobs.list, retry: jobs.retry, cancel: jobs.cancel },
  people: { occurrences: people.occurrences, erase: people.erase },
  audit: { list: audit.list, signIns: audit.signIns, access: audit.access },
  admin: {
    health: admin.health,
    stats: admin.stats,
    files: admin.files,
    vacuum: admin.vacuum,
    trainKnowledge: admin.trainKnowledge,
    knowledgeStatus: admin.knowledgeStatus,
    knowledgeBase: admin.knowledgeBase,
    clearKnowledge: admin.clearKnowledge,
    backUp: admin.backUp,
    backupStatus: admin.backupStatus,
    backupList: admin.backupList,
    restore: admin.restore,
  },
};

export type ServerContract = typeof serverContract;

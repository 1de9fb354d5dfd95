import * as admin from './admin.ts';
import * as audit from './audit.ts';
import * as auth from './auth.ts';
import { recordOperations, sharedSandboxOperations } from './data.ts';
import * as jobs from './jobs.ts';
import * as people from './people.ts';
import * as state from './state.ts';
import * as status from './status.ts';
import * as sync from './sync.ts';
import * as users from './users.ts';

/** Every operation of the server, declared once: its routes, the clients' calls and the OpenAPI document come from this object. */
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
  universities: recordOperations('university'),
  projects: recordOperations('project'),
  teams: recordOperations('team'),
  faculty: recordOperations('faculty'),
  students: recordOperations('student'),
  interfaces: recordOperations('interface'),
  outcomes: recordOperations('outcome'),
  riskFactors: recordOperations('risk-factor'),
  factorModels: recordOperations('factor-model'),
  contacts: recordOperations('contact'),
  repairs: recordOperations('repair'),
  sharedSandboxes: sharedSandboxOperations,
  state: { get: state.get, replace: state.replace },
  status: { get: status.get },
  jobs: { list: jobs.list, retry: jobs.retry, cancel: jobs.cancel },
  people: { occurrences: people.occurrences, erase: people.erase },
  audit: { list: audit.list, signIns: audit.signIns, access: audit.access },
  admin: {
    health: admin.health,
    stats: admin.stats,
    vacuum: admin.vacuum,
    backUp: admin.backUp,
    backupStatus: admin.backupStatus,
    backupList: admin.backupList,
    restore: admin.restore,
  },
};

export type ServerContract = typeof serverContract;

import * as auth from './auth.ts';
import * as sync from './sync.ts';
import * as users from './users.ts';

/** Every operation of the server, declared once: its routes, the clients' calls and the OpenAPI document come from this object. */
export const serverContract = {
  auth: {
    bootstrap: auth.bootstrap,
    token: auth.token,
    refresh: auth.refresh,
    logout: auth.logout,
    me: auth.me,
  },
  users: { list: users.list, get: users.get, create: users.create, update: users.update },
  sync: {
    hello: sync.hello,
    push: sync.push,
    pull: sync.pull,
    records: sync.records,
    snapshot: sync.snapshot,
    digest: sync.digest,
  },
};

export type ServerContract = typeof serverContract;

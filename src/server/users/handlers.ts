import { forAdmins } from '../procedures.ts';
import { createUser, listUsers, updateUser, userById } from './store.ts';

export const userHandlers = {
  list: forAdmins.users.list.handler(({ input, context }) => listUsers(context.services.database, input)),
  get: forAdmins.users.get.handler(({ input, context }) => userById(context.services.database, input.id)),
  create: forAdmins.users.create.handler(({ input, context }) => createUser(context, input)),
  update: forAdmins.users.update.handler(({ input, context }) => {
    const { id, ...given } = input;
    return updateUser(context, context.caller.id, id, given);
  }),
};

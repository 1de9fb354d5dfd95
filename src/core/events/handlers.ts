import { operations } from '../implement.ts';

export const eventHandlers = {
  watch: operations.events.watch.handler(({ input, context, signal }) =>
    context.services.feed.follow(input.cursor, signal),
  ),
};

import { operations } from '../implement.ts';
import { feed } from '../pipeline.ts';

export const eventHandlers = {
  watch: operations.events.watch.handler(
    feed(({ input, context, signal }) => context.services.feed.follow(input.cursor, signal)),
  ),
};

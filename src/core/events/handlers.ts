import { operations } from '../model/implement.ts';
import { feed } from '../model/pipeline.ts';

export const eventHandlers = {
  watch: operations.events.watch.handler(
    feed(({ input, context, signal }) => context.services.feed.follow(input.cursor, signal)),
  ),
};

/** Requests to main that wait for their response. Main answers every request, so none stays pending. */
export interface PendingRequests<T> {
  request: (send: (id: number) => void) => Promise<T>;
  receive: (id: number, response: T) => void;
}

export function pendingRequests<T>(): PendingRequests<T> {
  const pending = new Map<number, (response: T) => void>();
  let lastId = 0;
  return {
    request(send) {
      const { promise, resolve } = Promise.withResolvers<T>();
      lastId += 1;
      pending.set(lastId, resolve);
      send(lastId);
      return promise;
    },
    receive(id, response) {
      pending.get(id)?.(response);
      pending.delete(id);
    },
  };
}

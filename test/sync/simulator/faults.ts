/** How often each fault was injected. */
export type Faults = Record<
  | 'request_lost'
  | 'answer_lost'
  | 'repeated'
  | 'late'
  | 'partition'
  | 'crash'
  | 'client_restored'
  | 'server_restored'
  | 'forged'
  | 'role_changed'
  | 'skewed_clock'
  | 'index_interrupted'
  | 'file_damaged'
  | 'server_file_damaged'
  | 'wrong_bytes'
  | 'worker_crash'
  | 'lease_lost',
  number
>;

export const noFaults = (): Faults => ({
  request_lost: 0,
  answer_lost: 0,
  repeated: 0,
  late: 0,
  partition: 0,
  crash: 0,
  client_restored: 0,
  server_restored: 0,
  forged: 0,
  role_changed: 0,
  skewed_clock: 0,
  index_interrupted: 0,
  file_damaged: 0,
  server_file_damaged: 0,
  wrong_bytes: 0,
  worker_crash: 0,
  lease_lost: 0,
});

/** Every deadline of the balancer in one place; docs/balancer.md quotes them. */
export type Timings = {
  /** Between two readiness checks of a replica, and how long one may take. */
  checkIntervalMs: number;
  checkTimeoutMs: number;
  /** Until its first good check a replica is asked this often, so that a start is quick. */
  firstCheckIntervalMs: number;
  /** `fs.watch` may miss a change; the folder of sockets is read this often anyway. */
  rescanIntervalMs: number;
  /** Names of replicas are resolved anew this often. */
  resolveIntervalMs: number;
  /** A replica whose connects failed stays out at least this long, times the number of ejections in a row. */
  ejectionMs: number;
  connectTimeoutMs: number;
  /** From the connect to the replica's answer to a handshake. */
  handshakeTimeoutMs: number;
  /** How long a handshake or a request waits for a usable replica before a 503. */
  waitForReplicaMs: number;
  /** From one side's FIN to the other's. */
  finTimeoutMs: number;
  /** From the close frame to the end of a tunnel that is asked to leave; then it is reset. */
  leaveTimeoutMs: number;
  /** Asking everyone to leave takes this long however many there are, but no longer than the pace for each. */
  drainSpreadMs: number;
  longestDrainPaceMs: number;
  /** A tunnel in which nothing moves either way; clients and replicas ping far more often. */
  tunnelIdleMs: number;
  /** A request or response body that makes no progress. */
  bodyStallMs: number;
  /** A request's head, and the whole request, from the first byte to the last. */
  headMs: number;
  requestMs: number;
  /** Longer than what may stand in front of us keeps an idle connection, such as a cloud's 60 s. */
  keepAliveMs: number;
  /** Brotli takes a second of a core for what gzip does in a tenth, which at a start is better left to the replicas. */
  brotliDelayMs: number;
  /** Between two looks at the certificate: at its files, or at how much of its life is left. */
  certificateFilesCheckMs: number;
  certificateRenewalCheckMs: number;
  /** After the authority refused; doubled each time. */
  certificateRetryMs: number;
  /** From SIGTERM to the last byte of the requests in flight. */
  stopMs: number;
};

export const defaultTimings: Timings = {
  checkIntervalMs: 1_000,
  checkTimeoutMs: 1_000,
  firstCheckIntervalMs: 100,
  rescanIntervalMs: 1_000,
  resolveIntervalMs: 2_000,
  ejectionMs: 5_000,
  connectTimeoutMs: 1_000,
  handshakeTimeoutMs: 5_000,
  waitForReplicaMs: 10_000,
  finTimeoutMs: 2_000,
  leaveTimeoutMs: 5_000,
  drainSpreadMs: 10_000,
  longestDrainPaceMs: 20,
  tunnelIdleMs: 90_000,
  bodyStallMs: 30_000,
  headMs: 10_000,
  requestMs: 600_000,
  keepAliveMs: 75_000,
  brotliDelayMs: 3_000,
  certificateFilesCheckMs: 10_000,
  certificateRenewalCheckMs: 3_600_000,
  certificateRetryMs: 60_000,
  stopMs: 3_000,
};

/** How connections are handed out and kept. All but the exact turns is off unless somebody asks for it. */
export type Policy = {
  balancing: 'round-robin' | 'least-connections';
  /** A replica that comes back gets its full share of connections only after this long; 0 for at once. */
  slowStartMs: number;
  /** A connection older than this, give or take a tenth, is asked to come again; 0 for never. */
  connectionAgeMs: number;
  /** So many connections a second are asked to leave the fullest replicas while another stands empty; 0 for none. */
  rebalancePerSecond: number;
};

export const defaultPolicy: Policy = {
  balancing: 'round-robin',
  slowStartMs: 0,
  connectionAgeMs: 0,
  rebalancePerSecond: 0,
};

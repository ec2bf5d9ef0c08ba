/** Where a replica listens. Unix sockets today; TCP and DNS names need another address and nothing else. */
export type Upstream = {
  id: string;
  address: { path: string };
  /** Changes when another process takes over the address, so that a restarted replica starts with a clean slate. */
  incarnation: string;
};

/** WebSockets that do nothing but take their turn, so that one can watch it. */
export type TrialConnections = {
  open(count: number): void;
  closeAll(): void;
};

export function createTrialConnections(onCount: (open: number) => void): TrialConnections {
  const sockets = new Set<WebSocket>();
  const tell = () => onCount([...sockets].filter(({ readyState }) => readyState === WebSocket.OPEN).length);
  return {
    open(count) {
      for (let index = 0; index < count; index += 1) {
        const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/trpc`);
        sockets.add(socket);
        socket.onopen = tell;
        socket.onclose = () => {
          sockets.delete(socket);
          tell();
        };
      }
    },
    closeAll() {
      for (const socket of sockets) socket.close();
    },
  };
}

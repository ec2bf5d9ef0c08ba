import { useCallback, useSyncExternalStore } from 'react';
import { inNextFrame } from './in-next-frame.ts';

/** A value that changes over time, outside React: connection, outbox, choices of this device. */
export type Cell<T> = {
  get(): T;
  set(value: T): void;
  /** Returns what ends the subscription. */
  subscribe(listener: () => void): () => void;
};

export function createCell<T>(initial: T): Cell<T> {
  let current = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set(value) {
      if (Object.is(value, current)) return;
      current = value;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useCell<T>(cell: Cell<T>): T {
  return useSyncExternalStore(cell.subscribe, cell.get);
}

/** For what may change many times a frame: whoever shows it hears of that once. */
export function useBusyCell<T>(cell: Cell<T>): T {
  const subscribe = useCallback((listener: () => void) => cell.subscribe(() => inNextFrame(listener)), [cell]);
  return useSyncExternalStore(subscribe, cell.get);
}

/** Resolves with the first value that passes. */
export function until<T, S extends T>(cell: Cell<T>, passes: (value: T) => value is S): Promise<S> {
  return new Promise((resolve) => {
    const check = () => {
      const value = cell.get();
      if (!passes(value)) return;
      stop();
      resolve(value);
    };
    const stop = cell.subscribe(check);
    check();
  });
}

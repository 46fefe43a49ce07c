import pg from 'pg';

type OnMessage = (payload: string) => void;

export interface Listener {
  listen(channel: string, onMessage: OnMessage): () => void;
  close(): Promise<void>;
}

const reconnectMs = 1_000;

/** One connection for LISTEN, opened with the first listener; after each reconnect every listener is woken once. */
export const createListener = (url: string): Listener => {
  const listeners = new Map<string, Set<OnMessage>>();
  let client: pg.Client | null = null;
  let retry: NodeJS.Timeout | null = null;
  let isClosed = false;

  const connect = async (): Promise<void> => {
    if (isClosed || client) return;
    const next = new pg.Client({ connectionString: url, keepAlive: true });
    client = next;
    const lost = (): void => {
      if (client !== next) return;
      client = null;
      void next.end().catch(() => undefined);
      if (!isClosed) retry = setTimeout(() => void connect(), reconnectMs);
    };
    next.on('error', lost);
    next.on('end', lost);
    next.on('notification', ({ channel, payload }) => {
      for (const onMessage of listeners.get(channel) ?? []) onMessage(payload ?? '');
    });
    try {
      await next.connect();
      for (const channel of listeners.keys()) await next.query(`listen ${pg.escapeIdentifier(channel)}`);
      // What was notified while nobody listened is lost: let everyone look for themselves.
      for (const group of listeners.values()) for (const onMessage of group) onMessage('');
    } catch {
      lost();
    }
  };

  return {
    listen: (channel, onMessage) => {
      const group = listeners.get(channel) ?? new Set();
      const isNew = !listeners.has(channel);
      listeners.set(channel, group.add(onMessage));
      if (!client) void connect();
      else if (isNew) void client.query(`listen ${pg.escapeIdentifier(channel)}`).catch(() => undefined);
      return () => group.delete(onMessage);
    },
    close: async () => {
      isClosed = true;
      if (retry) clearTimeout(retry);
      const open = client;
      client = null;
      await open?.end().catch(() => undefined);
    },
  };
};

type Labels = Readonly<Record<string, string>>;

export interface Counter {
  add(labels?: Labels, amount?: number): void;
}

export interface Metrics {
  counter(name: string, help: string): Counter;
  /** Observed values in seconds, as a cumulative histogram. */
  histogram(name: string, help: string, bounds: readonly number[]): { observe(seconds: number, labels?: Labels): void };
  /** Asked at each scrape; several labelled values are possible. */
  gauge(name: string, help: string, read: () => Promise<number | [Labels, number][]> | number): void;
  text(): Promise<string>;
}

/** The text format of Prometheus 0.0.4, and no more of it than we show. */
export const createMetrics = (): Metrics => {
  const series = new Map<string, () => Promise<string[]>>();
  const define = (name: string, help: string, type: string, lines: () => Promise<string[]>): void => {
    series.set(name, async () => [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...(await lines())]);
  };
  return {
    counter: (name, help) => {
      const values = new Map<string, number>();
      define(name, help, 'counter', async () => [...values].map(([labels, value]) => `${name}${labels} ${value}`));
      return {
        add: (labels = {}, amount = 1) => {
          const key = print(labels);
          values.set(key, (values.get(key) ?? 0) + amount);
        },
      };
    },
    histogram: (name, help, bounds) => {
      const groups = new Map<string, { labels: Labels; counts: number[]; count: number; sum: number }>();
      define(name, help, 'histogram', async () =>
        [...groups.values()].flatMap(({ labels, counts, count, sum }) => [
          ...bounds.map((bound, at) => `${name}_bucket${print({ ...labels, le: String(bound) })} ${counts[at]}`),
          `${name}_bucket${print({ ...labels, le: '+Inf' })} ${count}`,
          `${name}_sum${print(labels)} ${sum}`,
          `${name}_count${print(labels)} ${count}`,
        ]),
      );
      return {
        observe: (seconds, labels = {}) => {
          const key = print(labels);
          const group = groups.get(key) ?? { labels, counts: bounds.map(() => 0), count: 0, sum: 0 };
          groups.set(key, group);
          for (const [at, bound] of bounds.entries())
            if (seconds <= bound) group.counts[at] = (group.counts[at] ?? 0) + 1;
          group.count += 1;
          group.sum += seconds;
        },
      };
    },
    gauge: (name, help, read) =>
      define(name, help, 'gauge', async () => {
        const value = await read();
        const pairs: [Labels, number][] = typeof value === 'number' ? [[{}, value]] : value;
        return pairs.map(([labels, amount]) => `${name}${print(labels)} ${amount}`);
      }),
    text: async () => {
      const blocks = await Promise.allSettled([...series.values()].map((lines) => lines()));
      return blocks.flatMap((block) => (block.status === 'fulfilled' ? block.value : [])).join('\n') + '\n';
    },
  };
};

const print = (labels: Labels): string => {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
};

const escapeLabel = (value: string): string => value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n');

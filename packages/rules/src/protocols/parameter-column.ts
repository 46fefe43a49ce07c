import type { LocalText, Sourced } from '../local-text.ts';
import type { ParameterFacts } from './parameter-facts.ts';

/** One column of a table: how its value is read from a header, how much it may differ, and what a difference does. */
export interface ParameterColumn extends Sourced {
  readonly key: string;
  readonly name: LocalText;
  /** Empty for a word or a bare number. */
  readonly unit: string;
  readonly value: 'number' | 'text';
  /**
   * The value of a header; undefined when it does not say. Null: no header says it, a person checks it. `weightKg` is
   * null when it is not known.
   */
  readonly read: ((facts: ParameterFacts, weightKg: number | null) => number | string | undefined) | null;
  /** Smallest spread of a drafted row to either side: a share of the value, and an amount [PD]. */
  readonly slack: { readonly share: number; readonly amount: number };
  /** The figure must follow the patient's size: without the size it is not judged. */
  readonly followsSize: boolean;
  /** The figure is per kilogram: without the weight it is not judged. */
  readonly isPerKg: boolean;
  /** Likely effect of a value above, below, or (a word) other than the table's. */
  readonly above: LocalText;
  readonly below: LocalText;
}

type Given = Pick<ParameterColumn, 'key' | 'unit' | 'read'> & {
  readonly zh: string;
  readonly en: string;
  readonly share?: number;
  readonly amount?: number;
  readonly followsSize?: true;
  readonly isPerKg?: true;
  readonly above: readonly [zh: string, en: string];
  readonly below: readonly [zh: string, en: string];
};

/** A figure; the reading, spread and effects are general knowledge and product defaults until somebody looks them up. */
export const figure = ({ zh, en, share = 0, amount = 0, above, below, ...given }: Given): ParameterColumn => ({
  followsSize: false,
  isPerKg: false,
  ...given,
  name: { zh, en },
  value: 'number',
  slack: { share, amount },
  above: { zh: above[0], en: above[1] },
  below: { zh: below[0], en: below[1] },
  source: 'GKU, PD',
  verified: false,
});

/** A word; `effect` is what another word likely does. */
export const word = (
  key: string,
  [zh, en]: readonly [string, string],
  read: ParameterColumn['read'],
  effect: readonly [zh: string, en: string],
): ParameterColumn => ({
  key,
  unit: '',
  read,
  name: { zh, en },
  value: 'text',
  slack: { share: 0, amount: 0 },
  followsSize: false,
  isPerKg: false,
  above: { zh: effect[0], en: effect[1] },
  below: { zh: effect[0], en: effect[1] },
  source: 'GKU',
  verified: false,
});

/** What no header says: printed and read at the console, never judged. */
export const remark = (key: string, zh: string, en: string): ParameterColumn => word(key, [zh, en], null, ['', '']);

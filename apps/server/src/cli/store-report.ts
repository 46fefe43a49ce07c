export interface StoreFinding {
  objectId: string;
  /** `missing`: a row without bytes · `damaged`: other bytes than received · `foreign`: bytes without a row. */
  reason: 'missing' | 'damaged' | 'foreign';
}

export interface StoreReport {
  isClean: boolean;
  objects: number;
  bytes: number;
  /** Durable in the spool and not yet in the register; the next start registers them. */
  waiting: number;
  findings: StoreFinding[];
  audit: { hospitalId: string; isIntact: boolean; sealed: number; unsealed: number; firstBroken: number | null }[];
}

import type { HeaderCheck } from '../annotation/header-check.ts';
import type { DoseEventFacts, DoseFacts } from './dose-facts.ts';

/** DLP against CTDIvol × scanning length: over-ranging and rounding explain 13 % at most in the reports seen [PD]. */
const dlpTolerance = { share: 0.2, mgyCm: 1 };
/** Sum of the events against the stated total: only rounding may differ [PD]. */
const totalTolerance = { share: 0.02, mgyCm: 0.5 };

/** Do the figures of a dose report agree with one another, and were exposures discarded? */
export const checkDose = (dose: DoseFacts): HeaderCheck[] => [
  ...dose.events.flatMap(checkDlp),
  ...checkTotal(dose),
  ...dose.events.flatMap(checkDiscarded),
  ...(dose.source === 'dose-screen' ? [{ check: 'dose-from-screen', keyword: 'ExposureDoseSequence' }] : []),
];

/** A scout has no CTDIvol that a length could be multiplied with. */
const scanKinds = new Set(['spiral', 'sequenced']);

const checkDlp = (event: DoseEventFacts): HeaderCheck[] => {
  const { ctdiVolMgy, dlpMgyCm, scanLengthMm } = event;
  if (!scanKinds.has(event.kind)) return [];
  if (ctdiVolMgy === undefined || dlpMgyCm === undefined || scanLengthMm === undefined) return [];
  const product = (ctdiVolMgy * scanLengthMm) / 10;
  if (Math.abs(product - dlpMgyCm) <= Math.max(dlpTolerance.mgyCm, dlpTolerance.share * Math.max(product, dlpMgyCm)))
    return [];
  return [{ check: 'dlp-disagrees', keyword: 'DLP', value: dlpMgyCm, expected: product, unit: 'mGy.cm' }];
};

const checkTotal = ({ totals, events }: DoseFacts): HeaderCheck[] => {
  if (totals.from !== 'report' || totals.dlpMgyCm === undefined) return [];
  const stated = totals.dlpMgyCm;
  const sum = events.reduce((total, { dlpMgyCm }) => total + (dlpMgyCm ?? 0), 0);
  if (Math.abs(sum - stated) <= Math.max(totalTolerance.mgyCm, totalTolerance.share * stated)) return [];
  return [
    { check: 'dlp-total-disagrees', keyword: 'CTDoseLengthProductTotal', value: stated, expected: sum, unit: 'mGy.cm' },
  ];
};

const checkDiscarded = (event: DoseEventFacts): HeaderCheck[] => {
  const value = event.rejectionReason ?? event.protocol ?? event.kind;
  if (event.rejected) return [{ check: 'exposure-rejected', keyword: 'RejectedAcquisition', value }];
  return event.repeated ? [{ check: 'exposure-repeated', keyword: 'RepeatedAcquisition', value }] : [];
};

import { demoDevices } from '../devices.ts';
import { randomOf, type Random } from '../picture/random.ts';
import { demoStaff } from '../staff.ts';
import { procedures, type ExamOrder, type Procedure } from './order.ts';

export interface MorningOptions {
  readonly exams: number;
  /** Chance of a defect per film or series, 0–1. */
  readonly defectRate: number;
  /** yyyymmdd */
  readonly day: string;
  /** Seconds after midnight of the first and the last exam. */
  readonly fromSecond?: number;
  readonly toSecond?: number;
}

/** Share of the modalities among a department's exams. */
const mix = { DX: 0.75, CT: 0.15, MR: 0.1 } as const;
const FIRST_EXAM_S = 7.5 * 3600;
const LAST_EXAM_S = 12 * 3600;
/** Share of walk-in films that the emergency room takes. */
const EMERGENCY_SHARE = 0.22;

/** A morning's exams in time order: 75 % films, 15 % CT, 10 % MR, by quota, so that a short morning has all of them. */
export function simulateMorning(seed: string | number, options: MorningOptions): ExamOrder[] {
  const random = randomOf(`morning ${seed} ${options.day}`);
  const from = options.fromSecond ?? FIRST_EXAM_S;
  const span = Math.max(1, (options.toSecond ?? LAST_EXAM_S) - from);
  const modalities = modalityQuota(options.exams, random.fork('mix'));
  return modalities.map((modality, index): ExamOrder => {
    const own = random.fork(`exam ${index}`);
    const procedure = weighted(
      procedures.filter((one) => one.modality === modality),
      own,
    );
    const device = deviceFor(procedure, own);
    return {
      seed: `${seed}-${options.day}-${index}`,
      procedure,
      device,
      operator: own.pick(demoStaff.filter(({ post }) => post === 'technologist')),
      startedAt: {
        date: options.day,
        secondOfDay: Math.floor(from + ((index + own.between(0.1, 0.9)) / Math.max(1, options.exams)) * span),
      },
      isEmergency: device.isEmergency,
      defectRate: options.defectRate,
    };
  });
}

function modalityQuota(exams: number, random: Random): ('DX' | 'CT' | 'MR')[] {
  const ct = Math.round(exams * mix.CT);
  const mr = Math.round(exams * mix.MR);
  const list = Array.from(
    { length: exams },
    (_, i) => (i < ct ? 'CT' : i < ct + mr ? 'MR' : 'DX') as 'DX' | 'CT' | 'MR',
  );
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random.next() * (i + 1));
    [list[i], list[j]] = [list[j] as 'DX', list[i] as 'DX'];
  }
  return list;
}

function weighted(list: readonly Procedure[], random: Random): Procedure {
  let left = random.next() * list.reduce((sum, { weight }) => sum + weight, 0);
  for (const procedure of list) {
    left -= procedure.weight;
    if (left < 0) return procedure;
  }
  return list.at(-1) as Procedure;
}

function deviceFor(procedure: Procedure, random: Random): ExamOrder['device'] {
  const fitting = demoDevices.filter(
    (one) => one.modality === procedure.modality && one.isMobile === procedure.isMobile,
  );
  const emergency = fitting.filter((one) => one.isEmergency);
  const planned = fitting.filter((one) => !one.isEmergency);
  if (planned.length === 0) return random.pick(fitting);
  return emergency.length > 0 && random.chance(EMERGENCY_SHARE) ? random.pick(emergency) : random.pick(planned);
}

import { elementsOf, encodeDataSet, type KeywordValues } from '@jiapian/dicom';
import { AppError } from '@jiapian/kernel';
import { demoDevices } from '../devices.ts';
import { randomOf, type Random } from '../picture/random.ts';
import { demoStaff } from '../staff.ts';
import { ctDefects, mrDefects, radiographDefects, type Defect, type DefectKind, type TruthRow } from '../truth.ts';
import type { ObjectIdentity } from './exam-header.ts';
import { CT_IMAGE, ctObject, planCtSeries } from './ct-series.ts';
import { DX_FOR_PRESENTATION, exposureOf, filmHeader } from './film-header.ts';
import { markerOf, planFilm, type FilmPlan } from './film-plan.ts';
import { MR_IMAGE, mrObject, planMrSeries } from './mr-series.ts';
import { fullSize, procedures, type ExamOrder, type RenderSize } from './order.ts';
import { patientOf, type Patient } from './patient.ts';
import { renderFilm } from './render-film.ts';
import { later, type Moment } from './time.ts';
import { uidOf } from './uid.ts';

const EXPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';

export interface SimulatedInstance {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  /** Data set bytes without preamble and meta group, in order; pixel data is a chunk of its own. */
  readonly dataSet: readonly Uint8Array[];
}

export interface SimulatedExam {
  readonly order: ExamOrder;
  readonly studyInstanceUid: string;
  readonly accessionNumber: string;
  /** All instances are in this syntax. */
  readonly transferSyntaxUid: string;
  readonly patient: Patient;
  /** One row per instance, in the order the instances come. */
  readonly truth: readonly TruthRow[];
  /** Drawn one by one when iterated; may be iterated again with the same result. */
  readonly instances: Iterable<SimulatedInstance>;
}

/** What is not named is chosen from the seed. */
export interface ExamOptions extends Partial<Omit<ExamOrder, 'seed' | 'procedure' | 'device'>> {
  readonly procedure?: string;
  readonly device?: string;
  readonly size?: RenderSize;
}

/** One object that can be drawn when wanted, and what is known of it. */
interface Planned {
  readonly truth: TruthRow;
  draw(): KeywordValues;
}

/** Makes one exam by construction: same seed and options, same bytes. Throws `SIMULATOR_UNKNOWN_DEFECT`. */
export function simulateExam(seed: string | number, options: ExamOptions = {}): SimulatedExam {
  refuseUnknownDefects(options.forcedDefects ?? []);
  const random = randomOf(`exam ${seed}`);
  const order = completeOrder(String(seed), options, random.fork('order'));
  const size = options.size ?? fullSize;
  const patient = patientOf(random.fork('patient'), Number(order.startedAt.date.slice(0, 4)));
  const names = random.fork(`names ${fingerprintOf(order, size)}`);
  const studyInstanceUid = uidOf(names);
  const number = `${order.startedAt.date.slice(2)}${String(Math.floor(names.between(1000, 9999)))}`;
  const study: Study = {
    order,
    patient,
    studyInstanceUid,
    accessionNumber: `X${number}`,
    studyId: number,
    names,
    random,
  };
  const planned =
    order.procedure.slices === null ? planFilms(study, size) : planSlices(study, order.procedure.slices, size);
  return {
    order,
    studyInstanceUid,
    accessionNumber: study.accessionNumber,
    transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN,
    patient,
    truth: planned.map((one) => one.truth),
    instances: {
      *[Symbol.iterator]() {
        for (const { truth, draw } of planned) {
          yield {
            sopClassUid: truth.sopClassUid,
            sopInstanceUid: truth.sopInstanceUid,
            transferSyntaxUid: EXPLICIT_VR_LITTLE_ENDIAN,
            dataSet: encodeDataSet(elementsOf(draw()), { characterSet: order.device.characterSet }),
          };
        }
      },
    },
  };
}

/** All that decides the bytes besides the seed: objects with other bytes must not share a UID. */
function fingerprintOf(order: ExamOrder, size: RenderSize): string {
  const { procedure, device, operator, startedAt, defectRate, forcedDefects } = order;
  return JSON.stringify([procedure.id, device.id, operator.staffNumber, startedAt, defectRate, forcedDefects, size]);
}

interface Study {
  readonly order: ExamOrder;
  readonly patient: Patient;
  readonly studyInstanceUid: string;
  readonly accessionNumber: string;
  readonly studyId: string;
  readonly names: Random;
  readonly random: Random;
}

function refuseUnknownDefects(kinds: readonly DefectKind[]): void {
  const known: readonly string[] = [...radiographDefects, ...ctDefects, ...mrDefects];
  const unknown = kinds.filter((kind) => !known.includes(kind));
  if (unknown.length > 0) throw new AppError('SIMULATOR_UNKNOWN_DEFECT', { unknown });
}

function completeOrder(seed: string, options: ExamOptions, random: Random): ExamOrder {
  const procedure =
    procedures.find(({ id }) => id === options.procedure) ??
    random.pick(procedures.filter(({ modality }) => modality === 'DX'));
  const fitting = demoDevices.filter(
    (device) => device.modality === procedure.modality && device.isMobile === procedure.isMobile,
  );
  const device = demoDevices.find(({ id }) => id === options.device) ?? random.pick(fitting);
  return {
    seed,
    procedure,
    device,
    operator: options.operator ?? random.pick(demoStaff.filter(({ post }) => post === 'technologist')),
    startedAt: options.startedAt ?? { date: '20260105', secondOfDay: 28_800 },
    isEmergency: options.isEmergency ?? device.isEmergency,
    defectRate: options.defectRate ?? 0,
    forcedDefects: options.forcedDefects ?? [],
  };
}

/** Seconds between two films of one exam: turning the patient and exposing. */
const BETWEEN_FILMS_S = 75;
const BEFORE_REPEAT_S = 40;

/** Middle of the normal range for Chinese adults, 18.5–24 kg/m² (WS/T 428-2013). */
const USUAL_BMI = 22.5;

function planFilms(study: Study, size: RenderSize): Planned[] {
  const { order, patient, random, names } = study;
  const side = order.procedure.positions.some((code) => code.startsWith('UL') || code.startsWith('LL'))
    ? random.fork('side').pick(['L', 'R'] as const)
    : null;
  const build = patient.heightM / (patient.sex === 'M' ? 1.7 : 1.66);
  const shape = random.fork('person');
  const person = {
    sex: patient.sex,
    ageYears: patient.ageYears,
    build: 0.55 + 0.45 * build,
    girth: Math.min(1.07, Math.max(0.93, 1 + (patient.weightKg / patient.heightM ** 2 - USUAL_BMI) * 0.012)),
    heartSize: 1 + Math.max(-0.06, shape.gaussian() * 0.06),
  };
  const planned: Planned[] = [];
  order.procedure.positions.forEach((position, index) => {
    const own = random.fork(`film ${index}`);
    const plan = planFilm({
      position,
      side,
      person,
      device: order.device,
      pixelMm: size.filmPixelMm,
      defectRate: order.defectRate,
      forcedDefects: order.forcedDefects ?? [],
      random: own,
    });
    const seriesInstanceUid = uidOf(names);
    const seriesAt = later(order.startedAt, index * BETWEEN_FILMS_S);
    const copies = plan.isDuplicated ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      const id = identityOf(study, {
        sopClassUid: DX_FOR_PRESENTATION,
        seriesInstanceUid,
        seriesNumber: index + 1,
        instanceNumber: copy + 1,
        seriesAt,
        acquiredAt: later(seriesAt, 12 + copy * BEFORE_REPEAT_S),
      });
      planned.push({
        truth: filmTruth(study, id, plan),
        draw: () => {
          const film = renderFilm(plan, order.device, {
            anatomy: own.fork('anatomy'),
            noise: own.fork(`noise ${copy}`),
          });
          return { ...filmHeader(order, patient, id, plan), PixelData: film.pixels };
        },
      });
    }
  });
  return planned;
}

function filmTruth(study: Study, id: ObjectIdentity, plan: FilmPlan): TruthRow {
  const exposure = exposureOf(plan);
  return {
    ...truthOf(study, id, plan.defects),
    position: plan.spec.code,
    marker: markerOf(plan),
    parameters: {
      kv: exposure.kv,
      mas: exposure.mas,
      exposureIndex: exposure.exposureIndex,
      targetExposureIndex: exposure.targetExposureIndex,
      deviationIndex: exposure.deviationIndex,
      relativeDose: Number(plan.dose.toFixed(3)),
      turnDegrees: Number(plan.stance.turnDegrees.toFixed(1)),
      laterality: plan.side ?? 'U',
      pixelSpacingMm: plan.pixelMm,
      rows: plan.height,
      columns: plan.width,
    },
  };
}

function planSlices(study: Study, kind: NonNullable<ExamOrder['procedure']['slices']>, size: RenderSize): Planned[] {
  const { order, patient, random, names } = study;
  const frameOfReference = uidOf(names);
  const planned: Planned[] = [];
  const weightings = kind === 'MR-BRAIN' ? (['T2', 'T1', 'FLAIR'] as const) : ([null] as const);
  weightings.forEach((weighting, series) => {
    const own = random.fork(`series ${series}`);
    const ct = kind === 'MR-BRAIN' ? null : planCtSeries(order, kind, size, own);
    const mr = weighting === null ? null : planMrSeries(order, weighting, size, own);
    const seriesInstanceUid = uidOf(names);
    const seriesAt = later(order.startedAt, series * 240);
    for (let index = 0; index < size.sliceCount; index++) {
      const id = identityOf(study, {
        sopClassUid: ct === null ? MR_IMAGE : CT_IMAGE,
        seriesInstanceUid,
        seriesNumber: series + 1,
        instanceNumber: index + 1,
        seriesAt,
        acquiredAt: later(seriesAt, 30 + index * 0.4),
      });
      const pixels = (): Random => own.fork(`slice ${index}`);
      if (ct !== null) {
        const parameters = {
          kv: ct.protocol.kv,
          mas: ct.mas,
          ctdiVolMgy: ct.protocol.ctdiVolMgy,
          noiseHu: ct.plan.noiseHu,
          shiftAcrossMm: Math.round(ct.plan.shiftMm[0]),
          shiftDownMm: Math.round(ct.plan.shiftMm[1] - ct.protocol.centreY),
        };
        planned.push({
          truth: { ...truthOf(study, id, ct.defects), parameters },
          draw: () => ctObject(order, patient, id, ct, frameOfReference, pixels()),
        });
      } else if (mr !== null) {
        const parameters = {
          weighting: mr.plan.weighting,
          noise: mr.plan.noise,
          ghost: mr.plan.ghost,
          phaseField: mr.plan.phaseField,
        };
        planned.push({
          truth: { ...truthOf(study, id, mr.defects), parameters },
          draw: () => mrObject(order, patient, id, mr, frameOfReference, pixels()),
        });
      }
    }
  });
  return planned;
}

interface Place {
  readonly sopClassUid: string;
  readonly seriesInstanceUid: string;
  readonly seriesNumber: number;
  readonly instanceNumber: number;
  readonly seriesAt: Moment;
  readonly acquiredAt: Moment;
}

function identityOf(study: Study, place: Place): ObjectIdentity {
  return {
    ...place,
    sopInstanceUid: uidOf(study.names),
    studyInstanceUid: study.studyInstanceUid,
    accessionNumber: study.accessionNumber,
    studyId: study.studyId,
    studyAt: study.order.startedAt,
  };
}

function truthOf(study: Study, id: ObjectIdentity, defects: readonly Defect[]): TruthRow {
  const { order } = study;
  return {
    sopInstanceUid: id.sopInstanceUid,
    sopClassUid: id.sopClassUid,
    seriesInstanceUid: id.seriesInstanceUid,
    studyInstanceUid: id.studyInstanceUid,
    modality: order.procedure.modality,
    procedure: order.procedure.id,
    position: null,
    device: order.device.id,
    operator: order.operator.staffNumber,
    isEmergency: order.isEmergency,
    defects,
    marker: null,
    parameters: {},
  };
}

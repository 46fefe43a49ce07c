import { elementsOf, encodeDataSet, encodePart10, joinChunks, type KeywordValues } from '@jiapian/dicom';
import { demoDevices, procedures, type PositionCode } from '@jiapian/simulator';
import { CT_IMAGE, ctObject, planCtSeries } from '../../../../packages/simulator/src/exam/ct-series.ts';
import { DX_FOR_PRESENTATION, filmHeader } from '../../../../packages/simulator/src/exam/film-header.ts';
import { planFilm } from '../../../../packages/simulator/src/exam/film-plan.ts';
import { patientOf } from '../../../../packages/simulator/src/exam/patient.ts';
import { demoStaff } from '../../../../packages/simulator/src/staff.ts';
import { randomOf } from '../../../../packages/simulator/src/picture/random.ts';

const day = '20261120';
const pixels = { Rows: 2, Columns: 2, PixelData: new Uint16Array(4) };

export interface SimulatedFilm {
  bytes: Uint8Array;
  sopInstanceUid: string;
}

/** A film of DR-1 as the virtual modality describes it, with four pixels in place of millions; `over` replaces elements. */
export const simulatedFilm = (number: number, position: PositionCode, over: KeywordValues = {}): SimulatedFilm => {
  const random = randomOf(`film ${number}`);
  const device = demoDevices.find(({ id }) => id === 'DR-1')!;
  const patient = patientOf(random.fork('patient'), 2026);
  const plan = planFilm({
    position,
    side: null,
    person: { sex: patient.sex, ageYears: patient.ageYears, build: 1, girth: 1, heartSize: 1 },
    device,
    pixelMm: 0.56,
    defectRate: 0,
    forcedDefects: [],
    random: random.fork('plan'),
  });
  const at = { date: day, secondOfDay: 28_800 + number };
  const order = {
    seed: String(number),
    procedure: procedures.find(({ id }) => id === 'chest-pa')!,
    device,
    operator: demoStaff.find(({ post }) => post === 'technologist')!,
    startedAt: at,
    isEmergency: false,
    defectRate: 0,
  };
  const sopInstanceUid = `2.25.77${number}.3`;
  const header = filmHeader(order, patient, identityOf(number, sopInstanceUid, at), plan);
  const values = { ...header, ...pixels, ...over };
  const dataSet = encodeDataSet(elementsOf(values), { characterSet: device.characterSet });
  const meta = { sopClassUid: DX_FOR_PRESENTATION, sopInstanceUid, transferSyntaxUid: '1.2.840.10008.1.2.1' };
  return { sopInstanceUid, bytes: joinChunks(encodePart10(meta, dataSet)) };
};

const identityOf = (number: number, sopInstanceUid: string, at: { date: string; secondOfDay: number }) => ({
  sopClassUid: DX_FOR_PRESENTATION,
  sopInstanceUid,
  studyInstanceUid: `2.25.77${number}.1`,
  seriesInstanceUid: `2.25.77${number}.2`,
  accessionNumber: `X${number}`,
  studyId: String(number),
  seriesNumber: 1,
  instanceNumber: 1,
  studyAt: at,
  seriesAt: at,
  acquiredAt: at,
});

/** A CT of the chest of CT-1: a localizer and two slices of one series. */
export const simulatedScan = (number: number, over: KeywordValues = {}): Uint8Array[] => {
  const random = randomOf(`scan ${number}`);
  const device = demoDevices.find(({ id }) => id === 'CT-1')!;
  const patient = patientOf(random.fork('patient'), 2026);
  const at = { date: day, secondOfDay: 30_000 + number };
  const order = {
    seed: String(number),
    procedure: procedures.find(({ id }) => id === 'ct-chest')!,
    device,
    operator: demoStaff.find(({ post }) => post === 'technologist')!,
    startedAt: at,
    isEmergency: false,
    defectRate: 0,
  };
  const series = planCtSeries(
    order,
    'CT-CHEST',
    { filmPixelMm: 1, sliceMatrix: 16, sliceCount: 3 },
    random.fork('plan'),
  );
  return [1, 2, 3].map((instanceNumber) => {
    const sopInstanceUid = `2.25.88${number}.3.${instanceNumber}`;
    const identity = {
      ...identityOf(number, sopInstanceUid, at),
      sopClassUid: CT_IMAGE,
      studyInstanceUid: `2.25.88${number}.1`,
      seriesInstanceUid: `2.25.88${number}.2`,
      instanceNumber,
    };
    const slice = ctObject(
      order,
      patient,
      identity,
      series,
      `2.25.88${number}.9`,
      random.fork(`slice ${instanceNumber}`),
    );
    const isScout = instanceNumber === 1;
    const scout = { ImageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'], KVP: 100 };
    const dataSet = encodeDataSet(elementsOf({ ...slice, ...(isScout ? scout : over) }), {
      characterSet: device.characterSet,
    });
    const meta = { sopClassUid: CT_IMAGE, sopInstanceUid, transferSyntaxUid: '1.2.840.10008.1.2.1' };
    return joinChunks(encodePart10(meta, dataSet));
  });
};

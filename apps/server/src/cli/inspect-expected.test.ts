import { readFileSync } from 'node:fs';
import type { DoseEvent, DoseReport, DoseTotals } from '@jiapian/dicom';
import { beforeAll, describe, expect, it } from 'vitest';
import { sample } from '../../../../test/testkit/src/samples.ts';
import type { InspectEntry } from './inspect-entry.ts';
import { runInspect } from './inspect.fixture.ts';

type Figure = [value: number, unit: string];
interface Expected {
  rdsr: Record<string, { own_reading: Reading; peer?: { values: [field: string, value: unknown][] }[] }>;
  exposure_index_headers: Record<string, { header: Record<string, string> }>;
}
interface Reading {
  sop_class: string;
  irradiation_events: number;
  totals: Record<string, Figure[]>;
  first_events: Record<string, unknown>[];
}

const expected = JSON.parse(readFileSync(sample('expected.json'), 'utf8')) as Expected;

/** Factors from the units in which the readings are written to ours; written out here and not taken from the code. */
const toOurs: Record<string, number> = {
  'Gy.m2': 100_000,
  Gym2: 100_000,
  Gy: 1000,
  mGy: 1,
  'mGy.cm': 1,
  mGycm: 1,
  s: 1000,
  ms: 1,
  mm: 1,
  kV: 1,
  mA: 1,
  uAs: 0.001,
  'uA.s': 0.001,
  '1': 1,
  '{events}': 1,
};

const totalNames: Record<string, keyof DoseTotals> = {
  ct_total_dlp: 'dlpMgyCm',
  dap_total: 'doseAreaProductDgyCm2',
  dose_rp_total: 'referencePointDoseMgy',
  fluoro_dap_total: 'fluoroscopyDoseAreaProductDgyCm2',
  fluoro_dose_rp_total: 'fluoroscopyReferencePointDoseMgy',
  fluoro_time_total: 'fluoroscopyTimeMs',
  acq_dap_total: 'acquisitionDoseAreaProductDgyCm2',
  acq_dose_rp_total: 'acquisitionReferencePointDoseMgy',
  acq_time_total: 'acquisitionTimeMs',
  number_of_radiographic_frames: 'frames',
  accumulated_agd: 'averageGlandularDoseMgy',
};

const eventNames: Record<string, keyof DoseEvent> = {
  mean_ctdivol: 'ctdiVolMgy',
  dlp: 'dlpMgyCm',
  scanning_length: 'scanLengthMm',
  exposure_time: 'exposureTimeMs',
  exposure_time_pulse: 'exposureTimeMs',
  dap: 'doseAreaProductDgyCm2',
  dose_rp: 'referencePointDoseMgy',
  agd: 'averageGlandularDoseMgy',
  exposure: 'exposureMas',
  exposure_index: 'exposureIndex',
  target_exposure_index: 'targetExposureIndex',
  deviation_index: 'deviationIndex',
  dsd: 'distanceSourceToReferencePointMm',
};
const pulseNames = { kvp: 'tubeVoltageKv', tube_current: 'tubeCurrentMa' } as const;
const wordNames: Record<string, keyof DoseEvent> = { acquisition_protocol: 'protocol', target_region: 'targetRegion' };
const kindNames: Record<string, DoseEvent['kind']> = {
  'Constant Angle Acquisition': 'constant-angle',
  'Spiral Acquisition': 'spiral',
  'Sequenced Acquisition': 'sequenced',
  'Stationary Acquisition': 'stationary',
  Fluoroscopy: 'fluoroscopy',
};

const isFigure = (value: unknown): value is Figure => Array.isArray(value) && typeof value[0] === 'number';
const ours = ([value, unit]: Figure): number => value * toOurs[unit]!;
const close = (given: unknown, wanted: number, what: string): void => {
  expect(given, what).toBeTypeOf('number');
  expect(Math.abs((given as number) - wanted), `${what}: ${String(given)} against ${wanted}`).toBeLessThanOrEqual(
    1e-9 * Math.max(1, Math.abs(wanted)),
  );
};

let byName: Map<string, InspectEntry>;
beforeAll(async () => {
  const { files } = await runInspect([sample('rdsr'), sample('exposure-index')]);
  byName = new Map(files.map((file) => [file.file.split('/').at(-1)!, file]));
}, 60_000);

const doseOf = (name: string): DoseReport => {
  const dose = byName.get(name)?.dose;
  expect(dose, name).toBeTruthy();
  return dose!;
};

const checkEvent = (event: DoseEvent, reading: Record<string, unknown>): void => {
  for (const [name, value] of Object.entries(reading)) {
    const key = eventNames[name];
    if (key !== undefined && isFigure(value)) close(event[key], ours(value), name);
    if (name in wordNames) expect(event[wordNames[name]!]).toBe(value);
    if (name === 'ct_acquisition_type') expect(event.kind).toBe(kindNames[value as string]);
    if (name === 'event_type')
      expect(event.kind).toBe(value === 'Fluoroscopy' ? 'fluoroscopy' : 'stationary-acquisition');
    if (name in pulseNames && isFigure(value)) close(event[pulseNames[name as 'kvp']], ours(value), name);
    // Several pulses: every one as written stands in the list.
    if (name in pulseNames && Array.isArray(value) && Array.isArray(value[0])) {
      const pulses = event.pulses!.map((pulse) => pulse[pulseNames[name as 'kvp']]);
      expect(pulses).toEqual((value as Figure[]).map(ours));
    }
  }
};

describe('inspect of dose reports', () => {
  it.each(Object.entries(expected.rdsr).filter(([, { own_reading }]) => own_reading.irradiation_events > 0))(
    '%s: gives every figure of the straight reading',
    (name, { own_reading: reading }) => {
      const dose = doseOf(name);
      expect(byName.get(name)!.sopClassUid).toBe(reading.sop_class);
      expect(dose.eventCount).toBe(reading.irradiation_events);
      expect(dose.events).toHaveLength(reading.irradiation_events);
      for (const [total, figures] of Object.entries(reading.totals)) {
        const sum = figures.reduce((all, figure) => all + ours(figure), 0);
        if (total === 'ct_total_events') close(dose.eventCount, sum, total);
        else close(dose.totals[totalNames[total]!], sum, `${name} ${total}`);
      }
      for (const [at, event] of reading.first_events.entries()) checkEvent(dose.events[at]!, event);
    },
  );

  it('finds no dose in a report about something else', () => {
    expect(byName.get('ESR_non-dose.dcm')).toMatchObject({ dose: null });
    expect(byName.get('ESR_non-dose.dcm')?.notMeasured).toEqual([{ metric: 'dose', reason: 'not-a-dose-report' }]);
  });

  it('marks the dose of a screen as such, with the total and kinds that a peer asserts', () => {
    const dose = doseOf('CT-SC-Philips_Brilliance16P.dcm');
    const peer = new Map(expected.rdsr['CT-SC-Philips_Brilliance16P.dcm']!.peer!.flatMap(({ values }) => values));
    expect(dose.source).toBe('dose-screen');
    expect(dose.eventCount).toBe(peer.get('[0].number_of_events'));
    close(dose.totals.dlpMgyCm, peer.get('[0].total_dlp') as number, 'total');
    const count = (kind: string) => dose.events.filter((event) => event.kind === kind).length;
    expect(count('spiral')).toBe(peer.get('[0].number_of_spiral'));
    expect(count('constant-angle')).toBe(peer.get('[0].number_of_const_angle'));
  });

  it('adds the two breasts and keeps them apart', () => {
    expect(doseOf('MG-RDSR-Hologic_2D.dcm').totals).toMatchObject({
      averageGlandularDoseMgy: 2.58,
      averageGlandularDoseLeftMgy: 1.3,
      averageGlandularDoseRightMgy: 1.28,
    });
  });
});

/** Field names of the peer, the last part, for figures that both state in one unit. */
const peerEventFields: Record<string, [name: keyof DoseEvent, factor: number]> = {
  mean_ctdivol: ['ctdiVolMgy', 1],
  dlp: ['dlpMgyCm', 1],
  dose_area_product: ['doseAreaProductDgyCm2', 100_000],
  'irradeventxraysourcedata.dose_rp': ['referencePointDoseMgy', 1000],
  'irradeventxraysourcedata.average_glandular_dose': ['averageGlandularDoseMgy', 1],
  entrance_exposure_at_rp: ['entranceDoseMgy', 1],
  'irradeventxraysourcedata.average_xray_tube_current': ['tubeCurrentMa', 1],
  'irradeventxraysourcedata.exposure_time': ['exposureTimeMs', 1],
  'irradeventxraysourcedata.kvp.kvp': ['tubeVoltageKv', 1],
  'irradeventxraysourcedata.exposure.exposure': ['exposureMas', 0.001],
  'ctxraysourceparameters.kvp': ['tubeVoltageKv', 1],
  'ctxraysourceparameters.xray_tube_current': ['tubeCurrentMa', 1],
  'ctxraysourceparameters.exposure_time_per_rotation': ['rotationTimeMs', 1000],
  'scanninglength.scanning_length': ['scanLengthMm', 1],
  pitch_factor: ['pitch', 1],
  nominal_total_collimation_width: ['totalCollimationMm', 1],
  'irradeventxraymechanicaldata.compression_thickness': ['compressionThicknessMm', 1],
};

describe('inspect beside a peer', () => {
  const rows = Object.entries(expected.rdsr).flatMap(([name, { peer = [] }]) =>
    peer.flatMap(({ values }) =>
      values.flatMap(([field, value]) => {
        const [, at, rest = ''] =
          /irr(?:adeventxraydata|adiationeventdata|adiationevent)?[a-z]*\[(\d+)\]\.(.+)$/.exec(field) ?? [];
        const known = peerEventFields[rest];
        return at === undefined || known === undefined ? [] : [{ name, field, at: Number(at), known, value }];
      }),
    ),
  );

  it('agrees on every figure of an event that both state', () => {
    expect(rows.length).toBeGreaterThan(40);
    for (const { name, field, at, known, value } of rows) {
      const [key, factor] = known;
      const given = doseOf(name).events[at]![key];
      close(given, (value as number) * factor, `${name} ${field}`);
    }
  });
});

describe('inspect of exposure headers', () => {
  const eventOf = (name: string): DoseEvent => doseOf(name).events[0]!;

  it.each(Object.entries(expected.exposure_index_headers))(
    '%s: gives every exposure value as written',
    (name, { header }) => {
      const event = eventOf(name);
      const facts = byName.get(name)!.facts;
      const check = (keyword: string, given: number | undefined, factor = 1): void => {
        if (header[keyword] !== undefined) close(given, Number(header[keyword]) * factor, `${name} ${keyword}`);
      };
      expect(byName.get(name)?.modality).toBe(header['Modality']);
      check('ExposureIndex', event.exposureIndex);
      check('TargetExposureIndex', event.targetExposureIndex);
      check('DeviationIndex', event.deviationIndex);
      check('KVP', event.tubeVoltageKv);
      check('XRayTubeCurrent', event.tubeCurrentMa);
      check('ExposureTime', facts.exposureTimeMs);
      check('Exposure', facts.exposureMas);
      if (header['ExposureInuAs'] !== undefined) check('ExposureInuAs', event.exposureMas, 0.001);
      else check('Exposure', event.exposureMas);
      check('ImageAndFluoroscopyAreaDoseProduct', event.doseAreaProductDgyCm2);
      check('EntranceDoseInmGy', event.entranceDoseMgy);
      check('OrganDose', event.averageGlandularDoseMgy, 100);
      check('DistanceSourceToDetector', event.distanceSourceToDetectorMm);
      check('RelativeXRayExposure', facts.relativeXRayExposure);
      check('Sensitivity', facts.sensitivity);
      if (header['BodyPartExamined'] !== undefined) expect(facts.bodyPartExamined).toBe(header['BodyPartExamined']);
      if (header['ViewPosition'] !== undefined) expect(facts.viewPosition).toBe(header['ViewPosition']);
    },
  );

  it('recomputes the deviation and agrees with what the consoles wrote, to their rounding', () => {
    for (const [name, { header }] of Object.entries(expected.exposure_index_headers)) {
      if (header['DeviationIndex'] === undefined) continue;
      const recomputed = byName.get(name)!.measurements.find(({ metric }) => metric === 'deviation-index')!;
      expect(Math.abs(recomputed.value - Number(header['DeviationIndex']))).toBeLessThanOrEqual(0.1);
    }
  });

  it('names the distance that is none', () => {
    const rules = byName.get('DX-Im-Carestream_DR7500-1.dcm')!.findings.map(({ rule }) => rule);
    expect(rules).toContain('distance-impossible');
  });
});

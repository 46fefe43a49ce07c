import { orderRequest, type OrderRequest } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import type { Hl7Message, Hl7Segment } from '../platform/hl7-message.ts';
import { hl7Day, hl7Moment, hl7Name, patientIdOf } from './hl7-values.ts';

/** Order control codes (HL7 table 0119) that take an order back; all others that carry an order (re)new it. */
const cancelling = new Set(['CA', 'DC', 'OC', 'OD', 'CR', 'DR']);
/** Codes that say something else about an order than that it is wanted. */
const silent = new Set(['OK', 'SR', 'NA', 'UA', 'UX', 'DE', 'RR', 'LI', 'CH']);
const sexes = new Set(['M', 'F', 'O']);

/**
 * The orders of an ORM^O01, OMG^O19 or OMI^O23 message (IHE RAD-4): one for each OBR and each IPC below it. Throws
 * `HL7_FIELD_MISSING` for an order without any number.
 */
export const ordersFromHl7 = (message: Hl7Message): OrderRequest[] => {
  const patient = patientPart(message);
  return groupsOf(message).flatMap((group) => {
    const control = group.orc?.value(1) ?? 'NW';
    if (silent.has(control)) return [];
    return (group.ipcs.length === 0 ? [undefined] : group.ipcs).map((ipc) =>
      checked({
        ...patient,
        ...orderPart(group, ipc),
        control: cancelling.has(control) ? 'cancel' : 'new',
      }),
    );
  });
};

/** Words may be longer than we keep; a number may not. */
const KEPT_WORDS = { reason: 500, procedureName: 200, patientName: 200, referringPhysician: 200, ward: 100 };

const clipped = (order: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(order).map(([key, value]) => {
      const limit = (KEPT_WORDS as Readonly<Record<string, number>>)[key];
      return [key, limit !== undefined && typeof value === 'string' ? value.slice(0, limit) : value];
    }),
  );

const checked = (order: Readonly<Record<string, unknown>>): OrderRequest => {
  const parsed = orderRequest.safeParse(clipped(order));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError('HL7_FIELD_MISSING', { reason: issue?.message, field: issue?.path.join('.') });
};

interface OrderGroup {
  orc: Hl7Segment | undefined;
  obr: Hl7Segment | undefined;
  tq1: Hl7Segment | undefined;
  zds: Hl7Segment | undefined;
  ipcs: Hl7Segment[];
}

/** Segments by order: each ORC begins one, or each OBR where there is no ORC before it. */
const groupsOf = (message: Hl7Message): OrderGroup[] => {
  const groups: OrderGroup[] = [];
  const begin = (orc: Hl7Segment | undefined): OrderGroup => {
    const group: OrderGroup = { orc, obr: undefined, tq1: undefined, zds: undefined, ipcs: [] };
    groups.push(group);
    return group;
  };
  for (const segment of message.segments) {
    const current = groups.at(-1);
    if (segment.name === 'ORC') begin(segment);
    else if (segment.name === 'OBR') {
      const group = current === undefined || current.obr !== undefined ? begin(current?.orc) : current;
      group.obr = segment;
    } else if (segment.name === 'IPC') current?.ipcs.push(segment);
    else if (current !== undefined && segment.name === 'TQ1') current.tq1 ??= segment;
    else if (current !== undefined && segment.name === 'ZDS') current.zds ??= segment;
  }
  if (groups.length === 0) throw new AppError('HL7_FIELD_MISSING', { reason: 'no order', field: 'ORC' });
  return groups;
};

const patientPart = (message: Hl7Message) => {
  const pid = message.first('PID');
  if (pid === undefined) throw new AppError('HL7_FIELD_MISSING', { reason: 'no patient', field: 'PID' });
  const pv1 = message.first('PV1');
  const sex = pid.value(8).toUpperCase();
  return {
    ...patientIdOf(pid),
    patientName: hl7Name(pid, 5),
    patientSex: sexes.has(sex) ? sex : null,
    birthDate: hl7Day(pid.value(7)),
    patientClass: pv1?.value(2) ?? '',
    ward: wardOf(pv1),
    referringPhysician: pv1 === undefined ? '' : hl7Name(pv1, 8, 2),
  };
};

/** PV1-3: point of care, room and bed, as one line. */
export const wardOf = (pv1: Hl7Segment | undefined): string =>
  [1, 2, 3]
    .map((component) => pv1?.value(3, component) ?? '')
    .filter((part) => part !== '')
    .join(' ');

const orderPart = ({ orc, obr, tq1, zds }: OrderGroup, ipc: Hl7Segment | undefined) => {
  const of = (...values: (string | undefined)[]): string => values.find((value) => value) ?? '';
  return {
    // IHE RAD-4: IPC of OMI, else OBR-18 to OBR-20 and OBR-24 of ORM.
    accessionNumber: of(ipc?.value(1), obr?.value(18)),
    requestedProcedureId: of(ipc?.value(2), obr?.value(19)),
    studyInstanceUid: of(ipc?.value(3), zds?.value(1)),
    scheduledStepId: of(ipc?.value(4), obr?.value(20)),
    modality: of(ipc?.value(5), obr?.value(24)),
    stationName: of(ipc?.value(7)),
    stationAeTitle: of(ipc?.value(9), obr?.value(21)),
    placerOrderNumber: of(orc?.value(2), obr?.value(2)),
    fillerOrderNumber: of(orc?.value(3), obr?.value(3)),
    procedureCode: of(ipc?.value(6, 1), obr?.value(4, 1)),
    procedureName: of(ipc?.value(6, 2), obr?.value(4, 2), obr?.value(4, 1)),
    bodyPart: of(obr?.value(15, 4)),
    reason: of(obr?.value(31, 2), obr?.value(13)),
    // The newest of the three places counts: TQ1 since 2.5, ORC-7 and OBR-27 before, OBR-5 long ago.
    priorityCode: of(tq1?.value(9), orc?.value(7, 6), obr?.value(27, 6), obr?.value(5)),
    scheduledAt: [tq1?.value(7), orc?.value(7, 4), obr?.value(27, 4), obr?.value(36), obr?.value(6)]
      .map((text) => hl7Moment(text ?? ''))
      .find((moment) => moment !== null),
  };
};

import {
  decodeJson,
  elementsOfJson,
  encodeDataSet,
  jsonItems,
  jsonText,
  joinChunks,
  type DicomJson,
  type WriteElement,
} from '@jiapian/dicom';
import {
  commandFields,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
  printClasses,
  serviceClasses,
  type CommandSet,
} from '@jiapian/dicom/network';
import { AppError } from '@jiapian/kernel';
import { DimseClient, type DimseMessage, type DimsePeer } from '../platform/dimse-client.ts';
import type { PrintPicture } from './print-picture.ts';

/** One sheet: its fields, its size by DICOM's name, and the pictures in the order of the fields. */
export interface PrintJob {
  columns: number;
  rows: number;
  filmSize: string;
  orientation: 'PORTRAIT' | 'LANDSCAPE';
  copies: number;
  label: string;
  /** Width on the sheet, mm; null lets the printer fit the picture into its field. */
  pictures: readonly { picture: PrintPicture; widthMm: number | null }[];
}

const meta = serviceClasses.grayscalePrint.uid;
/** Action type "Print" of a film box (PS3.4 table H.4.2-6). */
const PRINT = 1;
const SHORT_TEXT = 64;

const text = (vr: string, ...values: (string | number)[]) => ({ vr, Value: values });

/**
 * Prints one sheet (PS3.4 annex H, Basic Grayscale Print Management as SCU): film session, film box, one image box for
 * each picture, print, and the session is deleted again. Throws `DIMSE_REFUSED` with the printer's status.
 */
export const printSheet = async (peer: DimsePeer, job: PrintJob): Promise<void> => {
  const proposals = [EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN].map((transferSyntax) => ({
    abstractSyntax: meta,
    transferSyntax,
  }));
  const client = await DimseClient.associate(peer, proposals);
  try {
    const encoding = client.encodingOf(meta);
    if (encoding === undefined) throw new AppError('DIMSE_REFUSED', { reason: 'printing-not-accepted' });
    const say = speaker(client);
    const session = await say(create(printClasses.filmSession), encoded(elementsOfJson(sessionJson(job)), encoding));
    const sessionUid = session.command.AffectedSOPInstanceUID ?? '';
    const box = await say(create(printClasses.filmBox), encoded(elementsOfJson(boxJson(job, sessionUid)), encoding));
    const fields = jsonItems(decodeJson(box.dataset, box.transferSyntax), '20100510');
    if (fields.length < job.pictures.length) throw new AppError('DIMSE_REFUSED', { reason: 'too-few-fields' });
    for (const [index, one] of job.pictures.entries()) {
      const instance = jsonText(fields[index] ?? {}, '00081155');
      const elements = imageElements(index + 1, one);
      await say(requested(commandFields.setRequest, printClasses.imageBox, instance), encoded(elements, encoding));
    }
    const boxUid = box.command.AffectedSOPInstanceUID ?? '';
    await say({ ...requested(commandFields.actionRequest, printClasses.filmBox, boxUid), ActionTypeID: PRINT }, null);
    await say(requested(commandFields.deleteRequest, printClasses.filmSession, sessionUid), null);
  } finally {
    await client.release();
  }
};

/** Without a character set: printers refuse an attribute that their classes do not have, and all text here is ASCII. */
const encoded = (elements: readonly WriteElement[], encoding: string): Uint8Array =>
  joinChunks(encodeDataSet(elements, { implicit: encoding === IMPLICIT_LITTLE_ENDIAN, characterSet: 'ISO_IR 6' }));

const create = (sopClassUid: string): CommandSet => ({
  CommandField: commandFields.createRequest,
  AffectedSOPClassUID: sopClassUid,
});
const requested = (CommandField: number, sopClassUid: string, sopInstanceUid: string): CommandSet => ({
  CommandField,
  RequestedSOPClassUID: sopClassUid,
  RequestedSOPInstanceUID: sopInstanceUid,
});

/** Warnings (Bxxx, 0107, 0116) print: a cropped or re-scaled picture is the printer's word, and it is not ours to stop. */
const speaker =
  (client: DimseClient) =>
  async (command: CommandSet, dataset: Uint8Array | null): Promise<DimseMessage> => {
    const answer = await client.call(meta, command, dataset);
    const status = answer.command.Status ?? 0;
    const isWarning = status >> 12 === 0xb || status === 0x0107 || status === 0x0116;
    if (status === 0 || isWarning) return answer;
    const reason = answer.command.ErrorComment ?? '';
    throw new AppError('DIMSE_REFUSED', { status: status.toString(16).padStart(4, '0'), reason });
  };

const sessionJson = ({ copies, label }: PrintJob): DicomJson => ({
  '20000010': text('IS', copies),
  '20000020': text('CS', 'MED'),
  '20000050': text('LO', label.replace(/[^\x20-\x7e]/g, '?').slice(0, SHORT_TEXT)),
});

const boxJson = (job: PrintJob, sessionUid: string): DicomJson => ({
  '20100010': text('ST', `STANDARD\\${job.columns},${job.rows}`),
  '20100040': text('CS', job.orientation),
  '20100050': text('CS', job.filmSize),
  '20100500': {
    vr: 'SQ',
    Value: [{ '00081150': text('UI', printClasses.filmSession), '00081155': text('UI', sessionUid) }],
  },
});

const imageElements = (position: number, { picture, widthMm }: PrintJob['pictures'][number]): WriteElement[] => [
  { tag: 0x20200010, vr: 'US', value: position },
  ...(widthMm === null ? [] : [{ tag: 0x20200030, vr: 'DS', value: Number(widthMm.toFixed(2)) }]),
  {
    tag: 0x20200110,
    vr: 'SQ',
    value: [
      [
        { tag: 0x00280002, vr: 'US', value: 1 },
        { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
        { tag: 0x00280010, vr: 'US', value: picture.rows },
        { tag: 0x00280011, vr: 'US', value: picture.columns },
        { tag: 0x00280034, vr: 'IS', value: [1, 1] },
        { tag: 0x00280100, vr: 'US', value: 8 },
        { tag: 0x00280101, vr: 'US', value: 8 },
        { tag: 0x00280102, vr: 'US', value: 7 },
        { tag: 0x00280103, vr: 'US', value: 0 },
        { tag: 0x7fe00010, vr: 'OW', value: picture.samples },
      ],
    ],
  },
];

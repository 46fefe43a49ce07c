import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { elementsOf, encodeDataSet, encodePart10, joinChunks } from '@jiapian/dicom';
import { temporaryFolder } from '@jiapian/testkit';
import type { CommandIo } from '../apps/server/src/cli/command.ts';
import { run as inspect } from '../apps/server/src/cli/inspect.ts';
import type { Bench } from './bench.ts';
import { median } from './statistics.ts';

const headers = 1_000;
const repetitions = 5;
const limitMs = 2_000;

export const bench: Bench = {
  title: `inspect: facts, exposure, dose and hints of ${headers} headers`,
  run: async (progress) => {
    const folder = temporaryFolder('bench-inspect');
    try {
      for (let at = 0; at < headers; at += 1) writeFileSync(path.join(folder.path, `${at}.dcm`), headerOf(at));
      const times: number[] = [];
      for (let round = 0; round < repetitions; round += 1) {
        times.push(await inspectOnce(folder.path));
        progress(`round ${round + 1}: ${times.at(-1)?.toFixed(0)} ms`);
      }
      const middle = median(times);
      const rows = [[middle.toFixed(0), Math.max(...times).toFixed(0), ((headers / middle) * 1000).toFixed(0)]];
      return {
        tables: [
          { title: `${repetitions} rounds`, columns: ['median, ms', 'slowest, ms', 'headers per second'], rows },
        ],
        targets: [
          {
            claim: `${headers} headers ≤ 2 s after start`,
            measured: `${Math.round(middle)} ms`,
            isMet: middle <= limitMs,
          },
        ],
        measurements: { times },
      };
    } finally {
      folder.remove();
    }
  },
};

const inspectOnce = async (folder: string): Promise<number> => {
  let bytes = 0;
  const io: CommandIo = {
    isJson: true,
    line: () => undefined,
    json: () => undefined,
    jsonPart: (text) => void (bytes += text.length),
    note: () => undefined,
    environment: {},
  };
  const startedAt = performance.now();
  await inspect([folder], io);
  return bytes > 0 ? performance.now() - startedAt : Number.NaN;
};

const sopClassUid = '1.2.840.10008.5.1.4.1.1.1.1';

/** A radiograph's header as a console writes it, without pixels. */
const headerOf = (number: number): Uint8Array => {
  const sopInstanceUid = `2.25.1${number}`;
  const dataSet = encodeDataSet(
    elementsOf({
      SOPClassUID: sopClassUid,
      SOPInstanceUID: sopInstanceUid,
      StudyInstanceUID: `2.25.2${number}`,
      SeriesInstanceUID: `2.25.3${number}`,
      SpecificCharacterSet: 'ISO_IR 192',
      Modality: 'DX',
      PatientName: 'Wang^XiaoDong=王^小东',
      PatientID: `P${number}`,
      PatientSex: 'M',
      PatientBirthDate: '19800301',
      StudyDate: '20260601',
      StudyTime: '080000',
      AccessionNumber: `A${number}`,
      InstitutionName: 'Hospital',
      BodyPartExamined: 'CHEST',
      ViewPosition: 'PA',
      KVP: 120,
      ExposureIndex: 200 + (number % 300),
      TargetExposureIndex: 250,
    }),
  );
  const meta = { sopClassUid, sopInstanceUid, transferSyntaxUid: '1.2.840.10008.1.2.1' };
  return joinChunks(encodePart10(meta, dataSet));
};

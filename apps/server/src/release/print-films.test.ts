import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printRequest, sheetPdfQuery, sheetRequest } from '@jiapian/contract';
import { encodePart10Header, joinChunks, readPart10 } from '@jiapian/dicom';
import { AppError, fixedClock } from '@jiapian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../../../../test/testkit/src/database.ts';
import { dcmdump } from '../../../../test/testkit/src/dcmtk.ts';
import { freePorts } from '../../../../test/testkit/src/free-ports.ts';
import { findProgram, runToEnd, startProgram, type Running } from '../../../../test/testkit/src/programs.ts';
import { smallDataSet } from '../../../../test/testkit/src/received.ts';
import { registerExam } from '../../../../test/testkit/src/register-exam.ts';
import { waitUntil } from '../../../../test/testkit/src/wait-until.ts';
import { encodePng } from '../analysis/index.ts';
import { systemActor } from '../audit/index.ts';
import { printRefusal } from './prepare-sheet.ts';
import { previewSheet, printFilms, printPdf, type PrintParts } from './print-films.ts';

let test: TestDatabase;
let printer: Running;
let parts: PrintParts;
const folder = mkdtempSync(join(tmpdir(), 'jiapian-print-'));
const database = join(folder, 'database');
const clock = fixedClock(new Date('2026-11-24T08:00:00Z'));

/** dcmtk's printer writes what it prints as files. */
const startPrinter = async (port: number): Promise<Running> => {
  for (const name of ['database', 'spool', 'log', 'lut']) mkdirSync(join(folder, name));
  const config = join(folder, 'dcmpstat.cfg');
  writeFileSync(
    config,
    `[[GENERAL]]
[DATABASE]
Directory = ${database}
[PRINT]
Directory = ${join(folder, 'spool')}
[LUT]
Directory = ${join(folder, 'lut')}
[[COMMUNICATION]]
[PRINTER1]
Aetitle = PRINTER1
Description = Printer
Hostname = localhost
Port = ${port}
Type = LOCALPRINTER
DisplayFormat = 1,1\\2,1\\2,2
FilmSizeID = 14INX17IN\\8INX10IN
SupportsImageSize = true
`,
  );
  const running = startProgram(findProgram('dcmprscp', 'dcmtk'), ['-c', config, '-p', 'PRINTER1', '-v'], {
    env: { TCP_NODELAY: '1' },
  });
  await waitUntil('dcmprscp to speak', async () => running.output().length > 0 || running.hasExited());
  if (running.hasExited()) throw new Error(running.output());
  return running;
};

beforeAll(async () => {
  test = await startTestDatabase();
  const [port = 0] = await freePorts(1);
  printer = await startPrinter(port);
  parts = {
    database: test.database,
    clock,
    store: { path: async (objectId: string) => join(folder, objectId) },
    aeTitle: 'JIAPIAN',
    tls: null,
  };
  await test.asOwner(
    `insert into dicom_application (hospital_id, ae_title, host, port) values ($1, 'PRINTER1', '127.0.0.1', $2)`,
    [test.hospitalId, port],
  );
});
afterAll(async () => {
  await printer.stop();
  await test.stop();
  rmSync(folder, { recursive: true });
});

/** Pixels of each side and their distance: 100 mm in the plane of the detector. */
const SIDE = 200;
const SPACING_MM = 0.5;

/** Films of one exam with their pictures on the disk; the gate and each grade as given. */
const films = async (state: string, grades: readonly (string | null)[], spacing = true): Promise<string[]> => {
  const { examId, sopInstanceUids } = await registerExam(test, { images: grades.length });
  await test.asOwner(`insert into gate (hospital_id, exam_id, state) values ($1, $2, $3)`, [
    test.hospitalId,
    examId,
    state,
  ]);
  const ids: string[] = [];
  for (const [index, uid] of sopInstanceUids.entries()) {
    const dataSet = smallDataSet({
      SOPInstanceUID: uid,
      Rows: SIDE,
      Columns: SIDE,
      PixelData: Uint16Array.from({ length: SIDE * SIDE }, (_, at) => at),
      ...(spacing ? { ImagerPixelSpacing: [SPACING_MM, SPACING_MM] } : {}),
    });
    const header = encodePart10Header({
      sopClassUid: '1.2.840.10008.5.1.4.1.1.1.1',
      sopInstanceUid: uid,
      transferSyntaxUid: '1.2.840.10008.1.2.1',
    });
    writeFileSync(join(folder, `object-${uid}`), joinChunks([header, dataSet]));
    const pixelSpacing = spacing ? { rowMm: SPACING_MM, columnMm: SPACING_MM, source: 'ImagerPixelSpacing' } : null;
    await test.asOwner(
      `update instance set facts = facts || $3::jsonb where hospital_id = $1 and sop_instance_uid = $2`,
      [
        test.hospitalId,
        uid,
        JSON.stringify({ rows: SIDE, columns: SIDE, ...(pixelSpacing === null ? {} : { pixelSpacing }) }),
      ],
    );
    const [row] = await test.asOwner<{ film_id: string }>(
      `insert into film (hospital_id, film_id, exam_id, kind, sop_instance_uid, day, grade)
       values ($1, gen_random_uuid(), $2, 'image', $3, '2026-11-24', $4) returning film_id`,
      [test.hospitalId, examId, uid, grades[index] ?? null],
    );
    ids.push(row?.film_id ?? '');
  }
  return ids;
};
const print = (request: Record<string, unknown>) =>
  printFilms(
    parts,
    systemActor('test'),
    test.hospitalId,
    printRequest.parse({ printerAeTitle: 'PRINTER1', ...request }),
  );
const factsOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'printed',
    (error: unknown) => (error instanceof AppError ? { code: error.code, ...error.facts } : error),
  );
/** What the printer stored: eight bits, uncompressed. */
const greyOf = async (file: string) => {
  const bytes = new Uint8Array(readFileSync(file));
  const { dataSetOffset } = readPart10(bytes);
  const dump = await dcmdump(file);
  const valueOf = (tag: string): number => Number(new RegExp(`\\(${tag}\\) US (\\d+)`).exec(dump)?.[1]);
  const [rows, columns] = [valueOf('0028,0010'), valueOf('0028,0011')];
  expect(dataSetOffset).toBeGreaterThan(0);
  return { rows, columns, samples: bytes.subarray(bytes.length - rows * columns) };
};
const longestRun = (samples: Uint8Array, from: number, length: number): number => {
  let [longest, run] = [0, 0];
  for (const sample of samples.subarray(from, from + length)) {
    run = sample > 200 ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
};
const printed = (): string[] => readdirSync(database).filter((name) => name.endsWith('.dcm'));

describe('the gate in front of the printer', () => {
  it.each([
    ['released', 'A', null],
    ['released', null, null],
    ['held', null, 'held'],
    ['held', 'A', 'held'],
    ['returned', 'reject', 'rejected'],
    ['released', 'reject', 'rejected'],
    ['none', null, 'not-released'],
  ])('answers for a film of an exam that is %s with the grade %s: %s', (gateState, grade, reason) => {
    expect(printRefusal({ gateState, grade, objectId: 'o' })).toBe(reason);
  });

  it('refuses the whole sheet and names each film with its reason; nothing is printed', async () => {
    const [held = ''] = await films('held', [null]);
    const [good = '', rejected = ''] = await films('released', ['A', 'reject']);
    expect(await factsOf(print({ filmIds: [held, good, rejected], columns: 2, rows: 2 }))).toEqual({
      code: 'RELEASE_PRINT_REFUSED',
      films: [
        { filmId: held, reason: 'held' },
        { filmId: rejected, reason: 'rejected' },
      ],
    });
    expect(printed()).toEqual([]);
    expect(await test.asOwner(`select action from audit_entry where action = 'release.film-printed'`)).toEqual([]);
  });

  it('does not know a film of another hospital, nor a printer that is not entered', async () => {
    const [film = ''] = await films('released', ['A']);
    const request = printRequest.parse({ filmIds: [film], printerAeTitle: 'PRINTER9' });
    expect(await factsOf(printFilms(parts, systemActor('test'), test.hospitalId, request))).toMatchObject({
      code: 'RELEASE_DESTINATION_NOT_FOUND',
    });
    await test.asOwner(
      `insert into dicom_application (hospital_id, ae_title, host, port) values ($1, 'PRINTER1', '127.0.0.1', 1)`,
      [test.otherHospitalId],
    );
    const foreign = { ...request, printerAeTitle: 'PRINTER1' };
    expect(await factsOf(printFilms(parts, systemActor('test'), test.otherHospitalId, foreign))).toMatchObject({
      code: 'REVIEW_FILM_NOT_FOUND',
    });
  });
});

describe('a sheet', () => {
  it('with a fault is not printed until a person accepts it', async () => {
    const filmIds = await films('released', ['A', 'B'], false);
    const fault = { code: 'scale-unknown' };
    expect(await factsOf(print({ filmIds, columns: 2 }))).toMatchObject({
      code: 'RELEASE_PRINT_LAYOUT',
      faults: [fault, fault],
    });
    expect(await factsOf(print({ filmIds, acceptedFaults: ['scale-unknown', 'too-many-views'] }))).toMatchObject({
      code: 'RELEASE_PRINT_LAYOUT',
      faults: [{ code: 'too-many-views' }],
    });
  });

  it('of released films is printed by a real printer, both views with one magnification', async () => {
    const filmIds = await films('released', ['A', 'B']);
    expect(await print({ filmIds, columns: 2 })).toEqual({ printed: 2, magnification: 1, acceptedFaults: [] });
    await waitUntil('the printer to write its files', async () => printed().length >= 2);
    const dumps = await Promise.all(printed().map((name) => dcmdump(join(database, name))));
    // 100 mm wide at six pixels a millimetre: each pixel three times, and 14 mm for the words.
    expect(dumps.filter((dump) => /\(0028,0010\) US 684 /.test(dump)).length).toBeGreaterThanOrEqual(2);
    const stored = printed().find((name) => /\(0028,0010\) US 684 /.test(dumps[printed().indexOf(name)] ?? ''));
    const { rows, columns, samples } = await greyOf(join(database, stored ?? ''));
    const strip = samples.subarray(600 * columns);
    expect([rows, columns]).toEqual([684, 600]);
    // Words and the bar in white on black: some of the strip, not all of it.
    const white = strip.filter((sample) => sample > 200).length / strip.length;
    expect(white).toBeGreaterThan(0.01);
    expect(white).toBeLessThan(0.3);
    // The bar of 50 mm at life size and six pixels a millimetre is 300 pixels long, whatever the printer does.
    const longest = Math.max(...Array.from({ length: 84 }, (_, row) => longestRun(strip, row * columns, columns)));
    expect(longest).toBeGreaterThanOrEqual(299);
    expect(longest).toBeLessThanOrEqual(303);
    // The picture itself is what it was.
    expect(new Set(samples.subarray(0, 600 * columns)).size).toBeGreaterThan(100);
    if (process.env['JIAPIAN_PICTURES'] !== undefined)
      writeFileSync(`${process.env['JIAPIAN_PICTURES']}/printed-film.png`, encodePng(samples, columns, rows, 1));
    expect(printer.output()).not.toMatch(/error/i);
    expect(await test.asOwner(`select event from exam_event where event = 'film.printed'`)).toHaveLength(2);
    expect(await test.asOwner(`select action from audit_entry where action = 'release.film-printed'`)).toHaveLength(2);
  });
});

describe('before it is printed', () => {
  it('a sheet is shown with its sizes, its faults, and why a film may not be on it', async () => {
    const [film = '', rejected = ''] = await films('released', ['A', 'reject'], false);
    const preview = await previewSheet(
      parts,
      test.hospitalId,
      sheetRequest.parse({ filmIds: [film, rejected], columns: 2 }),
    );
    expect(preview).toMatchObject({
      widthMm: 346,
      heightMm: 422,
      magnification: null,
      // A square in a field of 173 mm.
      films: [
        { filmId: film, refusal: null, widthMm: 173, heightMm: 173 },
        { filmId: rejected, refusal: 'rejected' },
      ],
      faults: [
        { code: 'scale-unknown', filmId: film, isFinal: false },
        { code: 'scale-unknown', filmId: rejected, isFinal: false },
      ],
    });
    const [foreign] = await Promise.allSettled([
      previewSheet(parts, test.otherHospitalId, sheetRequest.parse({ filmIds: [film] })),
    ]);
    expect(foreign).toMatchObject({ reason: { code: 'REVIEW_FILM_NOT_FOUND' } });
  });
});

describe('a sheet as a document', () => {
  const pdf = async (filmIds: string[], locale = 'zh-CN', filmSize = 'A4', rows = 2) => {
    const request = sheetPdfQuery.parse({ filmIds: filmIds.join(','), rows: String(rows), filmSize, locale });
    const file = join(folder, 'sheet.pdf');
    writeFileSync(file, await printPdf(parts, systemActor('test'), test.hospitalId, request));
    return file;
  };
  const ask = async (program: string, args: string[]) =>
    (await runToEnd(findProgram(program, 'poppler-utils'), args)).output;

  it('shows both views to one scale on one page, with name, number and the bar', async () => {
    const file = await pdf(await films('released', ['A', 'B']));
    const text = await ask('pdftotext', ['-layout', file, '-']);
    expect(text).toMatch(/张三 +男/);
    expect(text).toContain('2026-11-24');
    expect(text.match(/50 mm +×1\.00/g)).toHaveLength(2);
    expect(await ask('pdfinfo', [file])).toMatch(/Pages: +1\n[^]*Page size: +595\.\d+ x 841\.\d+ pts/);
    // 200 pixels over 100 mm are 50.8 to the inch: life size.
    const pictures = (await ask('pdfimages', ['-list', file])).split('\n').filter((line) => / image /.test(line));
    expect(pictures.map((line) => line.trim().split(/\s+/).slice(12, 14))).toEqual([
      ['51', '51'],
      ['51', '51'],
    ]);
  });

  it('is made smaller, all views alike, when life size does not fit, and says by how much', async () => {
    const filmIds = await films('released', ['A', 'B', 'A']);
    const text = await ask('pdftotext', [await pdf(filmIds, 'en', '8INX10IN', 3), '-']);
    // Fields of 244 / 3 mm with 14 mm of words under a film of 100 mm.
    expect(text.match(/×0\.67/g)).toHaveLength(3);
    expect(text).toContain('male');
  });

  it('is refused for a held film, and the trail has nothing of it', async () => {
    const before = await test.asOwner(`select 1 from audit_entry where action = 'release.film-printed'`);
    expect(await factsOf(pdf(await films('held', ['A'])))).toMatchObject({
      code: 'RELEASE_PRINT_REFUSED',
      films: [{ reason: 'held' }],
    });
    expect(await test.asOwner(`select 1 from audit_entry where action = 'release.film-printed'`)).toEqual(before);
  });

  it('tells a file that cannot be decoded, and prints nothing', async () => {
    const [film = ''] = await films('released', ['A']);
    const [row] = await test.asOwner<{ object_id: string }>(
      `select i.object_id from film f join instance i using (hospital_id, sop_instance_uid) where f.film_id = $1`,
      [film],
    );
    writeFileSync(join(folder, row?.object_id ?? ''), 'no film');
    expect(await factsOf(pdf([film]))).toMatchObject({ code: 'DICOM_NO_PIXELS' });
  });
});

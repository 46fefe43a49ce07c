import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePart10, joinChunks } from '@jiapian/dicom';
import { simulateExam } from '@jiapian/simulator';
import { sample, temporaryFolder } from '@jiapian/testkit';
import { afterAll, describe, expect, it } from 'vitest';
import { runCommandLine } from './cli.ts';
import { ourFigure, peerFigures, reportOf } from './phantom-expected.fixture.ts';

const folder = temporaryFolder('phantom');
afterAll(() => folder.remove());

const run = async (args: string[], LANG = 'en_US.UTF-8') => {
  let out = '';
  let err = '';
  const streams = {
    out: { write: (text: string) => (out += text) },
    err: { write: (text: string) => (err += text) },
    environment: { LANG },
  };
  const code = await runCommandLine(['phantom', ...args], streams);
  return { code, out, err };
};

describe('the figures of peers for the same scans', () => {
  it.each(peerFigures.filter(({ explained }) => explained === undefined))(
    '$scan: $metric $where lies within $within of $peer',
    async (figure) => {
      const ours = await ourFigure(figure);
      expect(ours).toBeDefined();
      expect(Math.abs(ours!.value - figure.peer)).toBeLessThanOrEqual(figure.within + 1e-9);
    },
  );

  it.each([
    ['phantom-ct-catphan/varian-pelvis', 'catphan504'],
    ['phantom-mr-acr/GE', 'acr-mr'],
    ['phantom-mr-acr/GE_Artist_1.5T_T1', 'acr-mr'],
    ['phantom-mr-magnet/snr-siemens', 'mr-flood'],
    ['phantom-mr-magnet/slicewidth', 'mr-slice-width'],
    ['phantom-mr-magnet/ghosting/IM_0001.dcm', 'mr-ghosting'],
    ['phantom-planar/leeds.dcm', 'leeds-tor'],
    ['phantom-planar/qc3.dcm', 'qc-3'],
    ['phantom-planar/lasvegas.dcm', 'las-vegas'],
    ['phantom-planar/Doselab_MV.dcm', 'doselab-mc2'],
    ['phantom-planar/flatsym_demo.dcm', 'open-field'],
  ])('%s is recognised as %s', async (scan, kind) => {
    const report = await reportOf(scan);
    expect(report.kind).toBe(kind);
    expect(report.confidence).toBeGreaterThanOrEqual(0.5);
  });

  it('the rods of the slice-width object stand 120 mm apart, as they are made', async () => {
    const { results } = await reportOf('phantom-mr-magnet/slicewidth');
    const distances = results.filter(({ metric }) => metric === 'rod-distance');
    expect(distances).toHaveLength(6);
    for (const { value } of distances) expect(Math.abs(value - 120)).toBeLessThan(1);
  });
});

describe('jiapian phantom', () => {
  it('answers kind, confidence, results and what was not measured as one document', async () => {
    const { code, out } = await run([sample('phantom-planar/qc3.dcm'), '--kind', 'qc-3', '--json']);
    expect(code).toBe(0);
    const report = JSON.parse(out) as Record<string, unknown> & { results: Record<string, unknown>[] };
    expect(Object.keys(report)).toEqual(['kind', 'confidence', 'results', 'notMeasured']);
    for (const result of report.results) {
      expect(result).toMatchObject({ metric: expect.any(String) as string, method: expect.any(String) as string });
      expect(Number.isFinite(result['value'])).toBe(true);
      expect(result['version']).toBe(1);
    }
  });

  it('prints a table for people', async () => {
    const { code, out } = await run([sample('phantom-mr-acr/SiemensSolaFitLocalizer')], 'zh_CN.UTF-8');
    expect(code).toBe(0);
    expect(out).toContain('体模 acr-mr');
    expect(out).toContain('sagittal-length');
    expect(out).toContain('未测  geometric-accuracy: slices-missing');
  });

  it('takes a ZIP archive as it takes a folder', async () => {
    const archive = join(folder.path, 'scan.zip');
    const script = 'import sys,zipfile;z=zipfile.ZipFile(sys.argv[1],"w");z.write(sys.argv[2],"a/qc3.dcm");z.close()';
    execFileSync('python3', ['-c', script, archive, sample('phantom-planar/qc3.dcm')]);
    expect(existsSync(archive)).toBe(true);
    const zipped = await run([archive, '--json']);
    const plain = await run([sample('phantom-planar/qc3.dcm'), '--json']);
    expect(zipped.out).toBe(plain.out);
    rmSync(archive);
  });

  it.each([
    [['ct/head-philips', '--kind', 'auto'], 'not-recognised'],
    [['ct/single/ct-jpeg-lossless.dcm', '--kind', 'catphan504'], 'not-recognised'],
    [['mr/head-dcm4che', '--kind', 'auto'], 'not-recognised'],
    [['phantom-ct-catphan/varian-pelvis/cbct-001.dcm', '--kind', 'auto'], 'not-recognised'],
    [['phantom-mr-acr/Siemens/0.dcm', '--kind', 'acr-mr'], 'not-recognised'],
    [['phantom-planar/qc3.dcm', '--kind', 'las-vegas'], 'not-recognised'],
    [['phantom-mr-acr/Siemens', '--kind', 'catphan504'], 'wrong-modality'],
    [['phantom-ct-catphan/varian-pelvis/cbct-033.dcm', '--kind', 'acr-mr'], 'wrong-modality'],
    [['hl7'], 'no-images'],
  ])('refuses %j: %s', async ([path, ...options], reason) => {
    const { code, out, err } = await run([sample(path!), ...options, '--json']);
    expect(code).toBe(1);
    const { error } = JSON.parse(out) as { error: { code: string; reason: string; message: string } };
    expect(error).toMatchObject({ code: 'PHANTOM_REFUSED', reason });
    expect(err).toContain(error.message);
  });

  it('a chest CT is no phantom', async () => {
    const scan = join(folder.path, 'chest');
    mkdirSync(scan);
    const size = { filmPixelMm: 0.56, sliceMatrix: 256, sliceCount: 6 };
    const exam = simulateExam('no phantom', { procedure: 'ct-chest', defectRate: 0, size });
    for (const [at, object] of [...exam.instances].entries())
      writeFileSync(join(scan, `${at}.dcm`), joinChunks(encodePart10(object, object.dataSet)));
    for (const kind of ['auto', 'catphan504', 'acr-ct']) {
      const { code, out } = await run([scan, '--kind', kind, '--json']);
      expect(code).toBe(1);
      expect(out).toContain('"reason":"not-recognised"');
    }
  });

  it('measures one slice of the sensitometry module and says which modules are missing', async () => {
    const { code, out } = await run([sample('phantom-ct-catphan/varian-pelvis/cbct-033.dcm'), '--json']);
    expect(code).toBe(0);
    const report = JSON.parse(out) as { notMeasured: { metric: string; reason: string }[] };
    const missing = report.notMeasured.filter(({ reason }) => reason === 'module-not-in-scan');
    expect(missing.map(({ metric }) => metric)).toEqual(['uniformity', 'relative-mtf', 'low-contrast-visible']);
  });

  it.each([
    [[], 'one or more files or folders'],
    [['x.dcm', '--kind', 'teapot'], '--kind is auto or one of acr-mr'],
    [['/no/such/file'], 'does not exist'],
    [['x.dcm', '--nonsense'], '--nonsense'],
  ])('refuses the use %j with exit code 2', async (args, words) => {
    const { code, err } = await run(args);
    expect(code).toBe(2);
    expect(err).toContain(words);
  });

  it('names a file that is no picture and goes on with the others', async () => {
    const broken = join(folder.path, 'broken.dcm');
    writeFileSync(broken, 'not a picture');
    const { code, out, err } = await run([broken, sample('phantom-planar/qc3.dcm'), '--json']);
    expect(code).toBe(0);
    expect((JSON.parse(out) as { kind: string }).kind).toBe('qc-3');
    expect(err).toContain('broken.dcm');
  });
});

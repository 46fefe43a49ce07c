import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sample, samplesBelow } from '../../../../test/testkit/src/samples.ts';
import { runInspect } from './inspect.fixture.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inspect-'));
});
afterAll(() => rm(folder, { recursive: true }));

const folders = [
  'malformed',
  'pixel-format',
  'transfer-syntax',
  'charset',
  'exposure-index',
  'rdsr',
  'kos-pr-sr',
  'dicomdir',
];
const traces = /\n\s+at .+:\d+|TypeError|RangeError|SERVER_DEFECT/;

describe('inspect of awkward samples', () => {
  it.each(folders)(
    '%s: every file is told of, with facts or with a named reason, and never by a stack trace',
    async (name) => {
      const { files, out } = await runInspect([sample(name)]);
      expect(files).toHaveLength(samplesBelow(name).length);
      expect(out).not.toMatch(traces);
      for (const { file, error, facts } of files) {
        if (error === undefined) expect(facts.transferSyntaxUid, file).toBeDefined();
        else expect(error.message.length, file).toBeGreaterThan(10);
      }
    },
    120_000,
  );

  it('gives a broken file an error, goes on with the others, and answers 1', async () => {
    const { code, files } = await runInspect([
      sample('malformed/text-named-dcm.dcm'),
      sample('rdsr/CT-RDSR-Siemens-Multi-1.dcm'),
    ]);
    expect(code).toBe(1);
    expect(files[0]).toMatchObject({ error: { code: 'INTAKE_NOT_DICOM' }, dose: null, measurements: [] });
    expect(files[1]).toMatchObject({ modality: 'SR', dose: { eventCount: 1 } });
  });

  it('answers 0 when every file can be read, and 1 when it was asked to fail on a hint', async () => {
    const path = sample('exposure-index/DX-Im-GE_XR220-1.dcm');
    expect((await runInspect([path])).code).toBe(0);
    expect((await runInspect([path, '--fail-on', 'warning'])).code).toBe(1);
    expect((await runInspect([sample('rdsr/DX-RDSR-Canon_CXDI.dcm'), '--fail-on', 'info'])).code).toBe(0);
  });

  it.each([[[]], [['--fail-on', 'everything', 'x']], [['/no/such/file']]])('refuses bad use: %j', async (args) => {
    await expect(runInspect(args)).rejects.toMatchObject({ code: 'COMMAND_USE_WRONG' });
  });

  it('prints lines for people in both languages, without the name of the patient', async () => {
    const path = sample('charset/zh-utf8-dx.dcm');
    const zh = await runInspect([path], { isJson: false, LANG: 'zh_CN.UTF-8' });
    const en = await runInspect([path], { isJson: false });
    expect(zh.out).toContain('曝光不到目标的一半');
    expect(en.out).toContain('Less than half the target exposure');
    const { files } = await runInspect([path]);
    const name = files[0]!.facts.patientName!;
    expect(name.length).toBeGreaterThan(1);
    expect(en.out).not.toContain(name);
  });
});

/** A small generator with a seed (mulberry32), so that every run mutates alike. */
const randomOf = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
};

const mutated = (original: Uint8Array, random: () => number): Uint8Array => {
  const bytes = Uint8Array.from(original);
  const at = (): number => Math.floor(random() * bytes.length);
  const changes = 1 + Math.floor(random() * 8);
  for (let change = 0; change < changes; change += 1) {
    const kind = random();
    const place = at();
    if (kind < 0.4) bytes[place] = Math.floor(random() * 256);
    else if (kind < 0.6) bytes.fill(0xff, place, place + 4);
    else if (kind < 0.7) bytes.copyWithin(place, at(), at());
    else if (kind < 0.8) bytes.fill(0, place, place + 8);
    else if (kind < 0.9) bytes[place] = bytes[place]! ^ (1 << Math.floor(random() * 8));
    else return bytes.subarray(0, place);
  }
  return bytes;
};

/** 1,000 in the normal run; the nightly run asks for 100,000. */
const inputs = Number(process.env['JIAPIAN_FUZZ_INPUTS'] ?? 1_000);
/** The nightly run takes that of the day, and prints it. */
const seed = Number(process.env['JIAPIAN_FUZZ_SEED'] ?? 20_260_601);
const seeds = [
  'rdsr/CT-RDSR-Siemens-Multi-1.dcm',
  'rdsr/DX-RDSR-Canon_CXDI.dcm',
  'rdsr/MG-RDSR-Hologic_2D.dcm',
  'rdsr/CT-SC-Philips_Brilliance16P.dcm',
  'exposure-index/DX-Im-GE_XR220-1.dcm',
  'charset/zh-gb18030-dx.dcm',
  'rdsr/CT-ESR-GE_Optima.dcm',
];

describe('inspect of mutated files', () => {
  it(
    `tells of each of ${inputs} in bounded time, with a named reason where it cannot read`,
    async () => {
      const originals = await Promise.all(seeds.map((name) => readFile(sample(name))));
      const random = randomOf(seed);
      const batch = 500;
      for (let done = 0; done < inputs; done += batch) {
        const paths: string[] = [];
        for (let at = 0; at < Math.min(batch, inputs - done); at += 1) {
          const path = join(folder, `m${at}`);
          await writeFile(path, mutated(originals[Math.floor(random() * originals.length)]!, random));
          paths.push(path);
        }
        const { files } = await runInspect([...paths, '--headers']);
        expect(files).toHaveLength(paths.length);
        expect(files.filter(({ error }) => error?.code === 'SERVER_DEFECT')).toEqual([]);
      }
    },
    Math.max(60_000, inputs * 10),
  );
});

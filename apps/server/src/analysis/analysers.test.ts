import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { analyserRequestSchema, analyserTrialSchema } from '@jiapian/contract';
import { type HeaderFacts, readHeaderFacts } from '@jiapian/dicom';
import { describe, expect, it } from 'vitest';
import { freePorts } from '../../../../test/testkit/src/free-ports.ts';
import { findProgram } from '../../../../test/testkit/src/programs.ts';
import { repositoryRoot } from '../../../../test/testkit/src/repository.ts';
import { sample } from '../../../../test/testkit/src/samples.ts';
import { waitUntil } from '../../../../test/testkit/src/wait-until.ts';
import { say, useAnalysers } from './analyser.fixture.ts';
import { sentFacts, whyNotSent } from './analyser-request.ts';

const small = 'charset/zh-utf8-dx.dcm';
const screen = 'rdsr/CT-SC-Philips_Brilliance16P.dcm';
const room = useAnalysers([small]);

describe('an analyser', () => {
  it('is off until somebody turns it on, and its token is never given back', async () => {
    const { isEnabled: _off, ...quiet } = room.form();
    expect((await room.app.inject({ method: 'POST', url: '/api/v1/analysers', payload: quiet })).statusCode).toBe(201);
    await room.measure(small);
    expect(await room.run()).toBe(0);
    const shown = await room.app.inject('/api/v1/analysers');
    expect(shown.body).not.toContain('sesame');
    expect(await room.list()).toMatchObject([{ isEnabled: false, hasToken: true, waiting: 0 }]);
    const trail = await room.test.asOwner(
      `select facts::text from audit_entry where action = 'analysis.analyser-saved'`,
    );
    expect(JSON.stringify(trail)).not.toContain('sesame');
  });

  it.each([
    ['ftp://10.0.0.7/x', 400],
    ['http://user:secret@10.0.0.7/x', 400],
    ['javascript:alert(1)', 400],
    ['https://10.0.0.7:8443/measure?model=a', 201],
  ])('at %s is answered with %i', async (place, status) => {
    const added = await room.app.inject({
      method: 'POST',
      url: '/api/v1/analysers',
      payload: room.form({ address: place }),
    });
    expect(added.statusCode).toBe(status);
  });

  it('keeps its token when none is given, and a stale change is refused', async () => {
    const analyserId = await room.add();
    const { token: _token, ...rest } = room.form({ name: 'Second name' });
    const change = (version: number) =>
      room.app.inject({ method: 'PUT', url: `/api/v1/analysers/${analyserId}`, payload: { ...rest, version } });
    expect((await change(1)).statusCode).toBe(204);
    expect((await change(1)).statusCode).toBe(409);
    expect(await room.test.asOwner(`select name, token from analyser`)).toEqual([
      { name: 'Second name', token: 'open sesame' },
    ]);
    const twin = await room.app.inject({ method: 'POST', url: '/api/v1/analysers', payload: room.form() });
    expect(twin.json()).toMatchObject({ code: 'ANALYSIS_CODE_TAKEN' });
  });

  it('of another hospital is not there, and without the permission there is none', async () => {
    const analyserId = await room.add();
    const other = { 'x-caller': 'second' };
    const trial = await room.app.inject({
      method: 'POST',
      url: `/api/v1/analysers/${analyserId}/trial`,
      headers: other,
    });
    expect(trial.statusCode).toBe(404);
    expect((await room.app.inject({ url: '/api/v1/analysers', headers: other })).json()).toEqual({ items: [] });
    const reader = { 'x-caller': 'first:analysis.read' };
    expect((await room.app.inject({ url: '/api/v1/analysers', headers: reader })).statusCode).toBe(403);
  });
});

describe('what is sent', () => {
  it('is the picture and the facts that are needed, and nothing that names anybody', async () => {
    room.answer = say();
    await room.add();
    await room.measure(small);
    expect(await room.run()).toBe(1);
    const [question] = room.asked;
    const sent = analyserRequestSchema.strict().parse(JSON.parse(question!.body));
    expect(question!.authorization).toBe('Bearer open sesame');
    expect(sent.facts).toMatchObject({ modality: 'DX', sex: 'F', picture: { number: 1, of: 1 } });
    // The manifest: 169×211, eight bits.
    expect(sent.frame).toMatchObject({ rows: 169, columns: 211, sampleType: 'uint8', isInverted: true });
    expect(Buffer.from(sent.frame.samples, 'base64')).toHaveLength(169 * 211);
    const facts = readHeaderFacts(new Uint8Array(await readFile(sample(small))));
    const names_ = ['张', facts.patientId, facts.accessionNumber, facts.studyInstanceUid, facts.sopInstanceUid];
    const outside = question!.body.replace(sent.frame.samples, '');
    for (const name of [...names_, facts.studyDate, facts.institutionName])
      if (name) expect(outside).not.toContain(name);
  });

  it('is never a picture above the size limit: it is marked and not counted as a failure', async () => {
    room.answer = say();
    await room.add();
    // 211 × 169 bytes are more than nothing.
    await room.test.asOwner(`update analyser set largest_megabytes = 0`);
    await room.measure(small);
    expect(await room.run()).toBe(1);
    expect(room.asked).toEqual([]);
    const subject = await room.runOf(small);
    expect(subject).toMatchObject({ failureReason: null, measurements: [] });
    expect(subject?.notMeasured).toEqual([{ metric: 'lungs:picture', where: null, reason: 'picture-too-large' }]);
    expect(await room.list()).toMatchObject([{ lastFailure: null, failed: 0 }]);
  });

  it('is never a picture with text in it, nor one that may have some', async () => {
    const film = readHeaderFacts(new Uint8Array(await readFile(sample(small))));
    const doseScreen = readHeaderFacts(new Uint8Array(await readFile(sample(screen))));
    const text = 'text-in-the-picture';
    expect(whyNotSent(film)).toBeNull();
    expect(whyNotSent({ ...film, burnedInAnnotation: 'YES' })).toBe(text);
    expect(whyNotSent({ ...film, conversionType: 'SD' })).toBe(text);
    expect(whyNotSent({ ...film, sopClassUid: '1.2.840.10008.5.1.4.1.1.7.4' })).toBe(text);
    expect(whyNotSent({ ...doseScreen, hasPixelData: true })).toBe(text);
    expect(whyNotSent(doseScreen)).toBe('no-pixel-data');
    expect(whyNotSent({ ...film, kind: 'structured-report' })).toBe('no-pixel-data');
  });

  it('of the header is a code or nothing, and the age of the very old is not told', () => {
    const facts = { bodyPartExamined: '张三 chest', patientAge: '097Y', patientSex: 'M' } as HeaderFacts;
    expect(sentFacts(facts, 'CH01', { number: 1, of: 1 })).toMatchObject({ bodyPart: null, ageYears: 90, sex: 'M' });
    expect(sentFacts({ ...facts, patientAge: '089Y' }, null, { number: 1, of: 1 }).ageYears).toBe(89);
  });

  it('is only of the modalities and positions that were asked for', async () => {
    room.answer = say();
    await room.add({ modalities: ['MG'] });
    await room.add({ code: 'hands', positionCodes: ['UL01'] });
    await room.measure(small);
    expect(await room.run()).toBe(0);
  });

  it('on trial is a made picture, and nothing is kept', async () => {
    room.answer = say();
    const analyserId = await room.add();
    const tried = await room.app.inject({ method: 'POST', url: `/api/v1/analysers/${analyserId}/trial` });
    expect(analyserTrialSchema.parse(tried.json())).toMatchObject({
      isGood: true,
      program: 'lungnet 2.4.1',
      measurements: 1,
    });
    expect(await room.test.asOwner(`select 1 from analysis_run`)).toEqual([]);
  });
});

it('the example of the documentation answers by the contract', async () => {
  const [port = 0] = await freePorts(1);
  const script = path.join(repositoryRoot, 'docs/integrate/example-analyser.py');
  const example = spawn(findProgram('python3', 'python3'), [script, '--port', String(port), '--token', 'open sesame']);
  try {
    await room.add({ address: `http://127.0.0.1:${port}/`, timeoutSeconds: 20 });
    await room.measure(small);
    await waitUntil('the example to answer', async () => {
      await room.run();
      await room.test.asOwner(`update analyser set resting_until = null`);
      await room.test.asOwner(`update analyser_task set attempts = 0`);
      return (await room.list())[0]?.answered === 1;
    });
    const subject = await room.runOf(small);
    expect(subject?.softwareVersion).toBe('example-analyser 1.0.0');
    // 211 × 169 pixels; the share of the highest of them is between one and all.
    expect(subject?.measurements).toMatchObject([{ metric: 'lungs:top-share', unit: '1', method: 'count' }]);
    expect(subject?.measurements[0]?.value).toBeGreaterThanOrEqual(1 / (211 * 169));
    expect(subject?.measurements[0]?.value).toBeLessThanOrEqual(1);
  } finally {
    example.kill();
  }
});

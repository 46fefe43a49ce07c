import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Storescp, dcmdump, echoscu, startStorescp, storescu } from './dcmtk.ts';
import { type Orthanc, startOrthanc } from './orthanc.ts';
import { findProgram } from './programs.ts';
import { samplesBelow } from './samples.ts';

const film = () => {
  const [first] = samplesBelow('ct').filter((file) => file.endsWith('.dcm'));
  if (first === undefined) throw new Error('no CT among the samples');
  return first;
};

it('says which package brings a missing program', () => {
  expect(() => findProgram('no-such-program', 'some-package')).toThrow('apt-get install some-package');
});

describe('storescp', () => {
  let receiver: Storescp;
  beforeEach(async () => {
    receiver = await startStorescp();
  });
  afterEach(() => receiver.stop());

  it('answers an echo and keeps what it was sent', async () => {
    const address = { port: receiver.port, calledAet: receiver.aet };
    expect((await echoscu(address)).exitCode).toBe(0);
    expect(await storescu(address, [film()])).toMatchObject({ exitCode: 0 });
    expect(receiver.files()).toHaveLength(1);
    expect(await dcmdump(receiver.files()[0] ?? '')).toContain('SOPInstanceUID');
  });
});

describe('Orthanc', () => {
  let pacs: Orthanc;
  beforeEach(async () => {
    pacs = await startOrthanc({ dicomWeb: true });
  });
  afterEach(() => pacs.stop());

  it('stores what it was sent and answers DICOMweb', async () => {
    expect(await storescu({ port: pacs.dicomPort, calledAet: pacs.aet }, [film()])).toMatchObject({ exitCode: 0 });
    expect(await pacs.get<string[]>('/instances')).toHaveLength(1);
    expect(await pacs.get<object[]>('/dicom-web/studies')).toHaveLength(1);
  });
});

import { serviceClasses, VERIFICATION_SOP_CLASS } from '@jiapian/dicom/network';
import { expect, it } from 'vitest';
import { performedStepService, worklistService } from './exams/index.ts';
import type { OpenPlatform } from './platform/platform.ts';
import { createCommitmentRoom } from './release/index.ts';

it('the DICOM door offers the classes that the conformance statement calls SCP, and no others', () => {
  const platform = { settings: { aeTitle: 'JIAPIAN', tls: null }, folder: {} } as OpenPlatform;
  const offered = [performedStepService(platform), worklistService(platform), createCommitmentRoom(platform).service];
  const stated = Object.values(serviceClasses).filter(({ scp }) => scp);
  expect([VERIFICATION_SOP_CLASS, ...offered.map(({ abstractSyntax }) => abstractSyntax)].sort()).toEqual(
    stated.map(({ uid }) => uid).sort(),
  );
});

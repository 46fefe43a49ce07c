import type { CorrectionChange } from '@jiapian/contract';

export interface CorrectionForm {
  kind: 'patient' | 'move' | 'side';
  target: 'new' | 'other';
  targetExamId?: string;
  side: 'L' | 'R' | 'B' | 'U';
  patientName?: string;
  dicomPatientId?: string;
  accessionNumber?: string;
  sex?: 'M' | 'F' | 'O' | null;
  birthDate?: string;
  issuer?: string;
  reason?: string;
}

/** The change that the form describes. */
export const changeOfForm = (form: CorrectionForm, chosen: ReadonlySet<string>): CorrectionChange => {
  const identity = {
    patientName: (form.patientName ?? '').trim(),
    dicomPatientId: (form.dicomPatientId ?? '').trim(),
    accessionNumber: (form.accessionNumber ?? '').trim(),
    issuer: (form.issuer ?? '').trim(),
    sex: form.sex ?? null,
    birthDate: form.birthDate?.trim() || null,
  };
  switch (form.kind) {
    case 'patient':
      return { kind: 'patient', identity };
    case 'move':
      return {
        kind: 'move',
        instanceUids: [...chosen],
        to: form.target === 'new' ? { exam: 'new', identity } : { exam: 'other', examId: form.targetExamId ?? '' },
      };
    case 'side':
      return { kind: 'side', instanceUids: [...chosen], side: form.side };
  }
};

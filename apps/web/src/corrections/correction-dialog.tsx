import type { CorrectionChange, ExamDetail } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Radio, Select, type FormInstance } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { examsQuery } from '../exams/exam-queries.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { changeOfForm, type CorrectionForm } from './change-of-form.ts';
import { CorrectionPreviewPanel } from './correction-preview.tsx';
import { makeCorrection, originalQuery, previewCorrection } from './correction-queries.ts';
import './corrections.css';
import { IdentityFields } from './identity-fields.tsx';
import { ImageChoice } from './image-choice.tsx';

/** What is wrong, what is right, exactly what would change and where, and only then the act. */
export function CorrectionDialog({ detail, onClose }: { readonly detail: ExamDetail; readonly onClose: () => void }) {
  const { t } = useTranslation(['corrections', 'shell']);
  const client = useQueryClient();
  const { exam } = detail;
  const [form] = Form.useForm<CorrectionForm>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [previewed, setPreviewed] = useState<CorrectionChange | null>(null);
  useIdentityNow(detail, form);
  const values = Form.useWatch([], form) as CorrectionForm | undefined;
  const kind = values?.kind ?? 'patient';
  const asksIdentity = kind === 'patient' || (kind === 'move' && (values?.target ?? 'new') === 'new');
  const current = values ? changeOfForm({ ...values, kind }, chosen) : null;
  const previewing = useMutation({
    mutationFn: (change: CorrectionChange) => previewCorrection(exam.examId, change),
    onSuccess: (_, change) => setPreviewed(change),
  });
  const making = useMutation({
    mutationFn: ({ change, reason }: { change: CorrectionChange; reason: string }) =>
      makeCorrection(exam.examId, { examVersion: exam.version, reason, change }),
    onSuccess: () => {
      for (const key of ['exams', 'films', 'release']) void client.invalidateQueries({ queryKey: [key] });
      onClose();
    },
  });
  const isPreviewed = previewed !== null && JSON.stringify(previewed) === JSON.stringify(current);
  const hasReason = (values?.reason ?? '').trim().length > 1;
  const needsImages = kind !== 'patient' && chosen.size === 0;
  const problem = making.error ?? previewing.error;
  const preview = async (): Promise<void> => {
    await form.validateFields();
    making.reset();
    if (current) previewing.mutate(current);
  };
  return (
    <Modal
      open
      centered
      width="min(1180px, 94vw)"
      title={t('dialog.title', { accession: exam.accessionNumber || t('none') })}
      onCancel={onClose}
      footer={
        <>
          <span className="hint correction-foot">{t(isPreviewed ? 'dialog.ready' : 'dialog.previewFirst')}</span>
          <Button onClick={onClose}>{t('shell:cancel')}</Button>
          <Button disabled={needsImages} loading={previewing.isPending} onClick={() => void preview()}>
            {t('dialog.preview')}
          </Button>
          <Button
            type="primary"
            disabled={!isPreviewed || !hasReason}
            loading={making.isPending}
            onClick={() => {
              if (previewed) making.mutate({ change: previewed, reason: (values?.reason ?? '').trim() });
            }}
          >
            {t(previewing.data?.needsSecondSignature ? 'dialog.propose' : 'dialog.submit')}
          </Button>
        </>
      }
    >
      <div className="correction-dialog">
        <Form<CorrectionForm> form={form} layout="vertical" initialValues={initialOf(detail)}>
          <Form.Item name="kind" label={t('form.kind')}>
            <Radio.Group
              optionType="button"
              options={(['patient', 'move', 'side'] as const).map((value) => ({ value, label: t(`kind.${value}`) }))}
            />
          </Form.Item>
          {kind === 'patient' ? null : <ImageChoice series={detail.series} chosen={chosen} onChange={setChosen} />}
          {kind === 'side' ? <SideField /> : null}
          {kind === 'move' ? <TargetFields isOther={values?.target === 'other'} examId={exam.examId} /> : null}
          {asksIdentity ? <IdentityFields /> : null}
          <Form.Item name="reason" label={t('form.reason')} extra={t('form.reasonHint')}>
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        </Form>
        <section aria-label={t('dialog.will')}>
          <h3>{t('dialog.will')}</h3>
          {problem ? <ProblemNotice problem={asProblem(problem)} /> : null}
          {isPreviewed && previewing.data ? (
            <CorrectionPreviewPanel preview={previewing.data} />
          ) : (
            <p className="secondary">{t('dialog.notYet')}</p>
          )}
        </section>
      </div>
    </Modal>
  );
}

/** The fields begin with what stands now, in the spelling of the head, so that only what is wrong has to be typed. */
const useIdentityNow = (detail: ExamDetail, form: FormInstance<CorrectionForm>): void => {
  const first = detail.series.flatMap((series) => series.instances)[0]?.sopInstanceUid;
  const original = useQuery({ ...originalQuery(first ?? ''), enabled: first !== undefined });
  const facts = original.data;
  useEffect(() => {
    if (!facts || form.isFieldsTouched()) return;
    const now = { ...facts.original, ...facts.corrected };
    form.setFieldsValue({
      ...(now['patientName'] && { patientName: now['patientName'] }),
      ...(now['patientBirthDate'] && { birthDate: now['patientBirthDate'] }),
      ...(now['issuerOfPatientId'] && { issuer: now['issuerOfPatientId'] }),
    });
  }, [facts, form]);
};

const initialOf = ({ exam }: ExamDetail): CorrectionForm => ({
  kind: 'patient',
  target: 'new',
  side: 'L',
  patientName: exam.patientName,
  dicomPatientId: exam.dicomPatientId,
  accessionNumber: exam.accessionNumber,
  sex: exam.patientSex as CorrectionForm['sex'] & string,
});

function SideField() {
  const { t } = useTranslation('corrections');
  return (
    <Form.Item name="side" label={t('form.side')}>
      <Radio.Group
        optionType="button"
        options={(['L', 'R', 'B', 'U'] as const).map((value) => ({ value, label: t(`side.${value}`) }))}
      />
    </Form.Item>
  );
}

function TargetFields({ isOther, examId }: { readonly isOther: boolean; readonly examId: string }) {
  const { t } = useTranslation(['corrections', 'shell']);
  const [text, setText] = useState('');
  const found = useQuery({ ...examsQuery({ text }, undefined, 20), enabled: isOther && text.trim().length > 1 });
  return (
    <>
      <Form.Item name="target" label={t('form.target')}>
        <Radio.Group
          optionType="button"
          options={(['new', 'other'] as const).map((value) => ({ value, label: t(`target.${value}`) }))}
        />
      </Form.Item>
      {isOther ? (
        <Form.Item
          name="targetExamId"
          label={t('form.targetExam')}
          rules={[{ required: true, message: t('shell:fieldNeeded') }]}
        >
          <Select
            showSearch={{ filterOption: false, onSearch: setText }}
            placeholder={t('form.targetHint')}
            loading={found.isFetching}
            options={(found.data?.items ?? [])
              .filter((one) => one.examId !== examId)
              .map((one) => ({
                value: one.examId,
                label: [one.accessionNumber, one.patientName, one.dicomPatientId, one.description]
                  .filter(Boolean)
                  .join(' · '),
              }))}
          />
        </Form.Item>
      ) : null}
    </>
  );
}

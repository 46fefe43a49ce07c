import type { ExamDetail } from '@jiapian/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Checkbox, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { examFilmsQuery } from '../exams/exam-queries.ts';
import { useFilmTitle } from '../review/film-title.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { askConsultation } from './consultation-queries.ts';

/** A technologist or radiologist asks senior staff to judge films of this exam together. */
export function AskConsultation({ exam }: { exam: Pick<ExamDetail['exam'], 'examId' | 'filmCount'> }) {
  const { t } = useTranslation('consultations');
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  if (!may('consultations.ask') || exam.filmCount === 0) return null;
  return (
    <>
      <Button className="ask-consultation" onClick={() => setOpen(true)}>
        {t('ask.button')}
      </Button>
      {isOpen ? <AskDialog exam={exam} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function AskDialog({ exam, onClose }: { exam: { examId: string }; onClose: () => void }) {
  const { t } = useTranslation(['consultations', 'shell']);
  const navigate = useNavigate();
  const titleOf = useFilmTitle();
  const [form] = Form.useForm<{ question: string; filmIds: string[] }>();
  const films = useQuery(examFilmsQuery(exam));
  const asking = useMutation({
    mutationFn: (values: { question: string; filmIds: string[] }) =>
      askConsultation({ examId: exam.examId, ...values }),
    onSuccess: ({ consultationId }) =>
      void navigate({ to: '/consultations/$consultationId', params: { consultationId } }),
  });
  const problem = asking.error ?? films.error;
  const needed = { required: true, message: t('shell:fieldNeeded') };
  return (
    <Modal
      open
      title={t('ask.title')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('ask.submit')}
      cancelText={t('shell:cancel')}
      okButtonProps={{ loading: asking.isPending, disabled: !films.data }}
    >
      {problem ? <ProblemNotice problem={asProblem(problem)} /> : null}
      <p className="secondary">{t('ask.text')}</p>
      {films.data ? (
        <Form
          form={form}
          layout="vertical"
          initialValues={{ filmIds: films.data.map(({ filmId }) => filmId) }}
          onFinish={(values) => asking.mutate(values)}
        >
          <Form.Item name="question" label={t('question')} rules={[{ ...needed, whitespace: true }]}>
            <Input.TextArea autoFocus rows={3} maxLength={1000} placeholder={t('ask.example')} />
          </Form.Item>
          <Form.Item name="filmIds" label={t('ask.films')} rules={[needed]}>
            <Checkbox.Group options={films.data.map((film) => ({ value: film.filmId, label: titleOf(film) }))} />
          </Form.Item>
        </Form>
      ) : null}
    </Modal>
  );
}

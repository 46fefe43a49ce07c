import type { ExamDetail } from '@jiapian/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Form, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.ts';
import { staffQuery } from '../organization/organization-queries.ts';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { assignTechnologist } from './exam-queries.ts';
import { TechnologistName } from './technologist-name.tsx';

/** Who took the exam: a person of the staff, or the operator's name of the header that nobody has mapped yet. */
export function TechnologistField({ exam }: { exam: ExamDetail['exam'] }) {
  const { t } = useTranslation('exams');
  const may = useMay();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <TechnologistName exam={exam} />{' '}
      {may('exams.correct') ? (
        <Button type="link" size="small" style={{ padding: 0 }} onClick={() => setIsOpen(true)}>
          {t('technologist.change')}
        </Button>
      ) : null}
      {isOpen ? <TechnologistDrawer exam={exam} onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}

function TechnologistDrawer({ exam, onClose }: { exam: ExamDetail['exam']; onClose: () => void }) {
  const { t } = useTranslation('exams');
  const client = useQueryClient();
  const staff = useQuery(staffQuery);
  const people = (staff.data ?? []).filter((person) => person.isActive || person.staffId === exam.technologistId);
  return (
    <FormDrawer<{ staffId: string | null; remember: boolean }>
      title={t('technologist.title')}
      initial={{ staffId: exam.technologistId, remember: exam.operatorName !== '' }}
      save={(values) => assignTechnologist(exam.examId, { staffId: values.staffId ?? null, remember: values.remember })}
      onSaved={() => {
        void client.invalidateQueries({ queryKey: ['exams'] });
        onClose();
      }}
      onClose={onClose}
    >
      <Form.Item name="staffId" label={t('fact.technologist')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'search' }}
          loading={staff.isPending}
          placeholder={t('technologist.unknown')}
          options={people.map((person) => ({
            value: person.staffId,
            label: `${person.name} · ${person.staffNumber}`,
            search: `${person.name} ${person.staffNumber} ${person.namePinyin}`,
          }))}
        />
      </Form.Item>
      <Form.Item name="remember" valuePropName="checked" hidden={exam.operatorName === ''}>
        <Checkbox>{t('technologist.remember', { name: exam.operatorName })}</Checkbox>
      </Form.Item>
    </FormDrawer>
  );
}

import { EditOutlined } from '@ant-design/icons';
import type { DoseScreen, TypedFigures } from '@jiapian/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { command } from '../api/client.ts';
import { useMay } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { shortFigure } from './figure-words.ts';

const figures: readonly { readonly name: keyof TypedFigures; readonly unit: string }[] = [
  { name: 'dlpMgyCm', unit: 'mGy·cm' },
  { name: 'highestCtdiVolMgy', unit: 'mGy' },
  { name: 'doseAreaProductDgyCm2', unit: 'dGy·cm²' },
  { name: 'referencePointDoseMgy', unit: 'mGy' },
  { name: 'averageGlandularDoseMgy', unit: 'mGy' },
];

/** Dose screens of the exam that no program reads: what a person typed, by whom, and the form for it. */
export function DoseScreens({ examId, screens }: { examId: string; screens: readonly DoseScreen[] }) {
  const { t } = useTranslation('analysis');
  const may = useMay();
  const client = useQueryClient();
  const [edited, setEdited] = useState<DoseScreen | null>(null);
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['analysis'] });
  const save = (subjectUid: string, values: Partial<TypedFigures> | null): Promise<void> =>
    command('POST', `/exams/${examId}/typed-dose`, { body: { subjectUid, figures: values } });
  const takeBack = useMutation({ mutationFn: (subjectUid: string) => save(subjectUid, null), onSuccess: refresh });
  if (screens.length === 0) return null;
  return (
    <section className="dose-screens">
      <h3 className="figures-analyser">{t('screens.title')}</h3>
      {takeBack.isError ? <ProblemNotice problem={asProblem(takeBack.error)} /> : null}
      {screens.map((screen) => (
        <div key={screen.subjectUid}>
          <Typed screen={screen} />
          {may('exams.correct') ? (
            <>
              <Button size="small" icon={<EditOutlined />} onClick={() => setEdited(screen)}>
                {t(screen.typed === null ? 'screens.type' : 'screens.correct')}
              </Button>
              {screen.typed === null ? null : (
                <Button
                  size="small"
                  type="link"
                  loading={takeBack.isPending}
                  onClick={() => takeBack.mutate(screen.subjectUid)}
                >
                  {t('screens.takeBack')}
                </Button>
              )}
            </>
          ) : null}
        </div>
      ))}
      {edited === null ? null : (
        <FormDrawer<Partial<TypedFigures>>
          title={t('screens.type')}
          initial={edited.typed?.figures ?? {}}
          save={(values) => save(edited.subjectUid, values)}
          onSaved={() => {
            refresh();
            setEdited(null);
          }}
          onClose={() => setEdited(null)}
        >
          <p className="hint">{t('screens.what')}</p>
          {figures.map(({ name, unit }) => (
            <Form.Item key={name} name={name} label={t(`screens.${name}`)}>
              <InputNumber min={0} suffix={unit} style={{ width: '100%' }} />
            </Form.Item>
          ))}
        </FormDrawer>
      )}
    </section>
  );
}

function Typed({ screen: { typed } }: { screen: DoseScreen }) {
  const { t } = useTranslation('analysis');
  const time = useHospitalTime();
  if (typed === null) return <p className="hint">{t('screens.unread')}</p>;
  const shown = figures.filter(({ name }) => typed.figures[name] !== null);
  return (
    <>
      <dl>
        {shown.map(({ name, unit }) => (
          <div key={name}>
            <dt>{t(`screens.${name}`)}</dt>
            <dd>
              <strong>{shortFigure(typed.figures[name] ?? 0)}</strong> {unit}
            </dd>
          </div>
        ))}
      </dl>
      <p className="hint">{t('screens.by', { name: typed.byName, at: time.full(typed.at) })}</p>
    </>
  );
}

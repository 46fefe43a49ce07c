import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Steps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery, useSession } from '../api/session.ts';
import { LocaleSwitch } from '../app/locale-switch.tsx';
import { PermissionGate } from '../app/permission-gate.tsx';
import { SetUpDestination } from './set-up-destination.tsx';
import { SetUpDevice } from './set-up-device.tsx';
import { SetUpConnection, SetUpFirstImage } from './set-up-guidance.tsx';
import { SetUpHospital } from './set-up-hospital.tsx';
import { putOffSetUp } from './set-up-later.ts';
import './set-up-page.css';

const steps = ['hospital', 'connection', 'device', 'destination', 'firstImage'] as const;

/** From the first sign-in to the first image in five short steps; only the first one matters, each can be skipped. */
export function SetUpPage() {
  return (
    <PermissionGate permission="organization.manage">
      <SetUp />
    </PermissionGate>
  );
}

function SetUp() {
  const { t } = useTranslation('organization');
  const session = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [step, setStep] = useState(session?.hospital.isSetUp ? 1 : 0);
  const next = (): void => setStep(Math.min(steps.length - 1, step + 1));
  const leave = async (): Promise<void> => {
    putOffSetUp();
    await client.refetchQueries({ queryKey: sessionQuery.queryKey });
    await navigate({ to: '/' });
  };
  const name = steps[step] ?? 'hospital';
  return (
    <main className="set-up">
      <header>
        <img src="/mark.svg" alt="" width={32} height={32} />
        <h1>{t('setUp.title')}</h1>
        <span className="spacer" />
        <LocaleSwitch />
        <Button type="text" onClick={() => void leave()}>
          {t('setUp.later')}
        </Button>
      </header>
      <Steps
        size="small"
        current={step}
        items={steps.map((each) => ({ title: t(`setUp.${each}.name`) }))}
        onChange={(chosen) => {
          if (chosen > 0 || !session?.hospital.isSetUp) setStep(chosen);
        }}
      />
      <section className="card set-up-card">
        <h2>{t(`setUp.${name}.title`)}</h2>
        <p className="secondary">{t(`setUp.${name}.text`)}</p>
        {name === 'hospital' ? <SetUpHospital onDone={next} onSkip={next} /> : null}
        {name === 'connection' ? <SetUpConnection onDone={next} /> : null}
        {name === 'device' ? <SetUpDevice onDone={next} /> : null}
        {name === 'destination' ? <SetUpDestination onDone={next} /> : null}
        {name === 'firstImage' ? <SetUpFirstImage onDone={() => void leave()} /> : null}
      </section>
    </main>
  );
}

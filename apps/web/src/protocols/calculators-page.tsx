import { contrastInjection, kvForThickness, masForDistance, masForGrid, masForOutput } from '@jiapian/rules';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { shortFigure } from '../analysis/figure-words.ts';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Calculator } from './calculator.tsx';
import { LimitsDrawer } from './limits-drawer.tsx';
import { calculatorsQuery } from './protocol-queries.ts';
import './protocols.css';

export function CalculatorsPage() {
  return (
    <PermissionGate permission="protocols.read">
      <Calculators />
    </PermissionGate>
  );
}

/** Five calculators, each with its formula, its source and its limits; what lies outside is refused with words. */
function Calculators() {
  const { t } = useTranslation('protocols');
  const may = useMay();
  const [isChanging, setChanging] = useState(false);
  const found = useQuery(calculatorsQuery);
  if (found.isError) return <ProblemNotice problem={asProblem(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton active paragraph={{ rows: 10 }} />;
  const settings = found.data;
  const one = (value: number, unit: string): string => `${shortFigure(value)} ${unit}`;
  return (
    <>
      <PageHead
        title={t('calculators.title')}
        actions={
          may('protocols.manage') ? <Button onClick={() => setChanging(true)}>{t('calculators.limits')}</Button> : null
        }
      >
        <Link to="/protocols">{t('device.back')}</Link>
        <span className="secondary">{t('calculators.remark')}</span>
      </PageHead>
      <div className="protocol-calculators">
        <Calculator
          name="kv"
          settings={settings}
          inputs={{ thicknessCm: 20, constant: 30 }}
          limitOf={{ thicknessCm: 'thicknessCm', constant: 'voltageConstant' }}
          compute={(given) => kvForThickness(settings, given)}
          show={(value) => [one(value, 'kV')]}
        />
        <Calculator
          name="distance"
          settings={settings}
          inputs={{ mas: 10, fromCm: 100, toCm: 180 }}
          limitOf={{ mas: 'mas', fromCm: 'distanceCm', toCm: 'distanceCm' }}
          compute={(given) => masForDistance(settings, given)}
          show={(value) => [one(value, 'mAs')]}
        />
        <Calculator
          name="grid"
          settings={settings}
          inputs={{ mas: 10, fromRatio: 0, toRatio: 12 }}
          limitOf={{ mas: 'mas' }}
          choices={{
            fromRatio: settings.gridFactors.map(({ ratio }) => ratio),
            toRatio: settings.gridFactors.map(({ ratio }) => ratio),
          }}
          compute={(given) => masForGrid(settings, given)}
          show={(value) => [one(value, 'mAs')]}
        />
        <Calculator
          name="output"
          settings={settings}
          inputs={{ mas: 10, referenceOutput: 0.1, presentOutput: 0.09 }}
          limitOf={{ mas: 'mas', referenceOutput: 'outputMgyPerMas', presentOutput: 'outputMgyPerMas' }}
          compute={(given) => masForOutput(settings, given)}
          show={(value) => [one(value, 'mAs')]}
        />
        <Calculator
          name="contrast"
          settings={settings}
          inputs={{ weightKg: 60, iodineMgPerKg: 420, concentrationMgMl: 350, durationS: 30 }}
          limitOf={{
            weightKg: 'weightKg',
            iodineMgPerKg: 'iodineMgPerKg',
            concentrationMgMl: 'concentrationMgMl',
            durationS: 'durationS',
          }}
          compute={(given) => contrastInjection(settings, given)}
          show={({ volumeMl, rateMlS, iodineG, iodineGPerS }) => [
            one(volumeMl, 'ml'),
            one(rateMlS, 'ml/s'),
            one(iodineG, 'gI'),
            one(iodineGPerS, 'gI/s'),
          ]}
        />
      </div>
      {isChanging ? <LimitsDrawer settings={settings} onClose={() => setChanging(false)} /> : null}
    </>
  );
}

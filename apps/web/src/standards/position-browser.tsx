import { regions, type Region } from '@jiapian/rules';
import { useQuery } from '@tanstack/react-query';
import { EditOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.ts';
import { Card } from '../ui/card.tsx';
import { PositionDrawer } from './position-drawer.tsx';
import { PositionHints } from './position-hints.tsx';
import { ownPositionsQuery } from './position-queries.ts';
import { shownPositions } from './shown-positions.ts';
import { SourceMark } from './source-mark.tsx';

/** The library of positions: what must be on the film, how it must lie, what must be sharp. */
export function PositionBrowser() {
  const { t, i18n } = useTranslation('standards');
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [edited, setEdited] = useState<'new' | 'shown' | null>(null);
  const may = useMay();
  const wanted = text.trim().toLowerCase();
  const own = useQuery(ownPositionsQuery);
  const found = shownPositions(own.data?.items ?? []).filter((position) =>
    `${position.name.zh} ${position.name.en} ${position.code}`.toLowerCase().includes(wanted),
  );
  const shown = found.find((position) => position.code === chosen) ?? found[0];
  return (
    <div className="positions">
      <Card title={t('positions.title')} remark={t('positions.count', { count: found.length })} isFlush>
        <div className="position-find">
          <Input
            allowClear
            placeholder={t('positions.find')}
            aria-label={t('positions.find')}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          {may('standards.manage') ? (
            <Button icon={<PlusOutlined />} onClick={() => setEdited('new')}>
              {t('positions.add')}
            </Button>
          ) : null}
        </div>
        <nav className="position-list" aria-label={t('positions.title')}>
          {(Object.keys(regions) as Region[]).map((region) => {
            const members = found.filter((position) => position.region === region);
            if (members.length === 0) return null;
            return (
              <section key={region}>
                <h3>
                  {regions[region][language]} <span className="hint">{members.length}</span>
                </h3>
                {members.map((position) => (
                  <button
                    key={position.code}
                    type="button"
                    aria-current={position.code === shown?.code ? 'true' : undefined}
                    onClick={() => setChosen(position.code)}
                  >
                    {position.name[language]} <span className="hint">{position.code}</span>
                  </button>
                ))}
              </section>
            );
          })}
        </nav>
      </Card>
      {shown ? (
        <Card title={shown.name[language]} remark={<SourceMark sourced={shown} />}>
          <dl className="facts">
            <dt>{t('positions.coverage')}</dt>
            <dd>{shown.coverage[language]}</dd>
            <dt>{t('positions.positioning')}</dt>
            <dd>{shown.positioning[language]}</dd>
            <dt>{t('positions.visible')}</dt>
            <dd>{shown.visible[language]}</dd>
            <dt>{t('positions.codes')}</dt>
            <dd className="mono">
              {shown.codes}
              {shown.ownVersion === null ? '' : ` · ${t('positions.own', { version: shown.ownVersion })}`}
            </dd>
          </dl>
          {may('standards.manage') ? (
            <Button className="position-change" icon={<EditOutlined />} onClick={() => setEdited('shown')}>
              {t('positions.change')}
            </Button>
          ) : null}
          <PositionHints positionCode={shown.code} modality="" description="" />
        </Card>
      ) : (
        <Card title={t('positions.none')}>
          <span className="secondary">{t('positions.noneText')}</span>
        </Card>
      )}
      {edited === null ? null : (
        <PositionDrawer
          position={edited === 'new' ? null : (shown ?? null)}
          onSaved={setChosen}
          onClose={() => setEdited(null)}
        />
      )}
    </div>
  );
}

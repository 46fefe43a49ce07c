import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { KeyCap } from '../ui/key-cap.tsx';

const keys: readonly { readonly group: string; readonly rows: readonly (readonly [readonly string[], string])[] }[] = [
  {
    group: 'grade',
    rows: [
      [['1', '2', '3', '4'], 'grade'],
      [['Enter'], 'save'],
      [['Backspace'], 'undo'],
      [['Q', 'W', '…', 'V'], 'deduct'],
      [['7', '8', '9'], 'veto'],
      [['N'], 'note'],
    ],
  },
  {
    group: 'viewer',
    rows: [
      [['Space'], 'fit'],
      [['O'], 'oneToOne'],
      [['+', '−'], 'zoom'],
      [['I'], 'invert'],
      [['Shift', '1…9'], 'presets'],
      [['G'], 'reference'],
      [['M'], 'mark'],
      [['H'], 'hide'],
      [['↑', '↓'], 'scroll'],
      [['PageUp', 'PageDown'], 'image'],
      [['P'], 'cine'],
    ],
  },
];

/** Every key of the workstation; opened by `?`. */
export function KeyMap({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation('review');
  return (
    <Modal open={isOpen} onCancel={onClose} footer={null} title={t('keys.title')} width={720} destroyOnHidden>
      <div className="key-map">
        {keys.map(({ group, rows }) => (
          <section key={group}>
            <h3>{t(`keys.${group}.title`)}</h3>
            <dl>
              {rows.map(([caps, words]) => (
                <div key={words}>
                  <dt>
                    {caps.map((cap) => (
                      <KeyCap key={cap}>{cap}</KeyCap>
                    ))}
                  </dt>
                  <dd>{t(`keys.${group}.${words}`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="hint">{t('keys.mouse')}</p>
    </Modal>
  );
}
